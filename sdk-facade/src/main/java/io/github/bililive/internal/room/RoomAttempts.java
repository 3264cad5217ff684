package io.github.bililive.internal.room;

import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How a room comes to its next attempt: a start if it has no living conn_id, else a dial, each in
 * the room's turn. Owned by one {@link ConnectionMachine}, on the scheduler's thread.
 */
final class RoomAttempts {
  /** The state of a room that waits though nothing failed. */
  static final ConnectionState PACED =
      ConnectionState.builder(Phase.BACKING_OFF)
          .reason(Reason.PACED)
          .message("many rooms connect at once")
          .build();

  private final ConnectionMachine room;

  RoomAttempts(ConnectionMachine room) {
    this.room = room;
  }

  /** Begins the next attempt, or lets the room, which backs off already, wait for its turn. */
  void again() {
    next(null);
  }

  /** Begins the next attempt, or lets the room wait for its turn, in this state if it is given. */
  void next(@Nullable ConnectionState waiting) {
    boolean isStart = room.held == null;
    if (isStart && room.io.looksFirst()) {
      room.turn.leave();
      room.start();
    } else if (room.turn.comesAtOnce(isStart, () -> room.run(this::begin))) {
      begin();
    } else if (waiting == null) {
      room.report.rescheduled(room.turn.waitNanos(isStart, 0));
    } else {
      room.enter(room.turn.now(waiting, isStart, 0));
    }
  }

  /** Its turn has come. */
  private void begin() {
    HeldConnId present = room.held;
    if (!room.turn.isFor(present == null)) { // The conn_id has expired while it waited.
      again();
    } else if (present == null) {
      room.start();
    } else {
      room.dial(present);
    }
  }

  /** No living connection was kept for the room: the API is to be asked, in the room's turn. */
  void nothingKept() {
    room.starting = null;
    if (room.state.getPhase() == Phase.STARTING) {
      next(PACED);
    }
  }
}
