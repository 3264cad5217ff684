package io.github.bililive.internal.room;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.bililive.AnswerCallback;
import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionRelay;
import io.github.bililive.ConnectionSource;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.Credentials;
import io.github.bililive.IdentityCode;
import io.github.bililive.LiveConnection;
import io.github.bililive.LoggedRecords;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.SourceException;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxBuilder;
import io.github.bililive.sandbox.SeenConnection;
import io.github.bililive.sandbox.SeenConnection.State;
import io.github.bililive.token.AccessTokenProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An app without credentials and a server with them, from one end to the other. */
@Timeout(120)
class ConnectionSourceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ListenerLog log = new ListenerLog();
  private Sandbox sandbox = platform().start();
  private BiliLiveClient server = server();
  private ConnectionRelay relay = ConnectionRelay.of(server);

  /** Renews leases without pause, so that a test need not wait. */
  private final BiliLiveClient app =
      BiliLiveClient.builder()
          .baseUrl("http://127.0.0.1/")
          .heartbeatInterval(20, MILLISECONDS)
          .build();

  private static SandboxBuilder platform() {
    return Sandbox.builder()
        .accessTokens(
            IntStream.range(0, 20).mapToObj(i -> "token-hush-" + i).toArray(String[]::new))
        .identityCodes("CODE-ONE-HUSH")
        .danmakuInterval(Duration.ZERO);
  }

  private BiliLiveClient server() {
    return BiliLiveClient.builder()
        .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
        .baseUrl(sandbox.baseUrl())
        .openLiveBaseUrl(sandbox.baseUrl())
        .heartbeatInterval(20, MILLISECONDS)
        .build();
  }

  private AccessTokenProvider token() {
    return AccessTokenProvider.fixed(sandbox.accessToken());
  }

  private IdentityCode code() {
    return IdentityCode.of(sandbox.openLive().identityCode(), sandbox.openLive().appId());
  }

  /** The user's server and network between the two, which do nothing but hand on. */
  private void byToken(String question, AnswerCallback<String> callback) {
    callback.onSuccess(relay.answer(question, token()));
  }

  private LiveConnection connect() throws InterruptedException {
    LiveConnection room = app.connect(this::byToken, log);
    assertThat(room.awaitOpen(60, SECONDS)).isTrue();
    return room;
  }

  @AfterEach
  void close() {
    app.close();
    server.close();
    sandbox.close();
  }

  @Test
  void aRoomThatTheServerStartedIsHeard() throws Exception {
    LiveConnection room = connect();
    List<String> all = SampleEvents.openLive().all(sandbox.room(0).id(), "m-");
    sandbox.room(0).send(all.toArray(String[]::new));
    log.await("warning m-WARNING", PATIENCE);

    assertThat(log.events()).hasSameSizeAs(all).noneMatch(event -> event.startsWith("raw"));
    assertThat(room.health().getHttpHeartbeatAgeMillis()).isNotNull();
    assertThat(calls(Endpoint.START)).isEqualTo(1);
    assertThat(sandbox.refusals()).isEmpty();
    assertThat(sandbox.sockets().protocolErrors()).isEmpty();
  }

  @Test
  void byIdentityCodeTheAppHearsWhoItIsAndTheSessionEndsWithTheApp() throws Exception {
    ConnectionSource source =
        (question, callback) -> callback.onSuccess(relay.answer(question, code()));
    assertThat(app.connect(source, log).awaitOpen(60, SECONDS)).isTrue();
    sandbox.room(0).send(SampleEvents.openLive().danmaku(1, "m-1", "x"));
    log.await("danmaku m-1", PATIENCE);
    app.close();
    sandbox.awaitRequests(1, request -> request.endpoint() == Endpoint.APP_END, PATIENCE);

    assertThat(log.events()).first().asString().startsWith("broadcaster broadcaster of room");
    assertThat(sandbox.connections()).extracting(SeenConnection::state).containsOnly(State.ENDED);
    // The server's heartbeats come when they are due, so one may meet the end.
    assertThat(sandbox.refusals()).allMatch(seen -> seen.endpoint() == Endpoint.APP_HEARTBEAT);
  }

  @Test
  void aToolsSessionNeedsNoRenewal() throws Exception {
    server.close();
    sandbox.close();
    sandbox = platform().emptyGameIds(true).start();
    server = server();
    relay = ConnectionRelay.of(server);
    ConnectionSource source =
        (question, callback) -> {
          assertThat(question).doesNotContain("renew");
          callback.onSuccess(relay.answer(question, code()));
        };
    LiveConnection room = app.connect(source, log);

    assertThat(room.awaitOpen(60, SECONDS)).isTrue();
    assertThat(app.heartbeatStatistics().getIds()).isEmpty();
  }

  @Test
  void aLostSocketIsReplacedWithTheSameConnection() throws Exception {
    connect();
    sandbox.room(0).drop();
    log.awaitState("OPEN", 2, PATIENCE);

    assertThat(calls(Endpoint.START)).isEqualTo(1);
  }

  @Test
  void anIdThatThePlatformForgotIsAskedForAnew() throws Exception {
    connect();
    sandbox.expire(sandbox.connections().get(0).connId());
    log.awaitState("OPEN", 2, PATIENCE);

    assertThat(calls(Endpoint.START)).isEqualTo(2);
  }

  @Test
  void theEndOfItsOwnIdAloneMeansANewConnection() throws Exception {
    connect();
    sandbox.room(0).send(SampleEvents.openLive().interactionEnd("another", 1));
    log.await("interactionEnd", PATIENCE);
    assertThat(calls(Endpoint.START)).isEqualTo(1);

    sandbox.endInteraction(sandbox.connections().get(0).connId());
    log.awaitState("OPEN", 2, PATIENCE);

    assertThat(calls(Endpoint.START)).isEqualTo(2);
    assertThat(server.heartbeatStatistics().getIds().values()).containsOnly(1);
  }

  @Test
  void aServerThatHasDiedAndCameBackIsAskedForANewConnection() throws Exception {
    connect();
    server.close();
    server = server();
    relay = ConnectionRelay.of(server);
    log.awaitState("OPEN", 2, PATIENCE);
    sandbox.room(0).send(SampleEvents.openLive().danmaku(1, "m-1", "x"));

    log.await("danmaku m-1", PATIENCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aServerThatDiesAtAnyQuestionLeavesNoRoomDeaf(int last) throws Exception {
    AtomicInteger questions = new AtomicInteger();
    ConnectionSource source =
        (question, callback) -> {
          String answer = relay.answer(question, token());
          if (questions.incrementAndGet() == last) {
            server.close();
            server = server();
            relay = ConnectionRelay.of(server);
            throw new IOException("the server is gone");
          }
          callback.onSuccess(answer);
        };
    app.connect(source, log);
    log.awaitState("OPEN", last == 1 ? 1 : 2, PATIENCE);
    sandbox.room(0).send(SampleEvents.openLive().danmaku(1, "m-1", "x"));

    log.await("danmaku m-1", PATIENCE);
  }

  @Test
  void anAppThatDiesAtAnyQuestionHoldsItsPlaceNoLongerThanItsLease() throws Exception {
    relay = ConnectionRelay.of(server, 1, SECONDS);
    for (int i = 1; i <= 3; i++) {
      int last = i;
      AtomicInteger questions = new AtomicInteger();
      app.connect(
          (question, callback) -> {
            if (questions.incrementAndGet() > last) {
              throw new IOException("the app is gone");
            }
            String answer = relay.answer(question, code());
            if (questions.get() < last) {
              callback.onSuccess(answer);
            }
          },
          log);
    }
    sandbox.awaitRequests(3, request -> request.endpoint() == Endpoint.APP_END, PATIENCE);

    assertThat(sandbox.connections()).extracting(SeenConnection::state).containsOnly(State.ENDED);
    assertThat(server.heartbeatStatistics().getIds()).isEmpty();
  }

  @Test
  void aStartWhoseAnswerIsLostIsAnsweredWithTheSameConnection() throws Exception {
    AtomicInteger questions = new AtomicInteger();
    ConnectionSource losesTwo =
        (question, callback) -> {
          String answer = relay.answer(question, token());
          if (questions.incrementAndGet() <= 2) {
            throw new IOException("connection reset");
          }
          callback.onSuccess(answer);
        };
    assertThat(app.connect(losesTwo, log).awaitOpen(60, SECONDS)).isTrue();

    assertThat(calls(Endpoint.START)).isEqualTo(1);
    assertThat(log.states()).anyMatch(state -> state.contains("connection reset"));
  }

  @Test
  void closingTheRoomEndsTheHeartbeatsAtTheServer() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    ConnectionSource source =
        (question, callback) -> {
          byToken(question, callback);
          if (question.contains("\"end\"")) {
            ended.countDown();
          }
        };
    LiveConnection room = app.connect(source, log);
    assertThat(room.awaitOpen(60, SECONDS)).isTrue();
    assertThat(server.heartbeatStatistics().getIds().values()).containsOnly(1);

    room.close();
    ended.await();

    assertThat(server.heartbeatStatistics().getIds()).isEmpty();
  }

  @Test
  void closingARoomWhoseStartsFailedTellsTheServer() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    LiveConnection room =
        app.connect(
            (question, callback) -> {
              relay.answer(question, token());
              if (question.contains("\"end\"")) {
                ended.countDown();
              }
              throw new IOException("connection reset");
            },
            log);
    log.awaitState("BACKING_OFF", 1, PATIENCE);
    room.close();

    assertThat(ended.await(60, SECONDS)).isTrue();
    assertThat(server.heartbeatStatistics().getIds()).isEmpty();
  }

  @Test
  void closingTheClientTellsTheServerBeforeItReturns() throws Exception {
    connect();
    assertThat(server.heartbeatStatistics().getIds().values()).containsOnly(1);

    app.close();

    assertThat(server.heartbeatStatistics().getIds()).isEmpty();
  }

  @Test
  void closingTheClientDoesNotWaitForAServerThatHangs() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    LiveConnection room = app.connect((question, callback) -> never.await(), log);
    log.awaitState("STARTING", 1, PATIENCE);

    Thread.currentThread().interrupt(); // Or it would take 3 s.
    app.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(room.getState().getPhase()).isEqualTo(Phase.CLOSED);
  }

  @Test
  void aRoomThatIsClosedWhileTheServerStartsGivesTheSessionBack() throws Exception {
    sandbox.faults().next(1, Endpoint.APP_START, Fault.delay(Duration.ofMillis(300)));
    ConnectionSource source =
        (question, callback) -> callback.onSuccess(relay.answer(question, code()));
    LiveConnection room = app.connect(source, log);
    sandbox.awaitRequests(1, PATIENCE);
    room.close();
    sandbox.awaitRequests(1, request -> request.endpoint() == Endpoint.APP_END, PATIENCE);

    assertThat(calls(Endpoint.APP_START)).isEqualTo(1);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void aRefusalReachesTheAppWithItsCodeAndItsPause() throws Exception {
    sandbox.faults().next(1, Endpoint.START, Fault.code(7002, "hush"));
    LiveConnection room = app.connect(this::byToken, log);
    log.awaitState("BACKING_OFF", 1, PATIENCE);

    assertThat(room.getState().getMessage()).contains("7002").doesNotContain("hush");
    assertThat(room.getState().getRetryInMillis()).isGreaterThan(25_000);
    PlatformException refusal = (PlatformException) room.getState().getCause();
    assertThat(refusal.getCode()).isEqualTo(7002);
    assertThat(refusal.isForWholeApp()).isFalse(); // As at the server: the room waits alone.
  }

  @Test
  void aBroadcasterWhoMustAuthoriseAnewEndsTheRoom() throws Exception {
    sandbox.openLive().renew(0);
    IdentityCode old = IdentityCode.of("CODE-ONE-HUSH", sandbox.openLive().appId());
    ConnectionSource source =
        (question, callback) -> callback.onSuccess(relay.answer(question, old));

    ConnectionState last = app.connect(source, log).awaitClosed();

    assertThat(last.getReason()).isEqualTo(Reason.AUTHORISATION_REQUIRED);
    assertThat(last.getMessage()).contains("7007").doesNotContain("CODE-ONE");
  }

  @Test
  void aSourceMayGiveUpItself() throws Exception {
    ConnectionSource source =
        (question, callback) ->
            callback.onFailure(new SourceException("signed out", null, Remedy.SIGN_IN_AGAIN));

    ConnectionState last = app.connect(source, log).awaitClosed();

    assertThat(last.getReason()).isEqualTo(Reason.AUTHORISATION_REQUIRED);
    assertThat(last.getMessage()).isEqualTo("signed out");
  }

  @ParameterizedTest
  @CsvSource({"SIGN_IN_AGAIN, AUTHORISATION_REQUIRED", "GIVE_UP, REFUSED"})
  void aSourceMayGiveUpWhenARoomIsOpen(Remedy remedy, Reason reason) throws Exception {
    AtomicBoolean isSignedOut = new AtomicBoolean();
    ConnectionSource source =
        (question, callback) -> {
          if (isSignedOut.get()) {
            throw new SourceException("signed out", null, remedy);
          }
          byToken(question, callback);
        };

    LiveConnection room = app.connect(source, log);
    assertThat(room.awaitOpen(60, SECONDS)).isTrue();
    isSignedOut.set(true);
    ConnectionState last = room.awaitClosed();

    assertThat(last.getReason()).isEqualTo(reason);
    assertThat(last.getMessage()).isEqualTo("signed out");
  }

  private static List<ConnectionSource> oddSources() {
    return List.of(
        (question, callback) -> callback.onSuccess("<html>auth_body hush</html>"),
        (question, callback) -> callback.onSuccess(""),
        (question, callback) -> callback.onSuccess(null),
        (question, callback) -> callback.onSuccess("{}"),
        (question, callback) -> callback.onSuccess("{\"version\":2,\"lease_seconds\":60}"),
        (question, callback) -> callback.onSuccess("{\"version\":1}"),
        (question, callback) ->
            callback.onSuccess(
                "{\"version\":1,\"connection\":{\"conn_id\":7,\"auth_body\":\"hush\"}}"),
        (question, callback) ->
            callback.onSuccess("{\"version\":1,\"failure\":{\"remedy\":\"NEW\"}}"),
        (question, callback) -> {
          throw new IOException("\"auth_body\":\"hush\"");
        },
        (question, callback) ->
            callback.onSuccess(
                "{\"version\":1,\"lease_seconds\":60,\"connection\":{\"conn_id\":\"c\","
                    + "\"auth_body\":\"hush\",\"wss_link\":[],\"anchor_info\":{\"x\":1e99999999999}}}"),
        (question, callback) -> callback.onFailure(null),
        (question, callback) -> {
          throw new IOException(question);
        },
        (question, callback) -> {
          throw new StackOverflowError();
        });
  }

  /** The first question is a start, the second a renewal. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whateverASourceDoesTheNextQuestionIsAskedAndNoSecretShown(int oddOne) throws Exception {
    Set<String> leases = ConcurrentHashMap.newKeySet();
    List<ListenerLog> logs = new ArrayList<>();
    List<CountDownLatch> more = new ArrayList<>();
    List<LiveConnection> rooms = new ArrayList<>();
    try (LoggedRecords logged = new LoggedRecords()) {
      for (ConnectionSource odd : oddSources()) {
        AtomicInteger questions = new AtomicInteger();
        CountDownLatch next = new CountDownLatch(oddOne + 2);
        more.add(next);
        AccessTokenProvider own =
            AccessTokenProvider.fixed(sandbox.accessTokens().get(logs.size()));
        ConnectionSource source =
            (question, callback) -> {
              leases.add(question.replaceAll(".*\"lease_id\":\"([^\"]+).*", "$1"));
              next.countDown();
              if (questions.incrementAndGet() == oddOne) {
                odd.ask(question, callback);
              } else {
                callback.onSuccess(relay.answer(question, own));
              }
            };
        logs.add(new ListenerLog());
        rooms.add(app.connect(source, logs.get(logs.size() - 1)));
      }
      for (LiveConnection room : rooms) {
        assertThat(room.awaitOpen(60, SECONDS)).isTrue();
      }
      for (CountDownLatch next : more) {
        assertThat(next.await(60, SECONDS)).isTrue();
      }

      leases.add("hush");
      assertThat(logs)
          .allSatisfy(
              heard -> {
                if (oddOne == 1) {
                  assertThat(heard.states()).anyMatch(state -> state.startsWith("BACKING_OFF"));
                }
                assertThat(heard.states().toString()).doesNotContain(leases);
              });
      assertThat(logged.messages(Level.WARNING).toString()).doesNotContain(leases);
    }
  }

  @Test
  void anAnswerMayComeLaterTwiceAndFromAnotherThread() throws Exception {
    ConnectionSource source =
        (question, callback) -> {
          Thread later =
              new Thread(
                  () -> {
                    byToken(question, callback);
                    callback.onFailure(new SourceException("again", null, Remedy.GIVE_UP));
                  });
          later.start();
        };

    assertThat(app.connect(source, log).awaitOpen(60, SECONDS)).isTrue();
  }

  @Test
  void aSourceIsAskedOnAThreadOfItsOwnWhereItMayBlock() throws Exception {
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    app.connect(
        (question, callback) -> {
          threads.add(Thread.currentThread().getName());
          byToken(question, callback);
        },
        log);

    assertThat(threads.take()).startsWith("bililive-source-");
  }

  @Test
  void anAddressOnThisMachineIsForTestsAlone() throws Exception {
    try (BiliLiveClient strict = BiliLiveClient.builder().build()) {
      strict.connect(this::byToken, log);
      log.awaitState("BACKING_OFF", 1, PATIENCE);
    }

    assertThat(log.states())
        .anyMatch(state -> state.contains("ws:// is accepted from a loopback base URL"));
  }

  @Test
  void aLeaseThatIsTooShortForTheAppIsAWarning() throws Exception {
    try (LoggedRecords logged = new LoggedRecords();
        BiliLiveClient slow = BiliLiveClient.builder().baseUrl("http://127.0.0.1/").build()) {
      relay = ConnectionRelay.of(server, 30, SECONDS);
      assertThat(slow.connect(this::byToken, log).awaitOpen(60, SECONDS)).isTrue();

      assertThat(logged.messages(Level.WARNING))
          .contains(
              "the source's server ends leases after 30 s, and this client renews them every 20000"
                  + " ms: set a heartbeatInterval of a third, or a longer lease at the server");
    }
  }

  @Test
  void withoutCredentialsAllElseIsRefusedAndSaysWhy() {
    Map<String, ThrowingCallable> calls =
        Map.of(
            "start", () -> app.start("token"),
            "heartbeat", () -> app.heartbeat("id"),
            "keepAlive", () -> app.keepAlive("id", (connId, state, cause) -> {}),
            "oauth", app::oauth,
            "api", app::api,
            "account", () -> app.account("token").info(),
            "by token", () -> app.connect("token", log),
            "by code", () -> app.connect(IdentityCode.of("CODE", 1), log),
            "relay", () -> ConnectionRelay.of(app).answer(question("start"), token()));

    assertThat(calls)
        .allSatisfy(
            (name, call) ->
                assertThatIllegalStateException()
                    .as(name)
                    .isThrownBy(call)
                    .withMessage(
                        "no credentials: set Builder.credentials(Credentials.of(clientId,"
                            + " appSecret)); without them a client hears rooms of a"
                            + " ConnectionSource alone"));
    assertThatIllegalStateException().isThrownBy(() -> app.newBuilder().accessToken("t").build());
    assertThat(app).hasToString("BiliLiveClient{no credentials, baseUrl=http://127.0.0.1/}");
  }

  @Test
  void roomsByIdentityCodeNeedThoseCredentialsAlone() throws Exception {
    try (BiliLiveClient openLive =
        BiliLiveClient.builder()
            .openLiveCredentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
            .openLiveBaseUrl(sandbox.baseUrl())
            .build()) {
      assertThat(openLive.connect(code(), log).awaitOpen(60, SECONDS)).isTrue();
    }
  }

  private static String question(String action) {
    return "{\"version\":1,\"lease_id\":\"lease-hush\",\"action\":\"" + action + "\"}";
  }

  @Test
  void whatIsNoQuestionIsRefusedWithoutAWordOfIt() {
    String start = question("start");
    for (String text :
        List.of(
            "",
            "null",
            "[]",
            "{}",
            "hush",
            start.replace("1", "2"),
            start.replace("1", "1e99999999999"),
            start.replace("lease-hush", "9".repeat(401)),
            start + " ".repeat(1 << 20),
            "{\"a\":1}")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> relay.answer(text, token()))
          .withMessageStartingWith("question is ")
          .withMessageNotContaining("hush");
    }
    assertThat(sandbox.requestCount()).isZero();
  }

  @Test
  void theServerMayBeAnsweredByACallback() throws Exception {
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    AnswerCallback<String> callback =
        new AnswerCallback<>() {
          @Override
          public void onSuccess(String answer) {
            answers.add(answer);
          }

          @Override
          public void onFailure(BiliLiveException error) {
            answers.add("failed " + error);
          }
        };
    relay.answer(question("start"), token(), callback);
    assertThat(answers.take()).startsWith("{\"version\":1,\"lease_seconds\":60,\"connection\":{");
    relay.answer(question("end"), code(), callback);
    assertThat(answers.take()).isEqualTo("{\"version\":1}");
  }

  @Test
  void aLeaseIsFromASecondToADay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectionRelay.of(server, 999, MILLISECONDS))
        .withMessage("lease is 999 MILLISECONDS: give 1 s to 1 day, such as 60 s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectionRelay.of(server, 86_401, SECONDS));
  }

  private long calls(Endpoint endpoint) {
    return sandbox.requests().stream().filter(r -> r.endpoint() == endpoint).count();
  }
}
