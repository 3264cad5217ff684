package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.Leaks;
import io.github.bililive.OddServer;
import io.github.bililive.ServerTestCase;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users get wrong, and what they read then. */
class UsersMistakesTest extends ServerTestCase {
  private BiliLiveClient behind(Proxy proxy) {
    OkHttpClient users =
        new OkHttpClient.Builder().proxy(proxy).retryOnConnectionFailure(false).build();
    return open(builder().okHttpClient(users).baseUrl("https://platform.test/"));
  }

  private static Proxy proxy(Proxy.Type type, int port) {
    return new Proxy(type, InetSocketAddress.createUnresolved("127.0.0.1", port));
  }

  @Test
  void aProxyThatIsNotThereIsNamed() throws Exception {
    MockWebServer gone = anotherServer();
    int port = gone.getPort();
    gone.shutdown();

    Throwable thrown = catchThrowable(behind(proxy(Proxy.Type.HTTP, port))::start);

    assertThat(thrown)
        .hasMessageStartingWith(
            "start: no answer from platform.test: ConnectException (over the proxy 127.0.0.1:"
                + port
                + ": Failed to connect to")
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void aSocksProxyThatIsNotThereIsNamedToo() throws Exception {
    MockWebServer gone = anotherServer();
    int port = gone.getPort();
    gone.shutdown();

    Throwable thrown = catchThrowable(behind(proxy(Proxy.Type.SOCKS, port))::start);

    assertThat(thrown).hasMessageContaining("(over the proxy 127.0.0.1:" + port + ": ");
  }

  @Test
  void aProxyThatDoesNotResolveIsNamed() {
    OkHttpClient users =
        new OkHttpClient.Builder()
            .proxy(
                new Proxy(
                    Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.invalid", 3128)))
            .dns(
                host -> {
                  throw new UnknownHostException(host);
                })
            .build();

    assertThat(
            catchThrowable(
                open(builder().okHttpClient(users).baseUrl("https://platform.test/"))::start))
        .hasMessageContaining("UnknownHostException (over the proxy proxy.invalid:3128: ")
        .hasMessageEndingWith("; check: this machine's network and DNS");
  }

  @Test
  void aProxyThatWantsToKnowWhoAsksIsNamed() {
    server.enqueue(
        new MockResponse()
            .setResponseCode(407)
            .setHeader("Proxy-Authenticate", "Basic realm=\"any\""));

    assertThat(catchThrowable(behind(proxy(Proxy.Type.HTTP, server.getPort()))::start))
        .hasMessageContaining(
            "(the proxy 127.0.0.1:"
                + server.getPort()
                + " answered 407; set the proxyAuthenticator of your OkHttpClient)");
  }

  @Test
  void aProxyOfASelectorIsNamed() throws Exception {
    MockWebServer gone = anotherServer();
    int port = gone.getPort();
    gone.shutdown();
    ProxySelector selector =
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            return List.of(proxy(Proxy.Type.HTTP, port));
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, java.io.IOException e) {}
        };
    OkHttpClient users = new OkHttpClient.Builder().proxySelector(selector).build();

    assertThat(
            catchThrowable(
                open(builder().okHttpClient(users).baseUrl("https://platform.test/"))::start))
        .hasMessageContaining("(over the proxy 127.0.0.1:" + port + ": ");
  }

  @Test
  void noProxyIsNamedWhereNoneIsAsked() throws Exception {
    server.shutdown();
    OkHttpClient users =
        new OkHttpClient.Builder().proxy(proxy(Proxy.Type.HTTP, server.getPort())).build();

    assertThat(catchThrowable(open(builder().okHttpClient(users))::start))
        .message()
        .doesNotContain("proxy");
  }

  @Test
  void httpsToAPortInCleartextDoesNotTalkOfClocks() throws Exception {
    byte[] answer = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    try (OddServer cleartext = new OddServer(path -> answer)) {
      BiliLiveClient client = open(builder().baseUrl("https://" + cleartext.address()));

      assertThat(catchThrowable(client::start))
          .hasMessageEndingWith(
              "; check: the port, and whether it speaks TLS: what it answered is not TLS")
          .message()
          .doesNotContain("clock");
    }
  }

  /** 4002 shows the signed text, which holds the id. */
  @ParameterizedTest
  @CsvSource({"4001", "4002", "4012", "122000", "127004"})
  void anAppSecretInPlaceOfTheIdIsNotShown(int code) {
    server.enqueue(
        json(
            "{\"code\":"
                + code
                + ",\"message\":\"unknown client "
                + APP_SECRET
                + "\",\"request_id\":\""
                + APP_SECRET
                + "\"}"));
    BiliLiveClient client = open(builder().credentials(Credentials.of(APP_SECRET, CLIENT_ID)));

    Throwable thrown = catchThrowable(() -> client.heartbeat("c1"));

    assertThat(thrown).hasMessageContaining("██");
    assertThat(Leaks.everythingOf(thrown)).doesNotContain(APP_SECRET);
    assertThat(client.toString()).doesNotContain(APP_SECRET);
  }

  @Test
  void theIdIsShownWhereItIsNotTheSecret() {
    server.enqueue(json("{\"code\":4002,\"message\":\"\"}"));

    assertThat(catchThrowable(() -> open().heartbeat("c1")))
        .hasMessageContaining("x-bili-accesskeyid:" + CLIENT_ID);
  }
}
