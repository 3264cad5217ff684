package io.github.bililive.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;

/** A server on loopback that speaks TLS, with a certificate that only its own client trusts. */
final class SelfSignedServer implements AutoCloseable {
  private static final String PASSWORD = "not-a-secret";

  private final MockWebServer server = new MockWebServer();
  private final SSLContext context;
  private final X509TrustManager trust;

  private SelfSignedServer(KeyStore keys) throws Exception {
    context = SSLContext.getInstance("TLS");
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    trust = (X509TrustManager) trusted.getTrustManagers()[0];
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    server.useHttps(context.getSocketFactory(), false);
    server.start(InetAddress.getByName("127.0.0.1"), 0);
    server.enqueue(new MockResponse().setResponseCode(404));
  }

  /** Makes a certificate that is valid for 30 days, by the JDK's own tool, and starts. */
  static SelfSignedServer start(Path directory) throws Exception {
    Path file = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-alias",
                    "doctor",
                    "-dname",
                    "CN=doctor-test",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-validity",
                    "30",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    // As a key alone it vouches for nobody, not even itself.
    keys.setCertificateEntry("trusted", keys.getCertificate("doctor"));
    return new SelfSignedServer(keys);
  }

  String baseUrl() {
    return "https://127.0.0.1:" + server.getPort() + "/";
  }

  int requestCount() {
    return server.getRequestCount();
  }

  OkHttpClient trustingClient() {
    return new OkHttpClient.Builder().sslSocketFactory(context.getSocketFactory(), trust).build();
  }

  @Override
  public void close() throws IOException {
    server.shutdown();
  }
}
