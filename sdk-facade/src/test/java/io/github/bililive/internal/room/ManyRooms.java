package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.HeartbeatListener;
import io.github.bililive.KeepAlive;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.internal.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Thousands of rooms in virtual time, at a platform that bears so many attempts in a second. */
final class ManyRooms {
  private static final long LATENCY_NANOS = Duration.ofMillis(60).toNanos();
  private static final WssLinks LINKS = new WssLinks("127.0.0.1", Set.of());

  /** One kind of attempt, as the platform bears it: so many in each second of its clock. */
  final class Gate {
    int perSecond = Integer.MAX_VALUE;
    boolean down;

    /** How many of a hundred fail whatever the pace is. */
    int percentLost;

    int attempts;
    int failed;
    int mostInASecond;
    private long second;
    private int inSecond;

    /** Returns whether one more is borne now. */
    boolean isOpen() {
      attempts++;
      long now = time.elapsed().toSeconds();
      inSecond = now == second ? inSecond + 1 : 1;
      second = now;
      mostInASecond = Math.max(mostInASecond, inSecond);
      boolean isOpen = !down && inSecond <= perSecond && random.nextInt(100) >= percentLost;
      failed += isOpen ? 0 : 1;
      return isOpen;
    }

    void forget() {
      attempts = 0;
      failed = 0;
      mostInASecond = 0;
    }
  }

  final VirtualTime time = new VirtualTime();
  final ConnectPaces paces;
  final Gate starts = new Gate();
  final Gate dials = new Gate();
  final List<Room> rooms = new ArrayList<>();
  int open;

  /** Where sockets are; those of a host that begins with "dead" cannot be opened. */
  List<String> links = List.of("wss://one.test", "wss://two.test");

  /** Whether starts are never answered. */
  boolean hangs;

  /** How a start above the quota is refused. */
  BiliLiveException refusal = new PlatformException("start", 4009, "", null);

  private final Random random = new Random(5);

  ManyRooms(int count, int leastPerSecond, int mostPerSecond) {
    paces = new ConnectPaces(time, leastPerSecond, mostPerSecond);
    for (int i = 0; i < count; i++) {
      rooms.add(new Room(i));
    }
  }

  void connect() {
    rooms.forEach(room -> room.machine.connect());
  }

  /** Drops all sockets, after a time in which the paces were not needed. */
  void dropAll() {
    time.advance(Duration.ofNanos(ConnectPace.FORGET_NANOS + 1));
    starts.forget();
    dials.forget();
    rooms.forEach(Room::drop);
    time.runDue();
  }

  /** Lets all conn_ids die, too. */
  void expireAll() {
    dropAll();
    rooms.forEach(room -> room.kept.expire());
    time.runDue();
  }

  /** Returns how long it takes until all rooms are open, in milliseconds. */
  long millisUntilAllAreOpen(Duration patience) {
    Duration from = time.elapsed();
    while (open < rooms.size() && time.elapsed().minus(from).compareTo(patience) < 0) {
      time.advance(Duration.ofMillis(10));
    }
    return time.elapsed().minus(from).toMillis();
  }

  /** One room, which keeps no history. */
  final class Room implements RoomIo {
    final int number;
    final ConnectionMachine machine;
    FakeRoomIo.Kept kept = new FakeRoomIo.Kept("", (id, state, cause) -> {});
    private LiveSocket.@Nullable Events socket;
    private Phase last = Phase.IDLE;

    /** When it was last started. */
    Duration startedAt = Duration.ZERO;

    Room(int number) {
      this.number = number;
      machine =
          new ConnectionMachine(
              this,
              time,
              MachineTestCase.turn(paces, random),
              MachineTestCase.TIME_TO_LIVE.toNanos(),
              ConnectionEventsLog.none("room", time));
    }

    void drop() {
      if (socket != null) {
        socket.lost(Reason.SOCKET_LOST, "reset", null);
      }
    }

    @Override
    public WssLinks links() {
      return LINKS;
    }

    @Override
    public PendingCall start(AnswerCallback<StartedConnection> callback) {
      boolean isOpen = starts.isOpen();
      boolean isDown = starts.down;
      startedAt = time.elapsed();
      if (hangs) {
        return () -> {};
      }
      time.schedule(
          () -> {
            if (isOpen) {
              callback.onSuccess(new StartedConnection("c" + number, "auth", links));
            } else {
              callback.onFailure(isDown ? unreachable() : refusal);
            }
          },
          LATENCY_NANOS);
      return () -> {};
    }

    private static NetworkException unreachable() {
      return new NetworkException("start", "platform.test", false, new IOException("refused"));
    }

    @Override
    public KeepAlive keepAlive(StartedConnection started, HeartbeatListener listener) {
      kept = new FakeRoomIo.Kept(started.getConnId(), listener);
      return kept;
    }

    @Override
    public boolean end(StartedConnection started) {
      return false;
    }

    @Override
    public LiveSocket dial(String link, LiveSocket.Events events) {
      socket = events;
      boolean isOpen = dials.isOpen() && !link.startsWith("wss://dead");
      time.schedule(
          () -> {
            if (isOpen) {
              events.opened();
            } else {
              events.lost(Reason.SOCKET_LOST, "refused", null);
            }
          },
          LATENCY_NANOS);
      return new LiveSocket() {
        @Override
        public void authenticate(String authBody) {
          time.schedule(() -> events.authReply(0), LATENCY_NANOS);
        }

        @Override
        public void beat() {
          time.schedule(events::heartbeatReply, LATENCY_NANOS);
        }

        @Override
        public boolean heldBackSince(long nanos) {
          return false;
        }

        @Override
        public void close() {}

        @Override
        public void cancel() {}
      };
    }

    @Override
    public void listenTo(@Nullable LiveSocket from) {}

    @Override
    public void stateChanged(ConnectionState state) {
      open += state.getPhase() == Phase.OPEN ? 1 : 0;
      open -= last == Phase.OPEN ? 1 : 0;
      last = state.getPhase();
    }
  }
}
