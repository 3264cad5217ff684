package io.github.bililive.internal.room;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.Credentials;
import io.github.bililive.HeartbeatState;
import io.github.bililive.IdentityCode;
import io.github.bililive.LiveConnection;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.generated.openlive.model.AnchorInfo;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxBuilder;
import io.github.bililive.sandbox.SeenConnection;
import io.github.bililive.sandbox.SeenConnection.State;
import io.github.bililive.sandbox.SeenRequest;
import io.github.bililive.sandbox.SocketFault;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rooms by identity code, from one end to the other. */
@Timeout(120)
class IdentityCodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SampleEvents SAMPLES = SampleEvents.openLive();

  private final ListenerLog log = new ListenerLog();
  private Sandbox sandbox = platform().start();
  private BiliLiveClient client = builder().build();

  private static SandboxBuilder platform() {
    return Sandbox.builder().accessTokens("token-one").identityCodes("CODE-ONE", "CODE-TWO");
  }

  private BiliLiveClientBuilder builder() {
    return BiliLiveClient.builder()
        .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
        .baseUrl(sandbox.baseUrl())
        .openLiveBaseUrl(sandbox.baseUrl());
  }

  private void restart(SandboxBuilder with) {
    close();
    sandbox = with.start();
    client = builder().build();
  }

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  private LiveConnection connect() throws InterruptedException {
    LiveConnection room = client.connect(code(0), log);
    assertThat(room.awaitOpen(60, SECONDS)).isTrue();
    return room;
  }

  private IdentityCode code(int broadcaster) {
    return IdentityCode.of(
        sandbox.openLive().identityCodes().get(broadcaster), sandbox.openLive().appId());
  }

  @Test
  void aRoomHearsWhoItsBroadcasterIsAndThenItsEvents() throws Exception {
    connect();
    long roomId = sandbox.room(0).id();
    List<String> all = SAMPLES.all(roomId, "m-");
    sandbox.room(0).send(all.toArray(String[]::new));
    log.await("warning m-WARNING", PATIENCE);

    assertThat(log.events())
        .hasSize(1 + all.size())
        .noneMatch(event -> event.startsWith("raw"))
        .startsWith("broadcaster broadcaster of room " + roomId, "danmaku m-DM");
    assertThat(sandbox.events())
        .allMatch(event -> String.valueOf(event.cmd()).startsWith("LIVE_OPEN_PLATFORM_"));
    assertThat(sandbox.refusals()).isEmpty();
    assertThat(sandbox.sockets().protocolErrors()).isEmpty();
  }

  @Test
  void closingTheRoomEndsItsSessionSoThatAGameCanStartAgainAtOnce() throws Exception {
    restart(platform().sessionsPerRoom(1));
    for (int round = 1; round <= 3; round++) {
      connect().close();
      sandbox.awaitRequests(round, r -> r.endpoint() == Endpoint.APP_END, PATIENCE);
    }

    assertThat(sandbox.connections())
        .extracting(SeenConnection::state)
        .containsExactly(State.ENDED, State.ENDED, State.ENDED);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void closingTheClientEndsAllSessionsBeforeItReturns() throws Exception {
    connect();
    assertThat(client.connect(code(1), new ListenerLog()).awaitOpen(60, SECONDS)).isTrue();

    client.close();

    assertThat(sandbox.connections()).extracting(SeenConnection::state).containsOnly(State.ENDED);
    assertThat(calls(Endpoint.APP_END)).hasSize(2);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void closingTheClientWaitsNotForeverForAPlatformThatDoesNotAnswer() throws Exception {
    connect();
    sandbox.faults().always(Endpoint.APP_END, Fault.hang());

    Thread.currentThread().interrupt(); // Or it would take 3 s.
    client.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(client.connections()).isEmpty();
  }

  @Test
  void aSessionThatNobodyCanHoldIsEndedAtOnce() throws Exception {
    String withoutSocket = "{\"code\":0,\"data\":{\"game_info\":{\"game_id\":\"g-1\"}}}";
    sandbox.faults().next(1, Endpoint.APP_START, Fault.json(withoutSocket));
    connect();

    sandbox.awaitRequests(1, r -> r.endpoint() == Endpoint.APP_END, PATIENCE);
    assertThat(calls(Endpoint.APP_END))
        .singleElement()
        .satisfies(end -> assertThat(end.connIds()).containsExactly("g-1"));
  }

  @Test
  void anEndThatFailsInPassingIsMadeAgain() throws Exception {
    sandbox.faults().next(1, Endpoint.APP_END, Fault.html(502));
    connect();
    client.close();

    assertThat(sandbox.connections()).extracting(SeenConnection::state).containsOnly(State.ENDED);
  }

  @Test
  void aStartThatIsGivenUpIsEndedWhenItsAnswerComes() throws Exception {
    sandbox.faults().next(1, Endpoint.APP_START, Fault.delay(Duration.ofMillis(300)));
    LiveConnection room = client.connect(code(0), log);
    sandbox.awaitRequests(1, PATIENCE);
    room.close();
    sandbox.awaitRequests(1, r -> r.endpoint() == Endpoint.APP_END, PATIENCE);

    assertThat(calls(Endpoint.APP_START)).hasSize(1);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void aClientThatIsClosedDuringAStartEndsIt() throws Exception {
    sandbox.faults().next(1, Endpoint.APP_START, Fault.delay(Duration.ofMillis(300)));
    client.connect(code(0), log);
    sandbox.awaitRequests(1, PATIENCE);
    client.close();

    assertThat(sandbox.connections()).extracting(SeenConnection::state).containsOnly(State.ENDED);
  }

  @Test
  void aSessionWhoseAuthBodyIsRefusedGivesItsPlaceBack() throws Exception {
    restart(platform().sessionsPerRoom(1));
    sandbox.sockets().faults().next(SocketFault.refuseAuthentication(-101));
    connect();

    assertThat(sandbox.refusals()).isEmpty();
    assertThat(sandbox.connections())
        .extracting(SeenConnection::state)
        .containsExactly(State.ENDED, State.ALIVE);
  }

  @Test
  void aLostSocketIsReplacedWithinTheSameSession() throws Exception {
    connect();
    sandbox.room(0).drop();
    log.awaitState("OPEN", 2, PATIENCE);

    assertThat(calls(Endpoint.APP_START)).hasSize(1);
    assertThat(calls(Endpoint.APP_END)).isEmpty();
  }

  @Test
  void aCodeThatTheBroadcasterRenewedClosesTheRoomForThem() throws Exception {
    IdentityCode old = code(0);
    sandbox.openLive().renew(0);

    ConnectionState last = client.connect(old, log).awaitClosed();

    assertThat(last.getReason()).isEqualTo(Reason.AUTHORISATION_REQUIRED);
    assertThat(last.getMessage()).contains("7007", "identity code").doesNotContain("CODE-ONE");
    assertThat(((PlatformException) last.getCause()).getKnownCode())
        .isEqualTo(PlatformCode.IDENTITY_CODE_WRONG);
    assertThat(calls(Endpoint.APP_END)).isEmpty();
  }

  @Test
  void aGameThatRunsElsewhereIsWaitedFor() throws Exception {
    restart(platform().sessionsPerRoom(1));
    connect();
    try (BiliLiveClient second = builder().build()) {
      ListenerLog heard = new ListenerLog();
      LiveConnection room = second.connect(code(0), heard);
      heard.awaitState("BACKING_OFF", 1, PATIENCE);

      assertThat(room.getState().getMessage()).contains("7002");
      assertThat(room.getState().getRetryInMillis()).isGreaterThanOrEqualTo(30_000);
    }
  }

  @Test
  void onlyTheEndOfItsOwnGameIdMeansANewStart() throws Exception {
    connect();
    SampleEvents sister = SampleEvents.sister();
    sandbox.room(0).send(sister.interactionEnd("another", 1), SAMPLES.danmaku(1, "m-1", "x"));
    log.await("danmaku m-1", PATIENCE);
    assertThat(calls(Endpoint.APP_START)).hasSize(1);

    sandbox.endInteraction(sandbox.connections().get(0).connId());
    log.awaitState("OPEN", 2, PATIENCE);

    assertThat(calls(Endpoint.APP_START)).hasSize(2);
    assertThat(log.events()).filteredOn(event -> event.startsWith("broadcaster")).hasSize(2);
  }

  @Test
  void aToolsSessionNeedsNoHeartbeatAndNoEnd() throws Exception {
    restart(platform().emptyGameIds(true));
    LiveConnection room = connect();
    assertThat(room.health().getHttpHeartbeatAgeMillis()).isNull();
    assertThat(client.heartbeatStatistics().getIds()).isEmpty();
    sandbox.room(0).send(SAMPLES.danmaku(1, "m-1", "x"));
    log.await("danmaku m-1", PATIENCE);
    client.close();

    assertThat(sandbox.requests())
        .extracting(SeenRequest::endpoint)
        .containsExactly(Endpoint.APP_START, Endpoint.SOCKET);
  }

  @Test
  void oneClientHoldsRoomsOfBothKindsAndKeepsEachAliveAtItsOwnApi() throws Exception {
    client.close();
    client = builder().heartbeatInterval(20, MILLISECONDS).build();
    connect();
    assertThat(client.connect(code(1), new ListenerLog()).awaitOpen(60, SECONDS)).isTrue();
    assertThat(client.connect("token-one", new ListenerLog()).awaitOpen(60, SECONDS)).isTrue();
    List<SeenRequest> batches =
        sandbox.awaitRequests(
            3, request -> request.endpoint() == Endpoint.APP_BATCH_HEARTBEAT, PATIENCE);
    sandbox.awaitRequests(3, request -> request.endpoint() == Endpoint.HEARTBEAT, PATIENCE);

    assertThat(batches).allMatch(batch -> batch.connIds().size() == 2);
    assertThat(client.connections()).hasSize(3);
    assertThat(client.heartbeatStatistics().getIds())
        .containsOnly(java.util.Map.entry(HeartbeatState.ALIVE, 3));
    assertThat(sandbox.refusals()).isEmpty();
    assertThat(sandbox.requests())
        .filteredOn(request -> String.valueOf(request.endpoint()).startsWith("APP_"))
        .allMatch(request -> request.headers().get("access-token") == null)
        .allMatch(request -> "1.0".equals(request.headers().get("x-bili-signature-version")));
  }

  @Test
  void anIdThatThePlatformForgotIsReplacedAndNotEnded() throws Exception {
    client.close();
    client = builder().heartbeatInterval(20, MILLISECONDS).build();
    connect();
    sandbox.expire(sandbox.connections().get(0).connId());
    log.awaitState("OPEN", 2, PATIENCE);

    assertThat(calls(Endpoint.APP_END)).isEmpty();
  }

  @Test
  void theAppOfRoomsByIdentityCodeMayBeAnother() throws Exception {
    try (Sandbox own =
            Sandbox.builder().clientId("other-client").appSecret("other-secret-x").start();
        BiliLiveClient both =
            builder()
                .openLiveBaseUrl(own.baseUrl())
                .openLiveCredentials(Credentials.of("other-client", "other-secret-x"))
                .build()) {
      IdentityCode code = IdentityCode.of(own.openLive().identityCode(), own.openLive().appId());

      assertThat(both.connect(code, log).awaitOpen(60, SECONDS)).isTrue();
      assertThat(both.connect("token-one", new ListenerLog()).awaitOpen(60, SECONDS)).isTrue();
      assertThat(own.refusals()).isEmpty();
    }
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void whoTheBroadcasterIsCanBeMadeByHand() {
    AnchorInfo anchor = AnchorInfo.builder().roomId(7).uname("主播").openId("o-1").build();
    log.onBroadcaster(anchor);

    assertThat(log.events()).containsExactly("broadcaster 主播");
    assertThat(Objects.requireNonNull(anchor.getOpenId())).isEqualTo("o-1");
    assertThat(client.connections()).noneMatch(r -> r.getState().getPhase() == Phase.OPEN);
  }

  private List<SeenRequest> calls(Endpoint endpoint) {
    return sandbox.requests().stream().filter(r -> r.endpoint() == endpoint).toList();
  }
}
