package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.Credentials;
import io.github.bililive.HeartbeatListener;
import io.github.bililive.KeepAlive;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.store.StoreCalls;
import io.github.bililive.internal.time.VirtualTime;
import io.github.bililive.store.ConnectionStore;
import io.github.bililive.store.HandOverPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process that hears a room and remembers it in a store, on a clock of its own. */
final class StoreProcess {
  static final String ROOM = "alice";
  private static final Duration SECOND = Duration.ofSeconds(1);

  final VirtualTime time = new VirtualTime();
  final FakeRoomIo world = new FakeRoomIo();
  final List<String> heard = new ArrayList<>();
  final List<String> storeFailures = new ArrayList<>();
  final List<String> forgotten = new ArrayList<>();
  final Queue<Runnable> callbacks = new ArrayDeque<>();

  /** Calls of the store that have not run, if it hangs. */
  final Queue<Runnable> hanging = new ArrayDeque<>();

  boolean hangs;

  /** Whether no thread can be started that calls the store. */
  boolean lacksThreads;

  /** Whether callbacks wait for the test. */
  boolean isListenerBusy;

  final EventQueue queue;
  final ConnectionMachine machine;
  final StoredRoom room;

  StoreProcess(ConnectionStore store, HandOverPolicy policy) {
    RoomCounters counters = new RoomCounters(time);
    queue =
        new EventQueue(
            ROOM, new Hearing(), this::callBack, ConnectionOptions.DEFAULT, time, counters);
    ConnectionReport report =
        new ConnectionReport(
            ROOM,
            new ConnectionEvents() {
              @Override
              public void storeFailed(String name, String problem) {
                storeFailures.add(problem);
              }
            },
            Runnable::run,
            time,
            counters);
    StoreCalls calls =
        new StoreCalls(
            store,
            policy,
            time,
            new Redaction(Credentials.of("id", "hush-app-secret")),
            new Threads());
    room = new StoredRoom(new Wired(), new Leaving(), calls, ROOM, queue, time, report);
    machine =
        new ConnectionMachine(
            room,
            time,
            MachineTestCase.turn(new ConnectPaces(time, 2, 500), new Random(7)),
            Duration.ofSeconds(30).toNanos(),
            report);
    room.serve(machine);
  }

  /** Begins, and goes on until it has nothing to do just then. */
  StoreProcess begin() {
    machine.connect();
    advance(Duration.ofMillis(100));
    return this;
  }

  /** Lets time pass, in which an open socket answers its heartbeats. */
  void advance(Duration duration) {
    Duration left = duration;
    while (left.compareTo(SECOND) > 0) {
      time.advance(SECOND);
      answer();
      left = left.minus(SECOND);
    }
    time.advance(left);
    answer();
  }

  private void answer() {
    if (phase() == Phase.OPEN) {
      world.lastSocket().events.heartbeatReply();
      time.runDue();
    }
  }

  /** Answers the start and opens the socket. */
  StoreProcess open(String connId) {
    begin();
    world.lastStart().answer(connId, MachineTestCase.LINKS);
    advance(Duration.ofMillis(100));
    return accept();
  }

  /** Opens the socket that was dialled last. */
  StoreProcess accept() {
    world.lastSocket().events.opened();
    time.runDue();
    world.lastSocket().events.authReply(0);
    time.runDue();
    return this;
  }

  Phase phase() {
    return machine.state().getPhase();
  }

  @Nullable String connId() {
    HeldConnId held = machine.held;
    return held == null ? null : held.id();
  }

  void receive(String msgId) {
    String json = "{\"cmd\":\"X\",\"data\":{\"msg_id\":\"" + msgId + "\"}}";
    queue.offer(world.lastSocket(), LiveEvent.builder().cmd("X").msgId(msgId).json(json).build());
  }

  void runCallbacks() {
    isListenerBusy = false;
    for (Runnable task = callbacks.poll(); task != null; task = callbacks.poll()) {
      task.run();
    }
  }

  private void callBack(Runnable task) {
    callbacks.add(task);
    if (!isListenerBusy) {
      runCallbacks();
    }
  }

  private final class Hearing implements LiveListener {
    @Override
    public void onEvent(LiveEvent event) {
      heard.add(event.getMsgId());
    }

    @Override
    public void onStateChanged(ConnectionState state) {
      if (state.getPhase() == Phase.CLOSED) {
        heard.add(state.getReason().toString());
      }
    }
  }

  /** The user's store is called at once, or when the test lets it. */
  private final class Threads extends AbstractExecutorService {
    private boolean shutdown;

    @Override
    public void execute(Runnable task) {
      if (lacksThreads) {
        throw new InternalError("unable to create native thread"); // JUnit itself ends at an OOM.
      } else if (hangs) {
        hanging.add(task);
      } else {
        task.run();
      }
    }

    @Override
    public void shutdown() {
      shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shutdown;
    }

    @Override
    public boolean isTerminated() {
      return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  /** The fake world, and the queue as a room has it. */
  private final class Wired implements RoomIo {
    private Phase last = Phase.IDLE;

    @Override
    public WssLinks links() {
      return world.links();
    }

    @Override
    public PendingCall start(AnswerCallback<StartedConnection> callback) {
      return world.start(callback);
    }

    @Override
    public KeepAlive keepAlive(StartedConnection started, HeartbeatListener listener) {
      return world.keepAlive(started, listener);
    }

    @Override
    public boolean end(StartedConnection started) {
      return world.end(started);
    }

    @Override
    public LiveSocket dial(String link, LiveSocket.Events events) {
      return world.dial(link, events);
    }

    @Override
    public void listenTo(@Nullable LiveSocket socket) {
      queue.listenTo(socket);
    }

    @Override
    public void stateChanged(ConnectionState state) {
      boolean isOpen = state.getPhase() == Phase.OPEN && last != Phase.OPEN;
      last = state.getPhase();
      queue.state(state);
      if (isOpen) {
        queue.opened();
      }
    }
  }

  private final class Leaving implements Door {
    @Override
    public Object api() {
      return "the API";
    }

    @Override
    public void forget(StartedConnection started) {
      forgotten.add(started.getConnId());
    }

    @Override
    public PendingCall start(AnswerCallback<StartedConnection> callback) {
      throw new AssertionError("the room's io starts");
    }

    @Override
    public KeepAlive keepAlive(StartedConnection started, HeartbeatListener listener) {
      throw new AssertionError("the room's io keeps alive");
    }

    @Override
    public boolean end(StartedConnection started) {
      throw new AssertionError("the room's io ends");
    }

    @Override
    public long timeToLiveNanos() {
      return Duration.ofSeconds(30).toNanos();
    }

    @Override
    public WssLinks links() {
      return world.links();
    }

    @Override
    public Object key() {
      return this;
    }
  }
}
