package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.hook.ConnectionTraffic;
import io.github.bililive.internal.time.VirtualTime;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxRoom;
import io.github.bililive.sandbox.SocketFault;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the user's hook hears of rooms: in virtual time, and on a real client. */
@Timeout(120)
class ConnectionEventsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String[] LINKS = {"wss://one.test:2345/sub?a=b", "wss://two.test/sub"};

  private final ConnectionEventsLog log = new ConnectionEventsLog();
  private final VirtualTime time = new VirtualTime();
  private final FakeRoomIo world = new FakeRoomIo();
  private final RoomCounters counters = new RoomCounters(time);
  private final ConnectionMachine machine = machineHeardBy(log);

  private ConnectionMachine machineHeardBy(ConnectionEvents events) {
    return new ConnectionMachine(
        world,
        time,
        MachineTestCase.turn(new ConnectPaces(time, 2, 500), new Random(7)),
        Duration.ofSeconds(30).toNanos(),
        new ConnectionReport("alice", events, Runnable::run, time, counters));
  }

  private void count(int frames, int events, int duplicates, int dropped) {
    counters.frames.add(frames);
    counters.received.add(events);
    counters.duplicates.add(duplicates);
    counters.dropped.add(dropped);
  }

  @Test
  void theWayToAnOpenRoomIsHeardWithItsTimes() {
    open();

    assertThat(log.lines())
        .containsExactly(
            "alice: STARTING",
            "alice: started c1",
            "alice: CONNECTING",
            "alice: dialled one.test",
            "alice: opened in 120 ms",
            "alice: AUTHENTICATING",
            "alice: authenticated c1 in 30 ms",
            "alice: OPEN");
  }

  @Test
  void aHeartbeatsAnswerIsHeardOnceWithWhatCameSinceTheLast() {
    open();
    count(12, 40, 3, 2);
    time.advance(Duration.ofMillis(45));
    world.lastSocket().events.heartbeatReply();
    world.lastSocket().events.heartbeatReply();
    time.runDue();
    count(1, 1, 0, 0);
    time.advance(Duration.ofSeconds(20));
    world.lastSocket().events.heartbeatReply();
    time.runDue();

    assertThat(newLines(8))
        .hasSize(4)
        .startsWith(
            "alice: heartbeat in 45 ms",
            "alice: ConnectionTraffic{frames=12, events=40, duplicates=3, dropped=2}")
        .endsWith("alice: ConnectionTraffic{frames=1, events=1, duplicates=0, dropped=0}");
  }

  @Test
  void aLostSocketIsHeardWithItsReasonItsLastTrafficAndTheNextAttempt() {
    open();
    count(1, 1, 0, 0);
    world.lastSocket().lose("connection reset");
    time.runDue();

    assertThat(newLines(8))
        .containsExactly(
            "alice: ConnectionTraffic{frames=1, events=1, duplicates=0, dropped=0}",
            "alice: ended: connection reset",
            "alice: BACKING_OFF",
            "alice: next attempt in " + machine.state().getRetryInMillis() + " ms");
  }

  @Test
  void aRefusedAuthBodyIsHeardWithItsCode() {
    machine.connect();
    time.runDue();
    world.lastStart().answer("c1", LINKS);
    time.runDue();
    world.lastSocket().events.opened();
    world.lastSocket().events.authReply(-101);
    time.runDue();

    assertThat(newLines(6))
        .startsWith(
            "alice: refused c1 with -101",
            "alice: ended: the platform refused the auth body with code -101",
            "alice: BACKING_OFF");
  }

  @Test
  void aDeadConnIdIsHeardOfFromThePlatformAndAfterSleep() {
    open();
    world.lastKept().expire();
    assertThat(newLines(8)).startsWith("alice: expired c1", "alice: ended: conn_id c1 has expired");

    time.advance(Duration.ofSeconds(30));
    world.lastStart().answer("c2", LINKS);
    time.runDue();
    time.sleep(Duration.ofHours(1));
    time.runDue();
    assertThat(log.lines()).contains("alice: expired c2");
  }

  @Test
  void aRedialEndsTheSocketAndIsNoRetry() {
    bringToOpen();
    machine.redial();
    time.runDue();

    assertThat(log.lines())
        .containsOnlyOnce("alice: ended: redial() was called")
        .noneMatch(line -> line.contains("next attempt"));
  }

  @Test
  void aRedialThatWaitsForThePlatformIsHeardToBePutOff() {
    machine.connect();
    time.runDue();
    world.lastStart().refuse(7002);
    time.runDue();
    time.advance(Duration.ofSeconds(10));
    machine.redial();
    time.runDue();

    assertThat(log.lines()).contains("alice: next attempt in 20000 ms");
  }

  @Test
  void anAttemptWhoseTurnComesAtOnceIsHeardOfOnce() {
    bringToOpen();
    world.lastSocket().lose("reset");
    time.advance(Duration.ofSeconds(2));

    assertThat(log.lines().stream().filter(line -> line.contains("next attempt"))).hasSize(1);
  }

  private void bringToOpen() {
    machine.connect();
    time.runDue();
    world.lastStart().answer("c1", LINKS);
    time.runDue();
    world.lastSocket().events.opened();
    time.runDue();
    world.lastSocket().events.authReply(0);
    time.runDue();
  }

  @Test
  void anAttemptThatHasToWaitForThoseOfOtherRoomsIsHeardToBePutOff() {
    ConnectPaces paces = new ConnectPaces(time, 2, 500);
    ConnectionMachine late =
        new ConnectionMachine(
            world,
            time,
            MachineTestCase.turn(paces, new Random(7)),
            Duration.ofSeconds(30).toNanos(),
            new ConnectionReport("bob", log, Runnable::run, time, counters));
    late.connect();
    time.runDue();
    world.lastStart().refuse(4004);
    time.runDue();
    for (int i = 0; i < 1_000; i++) {
      paces.startsOf("the API").ask(() -> {});
    }
    time.advance(Duration.ofSeconds(1));

    assertThat(log.lines().stream().filter(line -> line.contains("next attempt"))).hasSize(2);
    assertThat(log.lines()).last().asString().matches("bob: next attempt in 99\\d{3} ms");
  }

  @Test
  void closingARoomEndsItsSocketWithoutAReason() {
    open();
    machine.close(Reason.CLOSED_BY_USER, "");
    time.runDue();

    assertThat(newLines(8)).containsExactly("alice: ended: ", "alice: CLOSED");
  }

  @Test
  void everySocketThatIsDialledEndsOnce() {
    machine.connect();
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      time.advance(Duration.ofMillis(random.nextInt(10_000)));
      step(random.nextInt(6), i);
    }
    machine.close(Reason.CLOSED_BY_USER, "");
    time.runDue();

    int sockets = 0;
    for (String line : log.lines()) {
      sockets += line.contains(": dialled") ? 1 : line.contains(": ended") ? -1 : 0;
      assertThat(sockets).isBetween(0, 1);
    }
    assertThat(sockets).isZero();
    assertThat(world.sockets).hasSizeGreaterThan(100);
  }

  private void step(int kind, int number) {
    if (machine.state().getPhase() == ConnectionState.Phase.STARTING) {
      world.lastStart().answer("c" + number, LINKS);
    } else if (!world.sockets.isEmpty()) {
      LiveSocket.Events socket = world.lastSocket().events;
      switch (kind) {
        case 0 -> socket.lost(Reason.SOCKET_LOST, "reset", null);
        case 1 -> socket.authReply(-101);
        case 2 -> socket.heartbeatReply();
        case 3 -> world.lastKept().expire();
        default -> {
          socket.opened();
          socket.authReply(0);
        }
      }
    }
    time.runDue();
  }

  @Test
  void withNoHookNothingIsDispatched() {
    ConnectionReport silent =
        new ConnectionReport(
            "alice",
            ConnectionEvents.NONE,
            task -> {
              throw new AssertionError("dispatched");
            },
            time,
            counters);

    silent.started("c1");
    silent.dialled(LINKS[0]);
    silent.heartbeatAnswered(1);
    silent.refused(1);
    silent.expired("c1");
    silent.rescheduled(1);
    for (ConnectionState.Phase phase : ConnectionState.Phase.values()) {
      silent.stateChanged(ConnectionState.of(phase));
    }
  }

  // On a real client

  @Test
  void roomsAreHeardByNameOneCallAtATimeOnTheCallbackExecutor() throws Exception {
    SampleEvents samples = SampleEvents.openLive();
    List<String> threads = new CopyOnWriteArrayList<>();
    try (Sandbox sandbox = Sandbox.builder().accessTokens("one", "two").start();
        BiliLiveClient client =
            BiliLiveClient.builder()
                .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
                .baseUrl(sandbox.baseUrl())
                .connectionEvents(
                    new ConnectionEvents() {
                      @Override
                      public void stateChanged(String room, ConnectionState state) {
                        threads.add(Thread.currentThread().getName());
                        log.stateChanged(room, state);
                      }

                      @Override
                      public void authenticationRefused(String room, String connId, int code) {
                        log.authenticationRefused(room, connId, code);
                      }

                      @Override
                      public void received(String room, ConnectionTraffic traffic) {
                        log.received(room, traffic);
                      }

                      @Override
                      public void socketEnded(String room, String reason) {
                        log.socketEnded(room, reason);
                      }
                    })
                .build()) {
      sandbox.sockets().faults().next(SocketFault.refuseAuthentication(-101));
      ListenerLog heard = new ListenerLog();
      LiveConnection alice =
          client.connect("one", heard, ConnectionOptions.builder().name("alice").build());
      heard.awaitState("OPEN", 1, PATIENCE);
      LiveConnection other = client.connect("two", new ListenerLog());
      log.await("room-2: OPEN"::equals, 1, PATIENCE);
      SandboxRoom room = sandbox.room("one");
      String event = samples.danmaku(room.id(), "m1", "hello");
      room.send(event, event, samples.danmaku(room.id(), "m2", "hello"));
      heard.await("danmaku m2", PATIENCE);
      alice.close();
      log.await("alice: CLOSED"::equals, 1, PATIENCE);

      assertThat(alice.getName()).isEqualTo("alice");
      assertThat(alice).hasToString("LiveConnection{alice, CLOSED (CLOSED_BY_USER)}");
      assertThat(other.getName()).isEqualTo("room-2");
      assertThat(log.lines())
          .filteredOn(line -> line.startsWith("alice"))
          .anyMatch(line -> line.startsWith("alice: refused") && line.endsWith("with -101"))
          .anyMatch(line -> line.startsWith("alice: ConnectionTraffic{frames="))
          .endsWith("alice: ended: ", "alice: CLOSED");
      assertThat(sum(log.lines(), "alice", "events")).isEqualTo(3);
      assertThat(sum(log.lines(), "alice", "duplicates")).isEqualTo(1);
      assertThat(sum(log.lines(), "alice", "frames")).isGreaterThanOrEqualTo(2);
      assertThat(threads).allMatch(name -> name.startsWith("bililive-callbacks"));
    }
  }

  @Test
  void aRoomWithoutANameIsToldWhatWouldBeRight() {
    assertThatThrownBy(() -> ConnectionOptions.builder().name(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name is empty: give the room a name, or leave it to the SDK");
    assertThat(ConnectionOptions.builder().name("alice").build().newBuilder().build().getName())
        .isEqualTo("alice");
  }

  private static long sum(List<String> lines, String room, String count) {
    return lines.stream()
        .filter(line -> line.startsWith(room + ": ConnectionTraffic"))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*" + count + "=(\\d+).*", "$1")))
        .sum();
  }

  private List<String> newLines(int from) {
    List<String> lines = log.lines();
    return lines.subList(from, lines.size());
  }

  private void open() {
    machine.connect();
    time.runDue();
    world.lastStart().answer("c1", LINKS);
    time.runDue();
    time.advance(Duration.ofMillis(120));
    world.lastSocket().events.opened();
    time.advance(Duration.ofMillis(30));
    world.lastSocket().events.authReply(0);
    time.runDue();
  }
}
