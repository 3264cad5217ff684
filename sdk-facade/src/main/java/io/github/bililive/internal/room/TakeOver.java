package io.github.bililive.internal.room;

import io.github.bililive.StartedConnection;
import io.github.bililive.internal.store.RoomEntry;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a room takes a connection over that it has found in the store: keeps it alive at once, asks
 * its owner for it, waits until that has closed its socket or is taken for dead, and becomes the
 * owner. On the scheduler's thread alone.
 *
 * <pre>
 *            found, of a living owner      written           released, or too late
 *   begin ──────────▶ ask ──────────────────▶ wait ────────────────────▶ own ──▶ done
 *     │                                        │ ▲                        ▲
 *     │                                        └─┘ four times a second    │
 *     └── released, or of an earlier process with this one's name ────────┘
 * </pre>
 *
 * With overlap the machine dials first, and the owner is asked once that socket is open, or could
 * not be opened: an owner that closes its socket sooner would leave a gap.
 */
final class TakeOver {
  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** How long a socket may lag behind the one before. */
  private static final long LAG_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long LAG_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final StoredRoom room;
  private final StoredStart start;
  private final long patienceNanos;

  /** When the owner is taken for dead. */
  private long untilNanos;

  /** What the store holds, as far as is known. */
  private @Nullable RoomEntry entry;

  /** What is kept alive; null at first. */
  private @Nullable StartedConnection taken;

  private boolean isAsked;

  /** Whether events wait for what the predecessor delivered last. */
  private boolean holdsEvents;

  /** Whether a socket was opened, or could not be. */
  private boolean wasTried;

  private boolean stopped;

  TakeOver(StoredRoom room, StoredStart start) {
    this.room = room;
    this.start = start;
    patienceNanos = TimeUnit.MILLISECONDS.toNanos(room.calls.policy.getPredecessorTimeoutMillis());
    untilNanos = room.scheduler.nanoTime() + patienceNanos;
  }

  void begin(long counter, RoomEntry found) {
    found(counter, found);
  }

  /** The store holds this entry. */
  private void found(long counter, RoomEntry found) {
    entry = found;
    room.known(counter);
    StartedConnection mine = taken;
    String id = found.connection.getConnId();
    if (mine == null || !(holdsEvents || mine.getConnId().equals(id))) {
      mine = found.connection;
      taken = mine;
      keep(mine);
    }
    if (stopped) {
      return;
    }
    String self = room.calls.self;
    boolean isOwn = self.equals(found.owner) || (room.calls.isNamesake(found.owner) && !isAsked);
    if (found.isReleased || isOwn || room.scheduler.nanoTime() - untilNanos >= 0) {
      own(found, mine);
    } else if (self.equals(found.successor)) {
      waitABit();
    } else if (isAsked) { // Somebody else was faster, or came later.
      room.handOver(found);
    } else if (room.calls.policy.isOverlap() && !holdsEvents) {
      holdsEvents = true;
      room.queue.hold();
      room.scheduler.schedule(this::tried, patienceNanos);
      start.succeed(mine);
    } else {
      ask(found, mine);
    }
  }

  /** Returns whether the owner was asked for the room, or is just being asked. */
  boolean isAsked() {
    return isAsked || wasTried;
  }

  /** With overlap: the socket is open, or could not be opened. */
  void tried() {
    RoomEntry known = entry;
    StartedConnection mine = taken;
    if (!stopped && !wasTried && holdsEvents && known != null && mine != null) {
      wasTried = true;
      untilNanos = room.scheduler.nanoTime() + patienceNanos;
      ask(known, mine);
    }
  }

  private void keep(StartedConnection connection) {
    room.leaveEarly();
    try {
      room.keepEarly(connection, this::died);
    } catch (IllegalStateException e) { // The machine hears of it, too, and ends the room.
      stop();
      room.tookOver(true, true);
      start.succeed(connection);
    }
  }

  private void ask(RoomEntry found, StartedConnection mine) {
    room.write(
        found.askedFor(room.calls.self),
        (isWritten, problem) -> {
          if (stopped) {
            return;
          }
          isAsked = Boolean.TRUE.equals(isWritten);
          if (problem != null) {
            room.failed(problem);
            done(found, mine, false);
            return;
          }
          look();
        });
  }

  private void waitABit() {
    room.scheduler.schedule(this::look, WAIT_NANOS);
  }

  private void look() {
    if (stopped) {
      return;
    }
    room.turns.load(
        (stored, problem) -> {
          RoomEntry known = entry;
          StartedConnection mine = taken;
          if (stopped || known == null || mine == null) {
            return;
          }
          RoomEntry read = stored == null ? null : room.read(stored);
          if (stored != null && read != null) {
            found(stored.getCounter(), read);
          } else if (problem == null && stored == null) { // Its owner has found it dead.
            room.known(0);
            if (holdsEvents) {
              own(known, mine);
            } else {
              died();
            }
          } else if (room.scheduler.nanoTime() - untilNanos >= 0) {
            if (stored != null) { // None of the SDK's: it is replaced.
              room.known(stored.getCounter());
            }
            own(known, mine);
          } else {
            waitABit();
          }
        });
  }

  private void own(RoomEntry found, StartedConnection mine) {
    room.write(
        RoomEntry.of(mine, room.calls.self),
        (isWritten, problem) -> {
          if (stopped) {
            return;
          }
          if (problem != null) {
            room.failed(problem);
          }
          if (problem != null || Boolean.TRUE.equals(isWritten)) {
            done(found, mine, problem == null);
          } else {
            look();
          }
        });
  }

  private void done(RoomEntry found, StartedConnection mine, boolean isWritten) {
    stopped = true;
    room.tookOver(isWritten, found.isReleased);
    if (holdsEvents) {
      letGo(found.lastMsgId, room.scheduler.nanoTime() + LAG_NANOS);
    } else {
      start.succeed(mine);
    }
  }

  /** Lets the events behind the one go that the predecessor delivered last. */
  private void letGo(String lastMsgId, long byNanos) {
    boolean isFound = lastMsgId.isEmpty() || room.queue.dropUpTo(lastMsgId);
    if (isFound || room.scheduler.nanoTime() - byNanos >= 0) {
      room.queue.letGo();
    } else {
      room.scheduler.schedule(() -> letGo(lastMsgId, byNanos), LAG_STEP_NANOS);
    }
  }

  private void died() {
    stop();
    room.tookOver(true, true);
    start.fresh();
  }

  /** Ends it where it is; the connection is left as it is. */
  void stop() {
    if (!stopped) {
      stopped = true;
      room.leaveEarly();
      if (holdsEvents) {
        room.queue.letGo();
      }
    }
  }
}
