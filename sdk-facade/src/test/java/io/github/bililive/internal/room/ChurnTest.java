package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.AnswerCallback;
import io.github.bililive.BiliLiveClient;
import io.github.bililive.ClientThreads;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.Credentials;
import io.github.bililive.HeartbeatListener;
import io.github.bililive.HeartbeatState;
import io.github.bililive.KeepAlive;
import io.github.bililive.LiveConnection;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.internal.time.VirtualTime;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxRoom;
import io.github.bililive.sandbox.SeenSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left behind when connections come and go for long. */
@Timeout(180)
class ChurnTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void forcedReconnectsLeaveNoSocketAndNoThreadBehind() throws Exception {
    ClientThreads threads = ClientThreads.from();
    int rooms = 80;
    int rounds = 3; // The back-off grows with each, as these are no stable connections.
    try (Sandbox sandbox =
        Sandbox.builder()
            .accessTokens(
                IntStream.range(0, rooms).mapToObj(i -> "token" + i).toArray(String[]::new))
            .start()) {
      BiliLiveClient client =
          BiliLiveClient.builder()
              .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
              .baseUrl(sandbox.baseUrl())
              .build();
      List<ListenerLog> logs = new ArrayList<>();
      List<LiveConnection> connections = new ArrayList<>();
      for (int i = 0; i < rooms; i++) {
        logs.add(new ListenerLog());
        connections.add(client.connect("token" + i, logs.get(i)));
      }
      sandbox.sockets().await(rooms, SeenSocket::wasAuthenticated, PATIENCE);
      for (int round = 1; round <= rounds; round++) {
        sandbox.sockets().dropAll();
        sandbox.sockets().await(rooms * (round + 1), SeenSocket::wasAuthenticated, PATIENCE);
      }
      for (int i = 0; i < rooms; i++) {
        SandboxRoom room = sandbox.room(i);
        room.send(SampleEvents.openLive().danmaku(room.id(), "end", ""));
        logs.get(i).await("danmaku end", PATIENCE);
      }

      assertThat(sandbox.sockets().open()).hasSize(rooms);
      assertThat(sandbox.connections()).hasSize(rooms);
      awaitReaders(threads, rooms);
      assertThat(sandbox.sockets().mostAtOnceOfOneConnection(Duration.ofMillis(500))).isEqualTo(1);
      assertThat(connections).allMatch(connection -> connection.health().getReconnects() == rounds);

      client.close();
      sandbox.sockets().awaitAllClosed(PATIENCE);
      assertThat(threads.joinAll()).isEmpty();
    }
  }

  @Test
  void thousandsOfReconnectsLeaveNoRegistrationTimerOrSocketBehind() {
    VirtualTime time = new VirtualTime();
    Counting world = new Counting();
    ConnectionMachine machine =
        new ConnectionMachine(
            world,
            time,
            MachineTestCase.turn(new ConnectPaces(time, 2, 500), new Random(1)),
            Duration.ofSeconds(30).toNanos(),
            ConnectionEventsLog.none("nobody", time));
    Random random = new Random(2);
    machine.connect();
    for (int i = 0; i < 20_000; i++) {
      time.advance(Duration.ofMillis(random.nextInt(40_000)));
      world.stepOf(random.nextInt(6), i);
      time.runDue();

      assertThat(world.liveSockets).isBetween(0, 1);
      assertThat(world.kept).isBetween(0, 1);
      assertThat(time.pending()).isLessThanOrEqualTo(1);
      assertThat(machine.state().getPhase()).isNotEqualTo(ConnectionState.Phase.CLOSED);
    }
    assertThat(world.dialled).isGreaterThan(2_000);
    machine.close(Reason.CLOSED_BY_USER, "");
    time.advance(Duration.ofSeconds(2));
    assertThat(world.liveSockets).isZero();
    assertThat(world.kept).isZero();
    assertThat(time.pending()).isZero();
  }

  /** Surroundings that keep counts, and of sockets and calls only the last. */
  private static final class Counting implements RoomIo {
    int liveSockets;
    int kept;
    int dialled;
    private @Nullable AnswerCallback<StartedConnection> start;
    private LiveSocket.@Nullable Events socket;
    private @Nullable Runnable expire;

    /** Lets one thing happen. */
    void stepOf(int kind, int number) {
      if (start != null) {
        AnswerCallback<StartedConnection> callback = start;
        start = null;
        callback.onSuccess(
            new StartedConnection(
                "c" + number, "auth", List.of("wss://one.test", "wss://two.test")));
      } else if (socket != null && kind == 0) {
        socket.lost(Reason.SOCKET_LOST, "reset", null);
      } else if (expire != null && kind == 1) {
        expire.run();
      } else if (socket != null && kind == 2) {
        socket.heartbeatReply();
      } else if (socket != null) {
        socket.opened();
        socket.authReply(kind == 3 ? -101 : 0);
      }
    }

    @Override
    public WssLinks links() {
      return new WssLinks("127.0.0.1", Set.of());
    }

    @Override
    public PendingCall start(AnswerCallback<StartedConnection> callback) {
      start = callback;
      return () -> {};
    }

    @Override
    public KeepAlive keepAlive(StartedConnection started, HeartbeatListener listener) {
      kept++;
      String connId = started.getConnId();
      expire = () -> listener.onStateChanged(connId, HeartbeatState.EXPIRED, null);
      return new FakeRoomIo.Kept(connId, listener) {
        @Override
        public void close() {
          kept--;
        }
      };
    }

    @Override
    public boolean end(StartedConnection started) {
      return false;
    }

    @Override
    public LiveSocket dial(String link, LiveSocket.Events events) {
      dialled++;
      liveSockets++;
      socket = events;
      return new LiveSocket() {
        private boolean over;

        @Override
        public void authenticate(String authBody) {}

        @Override
        public void beat() {}

        @Override
        public boolean heldBackSince(long nanos) {
          return false;
        }

        @Override
        public void close() {}

        @Override
        public void cancel() {
          if (!over) {
            over = true;
            liveSockets--;
          }
        }
      };
    }

    @Override
    public void listenTo(@Nullable LiveSocket from) {}

    @Override
    public void stateChanged(ConnectionState state) {}
  }

  /** OkHttp names a thread after the host while it reads a socket, or an answer to a heartbeat. */
  private static void awaitReaders(ClientThreads threads, int most) throws InterruptedException {
    long beganAtNanos = System.nanoTime();
    List<Thread> readers = threads.living("OkHttp http://127.0.0.1");
    while (readers.size() > most && System.nanoTime() - beganAtNanos < PATIENCE.toNanos()) {
      readers.get(0).join(10);
      readers = threads.living("OkHttp http://127.0.0.1");
    }
    assertThat(readers).hasSizeLessThanOrEqualTo(most);
  }
}
