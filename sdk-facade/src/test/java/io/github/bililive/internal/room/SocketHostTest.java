package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.LiveListener;
import io.github.bililive.ServerTestCase;
import io.github.bililive.TlsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Authenticator;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent where when a room's socket is dialled, and what is not. */
class SocketHostTest extends ServerTestCase {
  @TempDir static Path directory;

  private static TlsServer tls;

  @BeforeAll
  static void startTls() throws Exception {
    tls = new TlsServer(directory);
  }

  @AfterAll
  static void closeTls() throws Exception {
    tls.close();
  }

  private final BlockingQueue<Reason> reasons = new LinkedBlockingQueue<>();

  private final LiveListener listener =
      new LiveListener() {
        @Override
        public void onStateChanged(ConnectionState state) {
          if (state.getPhase() == Phase.BACKING_OFF) {
            reasons.add(state.getReason());
          }
        }
      };

  private static MockResponse startedAt(String link) {
    return json(
        "{\"code\":0,\"data\":{\"conn_id\":\"c1\",\"websocket_info\":{\"auth_body\":\"hush\","
            + "\"wss_link\":[\""
            + link
            + "\"]}}}");
  }

  /** Every name is this machine, and the certificate is right for all. */
  private static OkHttpClient anyName() {
    return tls.trustingClient()
        .newBuilder()
        .hostnameVerifier((host, session) -> true)
        .dns(host -> List.of(InetAddress.getLoopbackAddress()))
        .build();
  }

  @Test
  void aPublicApiCannotSendASocketToThisMachine() throws Exception {
    tls.server.enqueue(startedAt("wss://127.0.0.1:" + tls.server.getPort() + "/sub"));

    open(publicApi()).connect(listener);

    assertThat(reasonIn(60)).isEqualTo(Reason.NO_USABLE_ADDRESS);
    RecordedRequest request = tls.server.takeRequest(60, TimeUnit.SECONDS);
    while (request != null) {
      assertThat(request.getHeader("Upgrade")).isNull();
      request = tls.server.takeRequest(0, TimeUnit.SECONDS);
    }
  }

  @Test
  void aPublicApiMayNameAHostThatIsNotKnown() throws Exception {
    tls.server.enqueue(startedAt("wss://unfamiliar.test:" + tls.server.getPort() + "/sub"));
    tls.server.enqueue(new MockResponse().setResponseCode(503));

    open(publicApi()).connect(listener);

    assertThat(tls.server.takeRequest(60, TimeUnit.SECONDS)).isNotNull();
    RecordedRequest socket = tls.server.takeRequest(60, TimeUnit.SECONDS);
    assertThat(socket).isNotNull();
    assertThat(socket.getHeader("Host")).isEqualTo("unfamiliar.test:" + tls.server.getPort());
  }

  @Test
  void aHostThatTheUserDoesNotAllowIsNotDialled() throws Exception {
    tls.server.enqueue(startedAt("wss://unfamiliar.test:" + tls.server.getPort() + "/sub"));

    BiliLiveClient first = open(publicApi().webSocketHosts(List.of("BiliBili.com")));
    open(first.newBuilder()).connect(listener);

    assertThat(reasonIn(60)).isEqualTo(Reason.NO_USABLE_ADDRESS);
    RecordedRequest request = tls.server.takeRequest(60, TimeUnit.SECONDS);
    while (request != null) {
      assertThat(request.getHeader("Upgrade")).isNull();
      request = tls.server.takeRequest(0, TimeUnit.SECONDS);
    }
  }

  private BiliLiveClientBuilder publicApi() {
    return builder()
        .okHttpClient(anyName())
        .baseUrl("https://platform.test:" + tls.server.getPort() + "/");
  }

  @Test
  void theUsersAuthenticatorIsNotAskedForASocket() {
    AtomicInteger asked = new AtomicInteger();
    Authenticator authenticator =
        (route, response) -> {
          asked.incrementAndGet();
          return response.request().newBuilder().header("Authorization", "hush-of-user").build();
        };
    server.enqueue(startedAt("ws://127.0.0.1:" + server.getPort() + "/sub"));
    MockResponse challenge =
        new MockResponse().setResponseCode(401).setHeader("WWW-Authenticate", "Basic realm=any");
    server.enqueue(challenge);
    server.enqueue(challenge);

    open(builder().okHttpClient(new OkHttpClient.Builder().authenticator(authenticator).build()))
        .connect(listener);

    assertThat(reasonIn(60)).isEqualTo(Reason.SOCKET_LOST);
    assertThat(asked).hasValue(0);
  }

  private Reason reasonIn(int seconds) {
    try {
      return reasons.poll(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void aProxyIsNotAskedForThisMachine(String host) throws Exception {
    MockWebServer proxy = anotherServer();
    server.enqueue(json(SUCCESS));
    server.enqueue(startedAt("ws://" + host + ":" + server.getPort() + "/sub"));
    server.enqueue(new MockResponse().setResponseCode(503));
    OkHttpClient users =
        new OkHttpClient.Builder()
            .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", proxy.getPort())))
            .build();
    BiliLiveClient client =
        open(
            builder().okHttpClient(users).baseUrl("http://" + host + ":" + server.getPort() + "/"));

    client.heartbeat("c1");
    client.connect(listener);

    assertThat(reasonIn(60)).isEqualTo(Reason.SOCKET_LOST);
    assertThat(proxy.getRequestCount()).isZero();
  }

  @Test
  void aProxyIsAskedForOtherHosts() {
    MockWebServer proxy = server;
    proxy.enqueue(new MockResponse().setResponseCode(502));
    OkHttpClient users =
        new OkHttpClient.Builder()
            .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", proxy.getPort())))
            .retryOnConnectionFailure(false)
            .build();

    assertThat(
            catchThrowable(
                open(builder().okHttpClient(users).baseUrl("https://platform.test/"))::start))
        .isNotNull();
    assertThat(proxy.getRequestCount()).isEqualTo(1);
  }
}
