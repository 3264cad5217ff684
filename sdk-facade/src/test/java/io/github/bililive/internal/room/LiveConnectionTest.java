package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionHealth;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.Packing;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxRoom;
import io.github.bililive.sandbox.SandboxSocket;
import io.github.bililive.sandbox.SocketFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From one end to the other: the SDK against the sandbox, over real sockets. */
@Timeout(120)
class LiveConnectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Sandbox sandbox = Sandbox.builder().start();
  private final BiliLiveClient client =
      BiliLiveClient.builder()
          .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
          .accessToken(sandbox.accessToken())
          .baseUrl(sandbox.baseUrl())
          .build();
  private final SampleEvents samples = SampleEvents.openLive();
  private final SandboxRoom room = sandbox.room(0);
  private final ListenerLog log = new ListenerLog();

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  @Test
  void aRoomWhoseHeartbeatsAreNotAcknowledgedSaysSoUntilTheyAre() throws Exception {
    sandbox.faults().always(Endpoint.HEARTBEAT, Fault.html(502));
    try (BiliLiveClient impatient =
        BiliLiveClient.builder()
            .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
            .baseUrl(sandbox.baseUrl())
            .heartbeatInterval(200, TimeUnit.MILLISECONDS)
            .connIdTimeToLive(500, TimeUnit.MILLISECONDS)
            .build()) {
      LiveConnection connection = impatient.connect(sandbox.accessToken(), log);
      log.awaitState("OPEN (no heartbeat is acknowledged", 1, PATIENCE);
      assertThat(connection.awaitOpen(1, TimeUnit.MINUTES)).isTrue();
      sandbox.faults().clear();
      log.awaitState("OPEN", 3, PATIENCE);

      assertThat(log.states()).last().isEqualTo("OPEN");
      assertThat(connection.health().getReconnects()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Packing.class)
  void everyEventReachesItsMethodInOrder(Packing packing) throws Exception {
    connect();
    List<String> events = samples.all(room.id(), "m-");
    room.send(packing, events.toArray(String[]::new));
    room.send(packing, samples.danmaku(room.id(), "last", "end"));
    log.await("danmaku last", PATIENCE);

    assertThat(log.events())
        .containsExactly(
            "danmaku m-DM",
            "danmakuMirror m-DM_MIRROR",
            "gift m-SEND_GIFT",
            "superChat m-SUPER_CHAT",
            "superChatDeletion m-SUPER_CHAT_DEL",
            "guard m-GUARD",
            "like m-LIKE",
            "enter m-LIVE_ROOM_ENTER",
            "liveStart",
            "liveEnd",
            "roomChange m-ROOM_CHANGE",
            "mute m-ROOM_BLOCK_MSG",
            "follow m-INTERACT_WORD",
            "warning m-WARNING",
            "danmaku last");
  }

  @Test
  void thePopularityOfTheLastHeartbeatReplyIsInItsHealth() throws Exception {
    CompletableFuture<Long> answered = new CompletableFuture<>();
    ConnectionEvents hook =
        new ConnectionEvents() {
          @Override
          public void heartbeatAnswered(String name, long tookMillis) {
            answered.complete(tookMillis);
          }
        };
    try (BiliLiveClient hooked = client.newBuilder().connectionEvents(hook).build()) {
      LiveConnection connection = hooked.connect(log);
      answered.get(60, TimeUnit.SECONDS);

      assertThat(connection.health().getPopularity()).isEqualTo(1);
    }
  }

  @Test
  void whatIsNotKnownReachesTheRawCallbackAndOddFieldsCostThemselvesAlone() throws Exception {
    connect();
    room.send(SampleEvents.withoutCmd(room.id(), "1"));
    room.send(samples.unknown(room.id(), "2"));
    room.send(samples.danmakuOfWrongTypes(room.id(), "3"));
    room.send(samples.danmaku(room.id(), "4", "still here"));
    log.await("danmaku 4", PATIENCE);

    assertThat(log.events())
        .containsExactly("raw NO_CMD", "raw UNKNOWN_CMD", "danmaku 3", "danmaku 4");
  }

  @Test
  void aDroppedSocketComesBackWithTheSameConnIdAndLosesNothing() throws Exception {
    LiveConnection connection = connect();
    for (int round = 0; round < 2; round++) {
      room.send(samples.danmaku(room.id(), "before" + round, ""));
      room.drop();
      sandbox.sockets().await(round + 2, socket -> socket.wasAuthenticated(), PATIENCE);
      room.send(samples.danmaku(room.id(), "after" + round, ""));
      log.await("danmaku after" + round, PATIENCE);
    }

    assertThat(log.events())
        .containsExactly("danmaku before0", "danmaku after0", "danmaku before1", "danmaku after1");
    assertThat(sandbox.connections()).hasSize(1);
    assertThat(connection.health().getReconnects()).isEqualTo(2);
    assertThat(sandbox.sockets().protocolErrors()).isEmpty();
  }

  @Test
  void anEventThatThePlatformRepeatsIsHeardOnce() throws Exception {
    LiveConnection connection = connect();
    String event = samples.gift(room.id(), "g", "辣条", 1);
    room.send(event, event);
    room.drop();
    sandbox.sockets().await(2, socket -> socket.wasAuthenticated(), PATIENCE);
    room.send(event);
    room.send(samples.danmaku(room.id(), "end", ""));
    log.await("danmaku end", PATIENCE);

    assertThat(log.events()).containsExactly("gift g", "danmaku end");
    assertThat(connection.health().getDuplicates()).isEqualTo(2);
    assertThat(connection.health().getReceived()).isEqualTo(4);
  }

  @Test
  void aRefusedAuthBodyIsFollowedByANewStart() throws Exception {
    sandbox.sockets().faults().next(SocketFault.refuseAuthentication(-101));
    connect();

    assertThat(sandbox.connections()).hasSize(2);
    assertThat(log.states()).anyMatch(state -> state.contains("refused the auth body"));
  }

  @Test
  void interactionEndIsFollowedByANewStart() throws Exception {
    connect();
    sandbox.endInteraction(sandbox.connections().get(0).connId());
    sandbox.sockets().await(2, socket -> socket.wasAuthenticated(), PATIENCE);
    log.awaitState("OPEN", 2, PATIENCE);

    assertThat(sandbox.connections()).hasSize(2);
    assertThat(log.events()).containsExactly("interactionEnd");
  }

  @Test
  void anInteractionEndOfTheOwnConnIdCountsEvenIfItCannotBeReadOtherwise() throws Exception {
    connect();
    String own = sandbox.connections().get(0).connId();
    room.send(
        "{\"cmd\":\"OPEN_LIVEROOM_INTERACTION_END\",\"data\":{\"timestamp\":{},\"game_id\":\"\","
            + "\"conn_id\":\""
            + own
            + "\"}}");
    log.awaitState("OPEN", 2, PATIENCE);

    assertThat(sandbox.connections()).hasSize(2);
  }

  @Test
  void aStartThatFailsInPassingIsTriedAgain() throws Exception {
    sandbox.faults().next(Fault.html(500));
    connect();

    assertThat(log.states().get(1)).startsWith("BACKING_OFF (start: answer not understood");
  }

  @Test
  void aRefusalForGoodEndsTheConnectionAndSaysWhy() throws Exception {
    sandbox.faults().always(Fault.code(127001, "token 无效"));
    LiveConnection connection = client.connect(log);
    log.awaitState("CLOSED", 1, PATIENCE);

    assertThat(connection.getState().getPhase()).isEqualTo(Phase.CLOSED);
    assertThat(connection.getState().getMessage()).contains("127001", "sign in again");
    assertThat(log.states()).last().asString().startsWith("CLOSED");
  }

  @Test
  void aDamagedFrameCostsTheSocketAndNotTheConnection() throws Exception {
    connect();
    SandboxSocket socket = sandbox.sockets().open().get(0);
    socket.sendFrame(ByteString.encodeUtf8("this is no packet at all"));
    sandbox.sockets().await(2, seen -> seen.wasAuthenticated(), PATIENCE);
    log.awaitState("OPEN", 2, PATIENCE);

    assertThat(log.states()).anyMatch(state -> state.contains("a frame could not be read"));
  }

  @Test
  void theUpgradeOffersNoCompressionThatNothingBounds() throws Exception {
    connect();

    assertThat(sandbox.requests())
        .filteredOn(request -> request.endpoint() == Endpoint.SOCKET)
        .isNotEmpty()
        .allMatch(request -> request.headers().get("Sec-WebSocket-Extensions") == null);
  }

  @Test
  void closeIsTheLastThingTheListenerHearsAndEndsTheSocket() throws Exception {
    LiveConnection connection = connect();
    connection.close();
    connection.close();
    log.awaitState("CLOSED", 1, PATIENCE);
    sandbox.sockets().awaitAllClosed(PATIENCE);
    room.send(samples.danmaku(room.id(), "late", ""));

    assertThat(connection.getState().getPhase()).isEqualTo(Phase.CLOSED);
    assertThat(log.lines()).last().asString().startsWith("state CLOSED");
  }

  @Test
  void closeInACallbackWorks() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    LiveConnection[] connection = new LiveConnection[1];
    CountDownLatch connected = new CountDownLatch(1);
    connection[0] =
        client.connect(
            new LiveListener() {
              @Override
              public void onStateChanged(ConnectionState state) {
                if (state.getPhase() == Phase.OPEN) {
                  try {
                    connected.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  connection[0].close();
                } else if (state.getPhase() == Phase.CLOSED) {
                  heard.countDown();
                }
              }
            });
    connected.countDown();

    assertThat(heard.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    sandbox.sockets().awaitAllClosed(PATIENCE);
  }

  @Test
  void closingTheClientClosesItsRooms() throws Exception {
    LiveConnection connection = connect();
    client.close();
    log.awaitState("CLOSED", 1, PATIENCE);
    sandbox.sockets().awaitAllClosed(PATIENCE);

    assertThat(connection.getState().getPhase()).isEqualTo(Phase.CLOSED);
    assertThatThrownBy(() -> client.connect(log)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void healthKnowsTheAgeOfEachChannel() throws Exception {
    LiveConnection connection = connect();
    assertThat(connection.health().getEventAgeMillis()).isNull();
    room.send(samples.danmaku(room.id(), "a", ""));
    log.await("danmaku a", PATIENCE);

    ConnectionHealth health = connection.health();
    assertThat(health.getEventAgeMillis()).isBetween(0L, PATIENCE.toMillis());
    assertThat(health.getSocketReplyAgeMillis()).isBetween(0L, PATIENCE.toMillis());
    assertThat(health.getHttpHeartbeatAgeMillis()).isBetween(0L, PATIENCE.toMillis());
    assertThat(health.getReconnects()).isZero();
    assertThat(health.getDelivered()).isEqualTo(1);
    assertThat(health.getState().getPhase()).isEqualTo(Phase.OPEN);
  }

  @Test
  void aSlowListenerHoldsTheSocketBackAndLosesNothing() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<String> heard = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(500);
    try (LiveConnection connection =
        client.connect(
            sandbox.accessToken(),
            new LiveListener() {
              @Override
              public void onDanmaku(Danmaku message) {
                try {
                  release.await();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                heard.add(message.getMsgId());
                all.countDown();
              }
            },
            ConnectionOptions.builder().bufferSize(4).build())) {
      sandbox.sockets().awaitAuthenticated(1, PATIENCE);
      for (int i = 0; i < 500; i++) {
        room.send(samples.danmaku(room.id(), "m" + i, "text"));
      }
      release.countDown();
      assertThat(all.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

      assertThat(heard).hasSize(500).doesNotHaveDuplicates().startsWith("m0", "m1");
      assertThat(connection.health().getDropped()).isZero();
    }
  }

  @Test
  void noSecretIsInWhatTheListenerHearsOrAConnectionPrints() throws Exception {
    sandbox.sockets().faults().next(SocketFault.refuseAuthentication(-101));
    LiveConnection connection = connect();
    room.drop();
    log.awaitState("OPEN", 2, PATIENCE);

    assertThat(log.lines() + connection.toString() + connection.health())
        .doesNotContain(sandbox.appSecret(), sandbox.accessToken(), "sandbox-auth-key-");
  }

  private LiveConnection connect() throws Exception {
    LiveConnection connection = client.connect(log);
    log.awaitState("OPEN", 1, PATIENCE);
    return connection;
  }
}
