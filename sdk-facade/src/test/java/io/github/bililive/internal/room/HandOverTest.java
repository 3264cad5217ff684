package io.github.bililive.internal.room;

import static io.github.bililive.ConnectionState.Phase.OPEN;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionRelay;
import io.github.bililive.ConnectionSource;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.Credentials;
import io.github.bililive.IdentityCode;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.StartedConnection;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SecondSocket;
import io.github.bililive.sandbox.SeenConnection.State;
import io.github.bililive.store.ConnectionStore;
import io.github.bililive.store.FileConnectionStore;
import io.github.bililive.store.HandOverPolicy;
import io.github.bililive.token.AccessTokenProvider;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A room that goes from one process to the next, over real sockets: two clients on one store. */
@Timeout(120)
class HandOverTest {
  private static final SampleEvents SAMPLES = SampleEvents.openLive();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ConnectionOptions ALICE = ConnectionOptions.builder().name("alice").build();

  @TempDir Path directory;

  private final List<BiliLiveClient> clients = new ArrayList<>();
  private Sandbox sandbox = platform(SecondSocket.BOTH);

  private static Sandbox platform(SecondSocket secondSocket) {
    return Sandbox.builder().identityCodes("CODE-ONE").secondSocket(secondSocket).start();
  }

  @AfterEach
  void close() {
    clients.forEach(BiliLiveClient::close);
    sandbox.close();
  }

  private ConnectionStore store() {
    return FileConnectionStore.in(directory);
  }

  private BiliLiveClient client(HandOverPolicy policy) {
    BiliLiveClient client = builder().connectionStore(store()).handOver(policy).build();
    clients.add(client);
    return client;
  }

  private BiliLiveClientBuilder builder() {
    return BiliLiveClient.builder()
        .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
        .accessToken(sandbox.accessToken())
        .baseUrl(sandbox.baseUrl())
        .openLiveBaseUrl(sandbox.baseUrl());
  }

  private static HandOverPolicy.Builder named(String owner) {
    return HandOverPolicy.builder().owner(owner).linger(300, MILLISECONDS);
  }

  private static LiveConnection opened(LiveConnection room) throws InterruptedException {
    assertThat(room.awaitOpen(60, SECONDS)).isTrue();
    return room;
  }

  private static String idOf(LiveConnection room) {
    return Objects.requireNonNull(room.getStartedConnection()).getConnId();
  }

  /** What a process has heard, in order. */
  private static final class Heard implements LiveListener {
    final List<String> ids = new CopyOnWriteArrayList<>();
    private final CountDownLatch last = new CountDownLatch(1);

    @Override
    public void onDanmaku(Danmaku danmaku) {
      ids.add(danmaku.getMsgId());
      if (danmaku.getMsgId().equals("last")) {
        last.countDown();
      }
    }

    void awaitLast() throws InterruptedException {
      assertThat(last.await(60, SECONDS)).isTrue();
    }
  }

  private void say(String msgId) {
    sandbox.room(0).send(SAMPLES.danmaku(sandbox.room(0).id(), msgId, "hello"));
  }

  @Test
  void theSuccessorWaitsForTheOtherSocketToCloseAndHasTheSameId() throws Exception {
    Heard before = new Heard();
    Heard after = new Heard();
    LiveConnection old = opened(client(named("one").build()).connect(before, ALICE));
    say("1");
    say("2");
    LiveConnection next = opened(client(named("two").build()).connect(after, ALICE));

    ConnectionState last = old.awaitClosed();
    assertThat(last.getReason()).isEqualTo(Reason.HANDED_OVER);
    assertThat(last.getMessage()).isEqualTo("'two' hears the room from now on");
    say("last");
    after.awaitLast();
    assertThat(before.ids).containsExactly("1", "2");
    assertThat(after.ids).containsExactly("last");
    assertThat(sandbox.connections()).hasSize(1);
    assertThat(idOf(next)).isEqualTo(sandbox.connections().get(0).connId());
    assertThat(sandbox.sockets().mostAtOnceOfOneConnection(Duration.ofMillis(100))).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(SecondSocket.class)
  void aRollingDeployWithOverlapKeepsTheIdWhateverThePlatformDoesWithTheSecondSocket(
      SecondSocket secondSocket) throws Exception {
    sandbox.close();
    sandbox = platform(secondSocket);
    List<Heard> heard = new ArrayList<>();
    List<String> said = new CopyOnWriteArrayList<>();
    LiveConnection room = null;
    for (int deploy = 0; deploy < 2; deploy++) {
      heard.add(new Heard());
      BiliLiveClient client = client(named("v" + deploy).overlap(true).build());
      LiveConnection old = room;
      room = client.connect(heard.get(deploy), ALICE);
      for (int i = 0; isUnderWay(old, room); i++) {
        said.add(deploy + "-" + i);
        say(deploy + "-" + i);
        new CountDownLatch(1).await(2, MILLISECONDS); // Fewer than the buffers hold.
      }
    }
    say("last");
    heard.get(1).awaitLast();

    assertThat(sandbox.connections()).hasSize(1);
    List<String> all = new ArrayList<>();
    heard.forEach(each -> all.addAll(each.ids));
    if (secondSocket == SecondSocket.BOTH) {
      said.removeIf(id -> id.startsWith("0-")); // Before anybody listened.
      assertThat(new LinkedHashSet<>(all)).containsAll(said);
      assertThat(all).doesNotHaveDuplicates();
    }
  }

  private static boolean isUnderWay(@Nullable LiveConnection old, LiveConnection room) {
    return room.getState().getPhase() != OPEN
        || (old != null && old.getState().getPhase() != Phase.CLOSED);
  }

  /** Opens the same room through each door. */
  private List<LiveConnection> openEach(BiliLiveClient client, ConnectionRelay relay)
      throws InterruptedException {
    IdentityCode code = IdentityCode.of("CODE-ONE", sandbox.openLive().appId());
    AccessTokenProvider token = AccessTokenProvider.fixed(sandbox.accessToken());
    ConnectionSource source =
        (question, callback) -> callback.onSuccess(relay.answer(question, token));
    List<LiveConnection> rooms =
        List.of(
            client.connect(new Heard(), ALICE),
            client.connect(code, new Heard(), ALICE.newBuilder().name("by code").build()),
            client.connect(source, new Heard(), ALICE.newBuilder().name("by source").build()));
    for (LiveConnection room : rooms) {
      opened(room);
    }
    return rooms;
  }

  @Test
  void aStoppedClientLeavesItsIdsToTheNextAtEveryDoor() throws Exception {
    BiliLiveClient server = builder().build();
    clients.add(server);
    ConnectionRelay relay = ConnectionRelay.of(server);
    BiliLiveClient first = client(HandOverPolicy.DEFAULT);
    List<String> ids = openEach(first, relay).stream().map(HandOverTest::idOf).toList();
    first.close();
    List<LiveConnection> rooms = openEach(client(HandOverPolicy.DEFAULT), relay);

    assertThat(rooms.stream().map(HandOverTest::idOf)).containsExactlyElementsOf(ids);
    assertThat(sandbox.connections()).hasSize(3);
    assertThat(rooms).allSatisfy(room -> assertThat(room.getState().getPhase()).isEqualTo(OPEN));

    rooms.get(1).close();
    awaitRequest(Endpoint.APP_END);
  }

  private void awaitRequest(Endpoint endpoint) throws Exception {
    sandbox.awaitRequests(1, request -> request.endpoint() == endpoint, PATIENCE);
  }

  @Test
  void anIdThatIsGivenIsBeatenAtOnceAndHeardBy() throws Exception {
    BiliLiveClient client = builder().build();
    clients.add(client);
    StartedConnection started = client.start();
    LiveConnection room =
        opened(client.connect(new Heard(), ConnectionOptions.builder().takeOver(started).build()));

    assertThat(room.getStartedConnection()).isSameAs(started);
    awaitRequest(Endpoint.HEARTBEAT);
    assertThat(sandbox.connections()).hasSize(1);
    assertThat(sandbox.sockets().seen()).hasSize(1);
  }

  @Test
  void aDeadIdThatIsGivenBecomesAStartByItself() throws Exception {
    BiliLiveClient client = builder().build();
    clients.add(client);
    StartedConnection started = client.start();
    sandbox.expire(started.getConnId());
    LiveConnection room =
        client.connect(new Heard(), ConnectionOptions.builder().takeOver(started).build());

    assertThat(idOf(opened(room))).isNotEqualTo(started.getConnId());
    assertThat(sandbox.connections()).filteredOn(seen -> seen.state() == State.ALIVE).hasSize(1);
  }

  @Test
  void killedProcessesGoOnWithOneIdAndLockNobodyOut() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int life = 0; life < 2; life++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xshare:auto",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  KilledRoom.class.getName(),
                  sandbox.baseUrl(),
                  sandbox.clientId(),
                  sandbox.appSecret(),
                  sandbox.accessToken(),
                  directory.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader output = process.inputReader()) {
        ids.add(output.readLine());
      } finally {
        process.destroyForcibly().waitFor();
      }
    }

    assertThat(sandbox.connections()).hasSize(1);
    assertThat(ids).containsOnly(sandbox.connections().get(0).connId());
    assertThat(sandbox.refusals()).isEmpty();
    assertThat(sandbox.sockets().seen()).hasSize(2);
  }

  @Test
  void aHandOverWithoutAStoreIsRefusedInWords() {
    assertThatThrownBy(() -> builder().handOver(named("one").build()).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "handOver is set and no connection store: set Builder.connectionStore, such as"
                + " FileConnectionStore.in(directory)");
  }

  @Test
  void aRoomWithoutANameOrWithTwoSourcesOfItsIdIsRefusedInWords() {
    BiliLiveClient client = client(HandOverPolicy.DEFAULT);
    assertThatThrownBy(() -> client.connect(new Heard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the room has no name: a client with a connectionStore remembers a room by its name, so"
                + " give one of at most 200 by ConnectionOptions.builder().name(…)");
    StartedConnection started = new StartedConnection("c1", "hush-auth", List.of());
    assertThatThrownBy(
            () -> client.connect(new Heard(), ALICE.newBuilder().takeOver(started).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("takeOver is set for room alice, and the client has a")
        .hasMessageNotContaining("hush");
    client.connect(new Heard(), ALICE);
    assertThatThrownBy(() -> client.connect(new Heard(), ALICE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("room alice is connected already");
  }
}
