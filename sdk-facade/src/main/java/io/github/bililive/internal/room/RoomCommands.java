package io.github.bililive.internal.room;

import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import java.util.concurrent.TimeUnit;

/**
 * What a user tells a room between its beginning and its end. Owned by one {@link
 * ConnectionMachine}, and called on the scheduler's thread alone.
 */
final class RoomCommands {
  /**
   * How long a paused room's conn_id is kept alive. Much less would free no slot of the room: an id
   * without heartbeats takes one for 30 s more.
   */
  static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final ConnectionMachine room;

  RoomCommands(ConnectionMachine room) {
    this.room = room;
  }

  void redial() {
    again("redial() was called");
  }

  void restart() {
    if (room.state.getReason() != Reason.HANDED_OVER) { // Else the id is another's.
      giveUpId();
      again("restart() was called");
    }
  }

  void pause() {
    ConnectionState state = room.state();
    if (state.getPhase() == Phase.PAUSED || state.getPhase() == Phase.CLOSED) {
      return;
    }
    closeSocket();
    RoomStart underWay = room.starting;
    room.starting = null;
    room.stopAttempts();
    room.starting = underWay;
    room.turn.dropped();
    room.enter(ConnectionMachine.to(Phase.PAUSED, Reason.NONE, "pause() was called").build());
    keepForAWhile();
  }

  private void closeSocket() {
    if (room.socket != null && room.state.getPhase() == Phase.OPEN) {
      room.socket.close();
      room.socket = null;
    }
  }

  /** Another process hears the room from now on. The id is kept alive until the room is closed. */
  void handOver(String message) {
    if (room.state().getPhase() != Phase.CLOSED) {
      closeSocket();
      room.stopAttempts();
      room.enter(ConnectionMachine.to(Phase.PAUSED, Reason.HANDED_OVER, message).build());
    }
  }

  /** Keeps the id of a paused room alive, but not for as long as the pause may be. */
  void keepForAWhile() {
    if (room.held != null) {
      room.setTimer(KEPT_NANOS, this::giveUpId);
    }
  }

  void resume() {
    ConnectionState state = room.state();
    if (state.getPhase() != Phase.PAUSED || state.getReason() == Reason.HANDED_OVER) {
      return;
    }
    if (room.starting != null) {
      room.enter(ConnectionState.of(Phase.STARTING));
    } else {
      attempt("resume() was called");
    }
  }

  /** The platform keeps the id for a while. */
  private void giveUpId() {
    if (room.held != null) {
      room.turn.abandon();
      room.release();
    }
  }

  private void again(String why) {
    boolean backsOff = room.state.getPhase() == Phase.BACKING_OFF;
    long leftNanos = room.turn.leftNanos(room.held == null);
    if (room.turn.isWaiting()) {
      return; // It is tried as soon as it can.
    }
    if (backsOff && leftNanos > 0) {
      room.report.rescheduled(leftNanos);
      room.setTimer(leftNanos, room.attempts::again);
    } else if (room.socket != null || backsOff) {
      attempt(why);
    }
  }

  private void attempt(String why) {
    room.stopAttempts();
    room.turn.dropped();
    ConnectionState waiting =
        ConnectionMachine.to(Phase.BACKING_OFF, Reason.REDIALLED, why).build();
    boolean isStart = room.held == null;
    long leftNanos = room.turn.leftNanos(isStart);
    if (leftNanos > 0) {
      room.enter(room.turn.now(waiting, isStart, leftNanos));
      room.setTimer(leftNanos, room.attempts::again);
    } else {
      room.report.socketEnded(why);
      room.attempts.next(waiting);
    }
  }
}
