package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.HeartbeatListener;
import io.github.bililive.KeepAlive;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.internal.store.RoomEntry;
import io.github.bililive.internal.store.StoreCalls;
import io.github.bililive.internal.store.StoreTurns;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.store.StoredConnection;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A room whose connection is remembered in a store. It stands between the room's machine and what
 * that acts through: a start looks into the store first, what is started is written there before it
 * is used, what is dead is removed, and the entry is read once a second for a successor that asks
 * for the room. On the scheduler's thread, but for {@link #clientCloses}.
 */
final class StoredRoom implements RoomIo {
  /** How often a write is tried again that another process's has overtaken. */
  private static final int TRIES = 3;

  /** How long a platform that takes no second socket may refuse that of a killed process. */
  private static final long SHARED_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How long a look into the store is good for: a room may wait longer for its turn. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  final RoomIo io;
  final StoreCalls calls;
  final StoreTurns turns;
  final Scheduler scheduler;
  final EventQueue queue;
  private final String room;
  private final Door door;
  private final ConnectionReport report;
  private final StoreCalls.Answer<StoredConnection> looks = this::looked;

  /** Null until the room is put together. */
  private @Nullable ConnectionMachine machine;

  /** The connection that this process hears the room by, or is about to; null if there is none. */
  private volatile @Nullable StartedConnection held;

  /** The counter of the entry in the store; 0 if there is none, below if it is not known. */
  private volatile long stored = -1;

  /** What a look found last that was below the counter that is known. */
  private long lower;

  /** The greatest counter of this room that was seen. */
  private volatile long last;

  /** Whether the store is none of this room's business any more. */
  private volatile boolean over;

  /** Whether this process has owned a connection: then another that is found is a successor. */
  private boolean wasHeard;

  /** Until when a predecessor that was not heard of may still have a socket open. */
  private long sharedUntilNanos;

  /** What found no connection that lives, so that the next start asks the API; null if none did. */
  private @Nullable StoredStart lookedInVain;

  /** When that was. */
  private long lookedAtNanos;

  /** Whether the entry must be written again. */
  private boolean dirty;

  /** The take-over under way; null if there is none. */
  private @Nullable TakeOver takeOver;

  /** What keeps a connection alive that is being taken over; null if the machine has it. */
  private volatile @Nullable EarlyKeepAlive takenEarly;

  StoredRoom(
      RoomIo io,
      Door door,
      StoreCalls calls,
      String room,
      EventQueue queue,
      Scheduler scheduler,
      ConnectionReport report) {
    this.io = io;
    this.door = door;
    this.calls = calls;
    this.room = room;
    this.queue = queue;
    this.scheduler = scheduler;
    this.report = report;
    turns = new StoreTurns(calls, room);
    sharedUntilNanos = scheduler.nanoTime();
  }

  void serve(ConnectionMachine its) {
    machine = its;
  }

  @Override
  public boolean looksFirst() {
    return lookedInVain == null || io.looksFirst();
  }

  @Override
  public PendingCall start(AnswerCallback<StartedConnection> callback) {
    calls.watch(room, looks);
    StoredStart look = lookedInVain;
    lookedInVain = null;
    StoredStart start = new StoredStart(this, callback, look);
    if (look != null && scheduler.nanoTime() - lookedAtNanos < LOOK_NANOS) {
      start.ask();
    } else {
      start.load();
    }
    return start;
  }

  /** A start has found another process's entry. */
  void found(RoomEntry entry, StoredStart start) {
    if (wasHeard) {
      handOver(entry);
    } else {
      takeOver = new TakeOver(this, start);
      takeOver.begin(stored, entry);
    }
  }

  /** Writes down what was started, whoever else wrote; then does what follows, written or not. */
  void remember(StartedConnection started, Runnable then) {
    held = started;
    own(RoomEntry.of(started, calls.self), TRIES, then);
  }

  /** The machine has got this connection. */
  void hears(StartedConnection started) {
    held = started;
    wasHeard |= takeOver == null; // With overlap it is another's until the take-over is over.
  }

  /** Ends a take-over where it is. */
  void stopTakeOver() {
    TakeOver present = takeOver;
    takeOver = null;
    if (present != null) {
      present.stop();
    }
  }

  /** Whatever this throws, the room goes on. */
  void run(Runnable event) {
    ConnectionMachine its = machine;
    if (its != null) {
      its.run(event);
    }
  }

  /** The store holds no connection that lives: the API is asked, in the room's turn. */
  void nothingKept(StoredStart look) {
    ConnectionMachine its = machine;
    lookedInVain = look;
    lookedAtNanos = scheduler.nanoTime();
    if (its != null) {
      its.run(its.attempts::nothingKept);
    }
  }

  // The entry

  /** Returns what an entry says; null if it is none of the SDK's. */
  @Nullable RoomEntry read(StoredConnection found) {
    try {
      return RoomEntry.read(found);
    } catch (IOException e) {
      return null;
    }
  }

  void failed(String problem) {
    report.storeFailed(problem);
  }

  /** Writes an entry in place of the one that is known. Says whether it was written. */
  void write(RoomEntry entry, StoreCalls.Answer<Boolean> answer) {
    StoredConnection next = entry.stored(Math.max(last, stored) + 1);
    turns.save(
        next,
        Math.max(0, stored),
        (isWritten, problem) -> {
          if (Boolean.TRUE.equals(isWritten)) {
            stored = next.getCounter();
            last = Math.max(last, stored);
          }
          answer.answered(isWritten, problem);
        });
  }

  /** Writes this process's entry, whoever else wrote; then does what follows, written or not. */
  private void own(RoomEntry entry, int tries, Runnable then) {
    write(
        entry,
        (isWritten, problem) -> {
          dirty = !Boolean.TRUE.equals(isWritten);
          if (problem != null) {
            failed(problem);
          } else if (dirty && tries > 0) {
            reload(entry, tries - 1, then);
            return;
          }
          then.run();
        });
  }

  private void reload(RoomEntry entry, int tries, Runnable then) {
    turns.load(
        (found, problem) -> {
          if (problem != null) {
            then.run(); // The next look tries again.
            return;
          }
          known(found == null ? 0 : found.getCounter());
          RoomEntry other = found == null ? null : read(found);
          if (other != null && wasHeard && !other.owner.equals(calls.self)) {
            handOver(other);
          } else {
            own(entry, tries, then);
          }
        });
  }

  /** The store holds the entry with this counter; 0 for none. */
  void known(long counter) {
    stored = counter;
    last = Math.max(last, counter);
  }

  /** The take-over is over. */
  void tookOver(boolean isWritten, boolean isReleased) {
    takeOver = null;
    wasHeard |= held != null;
    dirty = !isWritten;
    sharedUntilNanos = scheduler.nanoTime() + (isReleased ? 0 : SHARED_NANOS);
    if (isReleased && machine != null && machine.state().getPhase() == Phase.BACKING_OFF) {
      machine.redial(); // It was refused while the other socket was open.
    }
  }

  /** What the store holds, once a second. */
  private void looked(@Nullable StoredConnection found, @Nullable String problem) {
    StartedConnection present = held;
    if (over || takeOver != null || turns.isBusy() || problem != null || present == null) {
      return;
    }
    long before = stored;
    if (found == null || found.getCounter() == before || before < 0) {
      if (found == null || dirty || before < 0) {
        known(found == null ? 0 : found.getCounter());
        own(RoomEntry.of(present, calls.self), 0, () -> {});
      }
      return;
    }
    if (found.getCounter() < before) {
      if (found.getCounter() == lower) { // The store was set back, such as by a fail-over.
        known(found.getCounter());
        own(RoomEntry.of(present, calls.self), 0, () -> {});
      }
      lower = found.getCounter(); // Else it was read before the last write.
      return;
    }
    RoomEntry entry = read(found);
    if (entry == null) {
      return;
    }
    known(found.getCounter());
    if (!entry.owner.equals(calls.self) || entry.successor != null) {
      handOver(entry);
    } // Else a write of ours was answered late, or not at all.
  }

  // The hand-over

  /** Another process has asked for the room, or taken it. */
  void handOver(RoomEntry entry) {
    ConnectionMachine its = machine;
    StartedConnection present = held;
    if (over || its == null) {
      return;
    }
    over = true;
    calls.forget(room, looks);
    String to = entry.successor == null ? entry.owner : entry.successor;
    String message = "'" + RoomEntry.nameOf(to) + "' hears the room from now on";
    CallbackErrors.info(LiveConnections.inWords(room) + " is handed over: " + message);
    boolean isAsked = entry.owner.equals(calls.self);
    its.commands.handOver(message);
    if (isAsked) {
      queue.whenDelivered(
          msgId ->
              scheduler.schedule(
                  () ->
                      write(
                          entry.released(present == null ? entry.connection : present, msgId),
                          (isWritten, problem) -> {
                            if (problem != null) {
                              failed(problem);
                            }
                          }),
                  0));
    }
    scheduler.schedule(
        () -> its.close(Reason.HANDED_OVER, message),
        TimeUnit.MILLISECONDS.toNanos(calls.policy.getLingerMillis()));
  }

  /**
   * The client is closed: the connection is left to a successor, who need not wait. Any thread; the
   * scheduler may be closed before it does anything more.
   */
  void clientCloses() {
    StartedConnection present = held;
    boolean isOwner = !over && stored > 0 && takeOver == null;
    over = true;
    EarlyKeepAlive early = takenEarly;
    if (early != null) { // It is still another's.
      door.forget(early.started);
    }
    if (present != null) {
      door.forget(present);
      if (isOwner) {
        RoomEntry entry =
            RoomEntry.of(present, calls.self).released(present, queue.lastDelivered());
        calls.writeAtLast(room, entry, Math.max(last, stored) + 1, stored);
      }
    }
  }

  // What the machine acts through

  @Override
  public WssLinks links() {
    return io.links();
  }

  @Override
  public @Nullable KeepAlive keepAlive(StartedConnection started, HeartbeatListener listener) {
    EarlyKeepAlive early = takenEarly;
    if (early == null || early.started != started) {
      return io.keepAlive(started, listener);
    }
    takenEarly = null;
    return early.heardBy(listener);
  }

  /**
   * Keeps a connection alive before the machine has it. If it is dead, that is told.
   *
   * @throws IllegalStateException if it is kept alive already
   */
  void keepEarly(StartedConnection started, Runnable dead) {
    takenEarly = new EarlyKeepAlive(io, started, scheduler, dead);
  }

  /** Ends that again, and leaves the connection alive. */
  void leaveEarly() {
    EarlyKeepAlive early = takenEarly;
    takenEarly = null;
    if (early != null) {
      early.close();
      door.forget(early.started);
    }
  }

  @Override
  public boolean end(StartedConnection started) {
    StartedConnection present = held;
    held = null;
    boolean isClosed = machine != null && machine.state().getPhase() == Phase.CLOSED;
    boolean isAnothers = isClosed && takeOver != null && !takeOver.isAsked();
    stopTakeOver();
    EarlyKeepAlive early = takenEarly;
    if (early != null && early.started == started) { // The machine could not use it.
      takenEarly = null;
      early.close();
    }
    if (over || isAnothers) { // Another process hears the room.
      door.forget(started);
      return false;
    }
    boolean isEnded = io.end(started);
    if (present != started || stored <= 0) {
      return isEnded;
    }
    if (isClosed && !isEnded) { // It lives on for a while: who comes next may have it.
      RoomEntry entry = RoomEntry.of(started, calls.self);
      write(entry.released(started, queue.lastDelivered()), (isWritten, problem) -> {});
    } else {
      long counter = stored;
      stored = 0;
      turns.remove(
          counter,
          (isRemoved, problem) -> {
            if (problem != null) {
              failed(problem);
            }
          });
    }
    return isEnded;
  }

  @Override
  public boolean isShared() {
    return takeOver != null || scheduler.nanoTime() - sharedUntilNanos < 0;
  }

  @Override
  public LiveSocket dial(String link, LiveSocket.Events events) {
    return io.dial(link, events);
  }

  @Override
  public void listenTo(@Nullable LiveSocket socket) {
    io.listenTo(socket);
  }

  @Override
  public void stateChanged(ConnectionState state) {
    io.stateChanged(state);
    if (takeOver != null
        && (state.getPhase() == Phase.OPEN || state.getPhase() == Phase.BACKING_OFF)) {
      takeOver.tried();
    }
    if (state.getPhase() == Phase.CLOSED) {
      over = true;
      leaveEarly(); // Null unless the machine has never got it.
      calls.forget(room, looks);
    } else if (state.getPhase() == Phase.BACKING_OFF && !over && held != null) {
      calls.load(room, looks); // Perhaps a successor's socket has ended this one.
    }
  }
}
