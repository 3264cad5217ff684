package io.github.bililive.internal.room;

import static java.util.Objects.requireNonNull;

import io.github.bililive.AnswerCallback;
import io.github.bililive.ConnectionHealth;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.HeartbeatListener;
import io.github.bililive.KeepAlive;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.token.AccessTokenProvider;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What {@link LiveConnections} hands out: the face of one room, and its parts put together. */
final class RoomConnection implements LiveConnection {
  private final LiveConnections shared;
  private final Door door;
  final EventQueue queue;
  private final ConnectionMachine machine;
  private final String name;
  private final RoomCounters counters;

  /** Null if the room is not remembered. */
  private final @Nullable StoredRoom stored;

  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when the state has changed. */
  private final Condition changed = lock.newCondition();

  RoomConnection(
      LiveConnections shared,
      String name,
      Door door,
      LiveListener listener,
      Executor executor,
      ConnectionOptions options) {
    this.shared = shared;
    this.name = name;
    this.door = door;
    counters = new RoomCounters(shared.scheduler, shared.counters);
    queue = new EventQueue(name, listener, executor, options, shared.scheduler, counters);
    ConnectionReport report =
        new ConnectionReport(name, shared.events, shared.hooks, shared.scheduler, counters);
    RoomIo io = new Io(options.getTakenOver());
    stored =
        shared.store == null
            ? null
            : new StoredRoom(io, door, shared.store, name, queue, shared.scheduler, report);
    machine =
        new ConnectionMachine(
            stored == null ? io : stored,
            shared.scheduler,
            new RoomTurn(
                shared.paces,
                door.api(),
                new ReconnectPause(shared.random),
                door.timeToLiveNanos()),
            door.timeToLiveNanos(),
            report);
    if (stored != null) {
      stored.serve(machine);
    }
  }

  void connect() {
    machine.connect();
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public ConnectionState getState() {
    return machine.state();
  }

  @Override
  public @Nullable StartedConnection getStartedConnection() {
    HeldConnId held = machine.held;
    return held == null ? null : held.started;
  }

  @Override
  public ConnectionHealth health() {
    return counters.health(getState(), machine.httpHeartbeatAgeMillis());
  }

  @Override
  public boolean awaitOpen(long time, TimeUnit unit) throws InterruptedException {
    requireNonNull(unit, "unit is null: give a TimeUnit, such as SECONDS");
    long leftNanos = unit.toNanos(time);
    lock.lockInterruptibly();
    try {
      while (true) {
        ConnectionState state = getState();
        if (state.getPhase() == Phase.OPEN) {
          return true;
        }
        if (state.getPhase() == Phase.CLOSED) {
          throw new IllegalStateException(
              LiveConnections.inWords(name) + " is " + state, state.getCause());
        }
        if (leftNanos <= 0) {
          return false;
        }
        leftNanos = changed.awaitNanos(leftNanos);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ConnectionState awaitClosed() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (getState().getPhase() != Phase.CLOSED) {
        changed.await();
      }
      return getState();
    } finally {
      lock.unlock();
    }
  }

  private void signalChanged() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void redial() {
    machine.redial();
  }

  @Override
  public void replaceToken(AccessTokenProvider accessToken) {
    requireNonNull(
        accessToken, "accessToken is null: give one such as AccessTokenProvider.from(…)");
    if (!(door.key() instanceof AccessTokenProvider)) {
      throw new IllegalStateException(
          LiveConnections.inWords(name)
              + " is not connected by access token: there is none to replace");
    }
    machine.post(
        () -> {
          HeldConnId held = machine.held;
          door.replaceToken(accessToken, held == null ? null : held.id());
        });
  }

  @Override
  public void restart() {
    machine.restart();
  }

  @Override
  public void pause() {
    machine.pause();
  }

  @Override
  public void resume() {
    machine.resume();
  }

  @Override
  public void close() {
    close(Reason.CLOSED_BY_USER, "");
  }

  boolean isOf(Object key) {
    return door.key() == key;
  }

  void close(Reason reason, String message) {
    machine.close(reason, message);
    shared.remove(this);
    tellOfClose();
  }

  /** Closes for all to see. What is returned ends everything, on the scheduler's thread. */
  Runnable closing(Reason reason) {
    Runnable end = machine.closing(reason, "");
    tellOfClose();
    if (stored != null) {
      stored.clientCloses();
    }
    return end;
  }

  private void tellOfClose() {
    queue.close(machine.state());
    signalChanged();
  }

  /** Returns name and state; no secret. */
  @Override
  public String toString() {
    return "LiveConnection{" + name + ", " + getState() + "}";
  }

  private final class Io implements RoomIo {
    private Phase last = Phase.IDLE;

    /** The last start, unless it gave a connection: its answer may have been lost. */
    private @Nullable PendingCall unanswered;

    /** What opened the door for the last start. */
    private @Nullable Object key;

    /** What the room begins with; null if it is a start, and once it has begun. */
    private @Nullable StartedConnection given;

    Io(@Nullable StartedConnection given) {
      this.given = given;
    }

    @Override
    public WssLinks links() {
      return door.links();
    }

    @Override
    public boolean looksFirst() {
      return given != null;
    }

    @Override
    public PendingCall start(AnswerCallback<StartedConnection> callback) {
      StartedConnection first = given;
      if (first != null) {
        callback.onSuccess(first);
        return () -> {};
      }
      key = door.key();
      unanswered = door.start(callback);
      return unanswered;
    }

    @Override
    public @Nullable KeepAlive keepAlive(StartedConnection started, HeartbeatListener heartbeats) {
      if (started == given) {
        given = null;
        return takeOver(started, heartbeats);
      }
      unanswered = null;
      KeepAlive keepAlive = door.keepAlive(started, heartbeats);
      Object present = door.key();
      if (present != key && present instanceof AccessTokenProvider) { // Replaced meanwhile.
        door.replaceToken((AccessTokenProvider) present, started.getConnId());
      }
      return told(started, keepAlive);
    }

    @Override
    public @Nullable KeepAlive takeOver(StartedConnection started, HeartbeatListener heartbeats) {
      key = door.key();
      return told(started, door.takeOver(started, heartbeats));
    }

    private @Nullable KeepAlive told(StartedConnection started, @Nullable KeepAlive keepAlive) {
      if (started.getBroadcaster() != null) {
        queue.broadcaster(started.getBroadcaster());
      }
      return keepAlive;
    }

    @Override
    public boolean end(StartedConnection started) {
      given = null;
      unanswered = null;
      return door.end(started);
    }

    @Override
    public LiveSocket dial(String link, LiveSocket.Events events) {
      return new OkHttpSocket(shared, link, events, queue, counters);
    }

    @Override
    public void listenTo(@Nullable LiveSocket socket) {
      queue.listenTo(socket);
    }

    @Override
    public void stateChanged(ConnectionState state) {
      boolean isOpen = state.getPhase() == Phase.OPEN && last != Phase.OPEN;
      last = state.getPhase();
      if (isOpen) {
        counters.opened.add(1); // Before anybody hears that it is open.
      }
      queue.state(state);
      if (isOpen) {
        queue.opened();
      }
      if (state.getPhase() == Phase.CLOSED) {
        shared.remove(RoomConnection.this);
        if (unanswered != null) {
          unanswered.cancel();
        }
      }
      signalChanged();
    }
  }
}
