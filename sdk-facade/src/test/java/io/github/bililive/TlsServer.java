package io.github.bililive;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.MockWebServer;

/**
 * A server on loopback that speaks TLS and offers HTTP/2 and HTTP/1.1, with a certificate that only
 * its own client trusts.
 */
public final class TlsServer implements AutoCloseable {
  private static final String PASSWORD = "not-a-secret";

  public final MockWebServer server = new MockWebServer();
  private final SSLContext context;
  private final X509TrustManager trust;

  /** Starts it with a certificate of 30 days, which the JDK's keytool makes in the directory. */
  public TlsServer(Path directory)
      throws IOException, GeneralSecurityException, InterruptedException {
    KeyStore keys = keys(directory.resolve("keys.p12"));
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    trust = (X509TrustManager) trusted.getTrustManagers()[0];
    context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    server.useHttps(context.getSocketFactory(), false);
    server.start(InetAddress.getByName("127.0.0.1"), 0);
  }

  private static KeyStore keys(Path file)
      throws IOException, GeneralSecurityException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String what = "-genkeypair -keyalg EC -alias test -dname CN=test -ext san=ip:127.0.0.1";
    String how = "-validity 30 -storetype PKCS12 -storepass " + PASSWORD + " -keystore";
    ProcessBuilder command = new ProcessBuilder(keytool);
    command.command().addAll(List.of((what + " " + how).split(" ")));
    command.command().add(file.toString());
    Process process =
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("keytool made no certificate within 60 s");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    // As a key alone it vouches for nobody, not even itself.
    keys.setCertificateEntry("trusted", keys.getCertificate("test"));
    return keys;
  }

  public String baseUrl() {
    return "https://127.0.0.1:" + server.getPort() + "/";
  }

  /** Returns a client that trusts this server and prefers HTTP/2, as OkHttp does by default. */
  public OkHttpClient trustingClient() {
    return new OkHttpClient.Builder().sslSocketFactory(context.getSocketFactory(), trust).build();
  }

  @Override
  public void close() throws IOException {
    server.shutdown();
  }
}
