package io.github.bililive;

import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.WallClock;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server on loopback that answers what it is told, and clients of it, closed after each test. */
public abstract class ServerTestCase {
  public static final String CLIENT_ID = "test-client";
  public static final String APP_SECRET = "hush-app-secret";
  public static final String ACCESS_TOKEN = "hush-access-token";
  public static final Credentials CREDENTIALS = Credentials.of(CLIENT_ID, APP_SECRET);

  /** What a heartbeat is answered with. */
  public static final String SUCCESS = "{\"code\":0,\"message\":\"0\",\"data\":{}}";

  protected final MockWebServer server = new MockWebServer();
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

  @BeforeEach
  final void startServer() throws IOException {
    startOnLoopback(server);
  }

  @AfterEach
  final void closeEverything() throws Exception {
    while (!toClose.isEmpty()) {
      toClose.pop().close();
    }
    server.shutdown();
  }

  /** Returns another server, started. */
  protected final MockWebServer anotherServer() throws IOException {
    MockWebServer another = new MockWebServer();
    startOnLoopback(another);
    toClose.push(another::shutdown);
    return another;
  }

  private static void startOnLoopback(MockWebServer started) throws IOException {
    started.start(InetAddress.getByName("127.0.0.1"), 0);
  }

  protected static String urlOf(MockWebServer running) {
    return "http://127.0.0.1:" + running.getPort() + "/";
  }

  protected final String baseUrl() {
    return urlOf(server);
  }

  /**
   * Returns a builder of clients of the server, with app and token. Calls are made once: most tests
   * queue one answer for each.
   */
  protected final BiliLiveClientBuilder builder() {
    return BiliLiveClient.builder()
        .credentials(CREDENTIALS)
        .accessToken(ACCESS_TOKEN)
        .retryPolicy(RetryPolicy.NONE)
        .baseUrl(baseUrl());
  }

  /** Returns the builder with time of the test's own. */
  public static BiliLiveClientBuilder withTime(
      BiliLiveClientBuilder builder, Scheduler scheduler, WallClock wallClock) {
    builder.settings.scheduler = scheduler;
    builder.settings.wallClock = wallClock;
    return builder;
  }

  protected final BiliLiveClient open(BiliLiveClientBuilder builder) {
    BiliLiveClient client = builder.build();
    toClose.push(client);
    return client;
  }

  protected final BiliLiveClient open() {
    return open(builder());
  }

  protected static MockResponse json(String body) {
    return new MockResponse()
        .setHeader("Content-Type", "application/json; charset=utf-8")
        .setBody(body);
  }

  /** Returns a successful start's answer; the auth body is given as it stands in the JSON. */
  protected static MockResponse started(String authBodyJson) {
    return json(
        "{\"code\":0,\"message\":\"0\",\"request_id\":\"r1\",\"ttl\":1,\"data\":{\"conn_id\":\"c1\","
            + "\"websocket_info\":{\"auth_body\":\""
            + authBodyJson
            + "\",\"wss_link\":[\"wss://one/sub\",\"wss://two/sub\"]}}}");
  }
}
