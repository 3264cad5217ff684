package io.github.bililive.internal.room;

import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.TokenException;
import io.github.bililive.error.TokenStoreException;
import io.github.bililive.internal.time.Scheduler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When one room may make its next attempt: after its own pause, what the platform asks of it and
 * what its lost starts ask for, and then in its turn among all rooms of the client. Hears how each
 * attempt ends. Owned by one {@link ConnectionMachine}.
 *
 * <p>Starts and dials have a {@link ConnectPace} each: starts hit the API and its quota, dials the
 * hosts of sockets, and what those bear says nothing about that quota.
 */
final class RoomTurn {
  private final Scheduler clock;
  private final ConnectPace starts;
  private final ConnectPace dials;
  private final SocketHosts hosts;
  private final ReconnectPause pause;
  private final AbandonedStarts abandoned;

  /** Where the room waits, or what its attempt under way has; null if there is neither. */
  private volatile ConnectPace.@Nullable Place place;

  /** Before this no attempt may be made, even at a user's wish. Past unless the room pauses. */
  private long notBeforeNanos;

  /** What is dialled; empty before the first dial. */
  private String link = "";

  /** Creates the turn of a room whose starts take from this API's quota. */
  RoomTurn(ConnectPaces paces, Object api, ReconnectPause pause, long timeToLiveNanos) {
    clock = paces.scheduler;
    starts = paces.startsOf(api);
    dials = paces.dials;
    hosts = paces.hosts;
    notBeforeNanos = clock.nanoTime();
    this.pause = pause;
    abandoned = new AbandonedStarts(timeToLiveNanos);
  }

  private ConnectPace pace(boolean isStart) {
    return isStart ? starts : dials;
  }

  /** Returns whether the turn has come at once; if not, the action is run when it has. */
  boolean comesAtOnce(boolean isStart, Runnable action) {
    leave();
    ConnectPace.Place asked = pace(isStart).ask(action);
    place = asked;
    return !asked.isWaiting();
  }

  /** Returns whether the turn that has come is for this kind of attempt. */
  boolean isFor(boolean isStart) {
    ConnectPace.Place present = place;
    return present != null && present.isOf(pace(isStart));
  }

  boolean isWaiting() {
    ConnectPace.Place present = place;
    return present != null && present.isWaiting();
  }

  /** Returns how long a room is likely to wait that pauses for so long before. Any thread. */
  long waitNanos(boolean isStart, long pauseNanos) {
    ConnectPace.Place present = place;
    return present == null ? Math.max(pauseNanos, pace(isStart).waitNanos()) : present.waitNanos();
  }

  /** Returns a state as it is now: if the room backs off, with the time that is left. */
  ConnectionState now(ConnectionState told, boolean isStart, long pauseNanos) {
    if (told.getPhase() != Phase.BACKING_OFF) {
      return told;
    }
    return ConnectionState.builder(Phase.BACKING_OFF)
        .reason(told.getReason())
        .message(told.getMessage())
        .cause(told.getCause())
        .socketCloseCode(told.getSocketCloseCode())
        .retryIn(waitNanos(isStart, pauseNanos), TimeUnit.NANOSECONDS)
        .build();
  }

  /** Returns what to dial. */
  String link(HeldConnId held) {
    link = held.nextLink(hosts);
    return link;
  }

  /** A start gave a connection. */
  void started() {
    abandoned.roomIsFree();
    succeeded();
  }

  /** A dial opened the room. */
  void opened() {
    pause.opened(clock.nanoTime());
    hosts.succeeded(link);
    succeeded();
  }

  private void succeeded() {
    ConnectPace.Place present = taken();
    if (present != null) {
      present.succeeded();
    }
  }

  /** The room has been open and answered for a while. */
  void stable() {
    pause.reset();
  }

  /** A dial failed. */
  void dialFailed() {
    hosts.failed(link);
    ConnectPace.Place present = taken();
    if (present != null) {
      present.failed();
    }
  }

  /** A start failed: whether that is for the pace to heed depends on whose fault it is. */
  void startFailed(BiliLiveException error) {
    abandoned.failed(error, clock.nanoTime());
    ConnectPace.Place present = taken();
    if (present == null) {
      return;
    }
    boolean isOfToken = error instanceof TokenException || error instanceof TokenStoreException;
    if (error.isForWholeApp()) {
      present.refused(TimeUnit.MILLISECONDS.toNanos(error.getRetryAfterMillis()));
    } else if (error instanceof InvalidResponseException
        || (error.getRemedy() == Remedy.RETRY && !isOfToken)) {
      present.failed();
    } else {
      present.leave();
    }
  }

  /** A conn_id is given up that may live. */
  void abandon() {
    abandoned.add(clock.nanoTime());
  }

  /**
   * Returns how long the room pauses for itself, in nanoseconds, after a start that failed so, or
   * after something else. What the whole app is to wait is not in it: the queue waits for that.
   */
  long pauseNanos(@Nullable BiliLiveException ofStart) {
    long nowNanos = clock.nanoTime();
    boolean isFull = ofStart != null && RoomStart.isRoomFull(ofStart);
    boolean isOfApp = ofStart != null && ofStart.isForWholeApp();
    long askedNanos =
        isFull
            ? abandoned.roomIsFull(nowNanos)
            : ofStart == null || isOfApp ? 0 : RoomStart.pauseNanos(ofStart);
    long untilNanos = Math.max(askedNanos, abandoned.waitNanos(nowNanos));
    notBeforeNanos = nowNanos + untilNanos;
    // When a place can be free is known, and so is when the queue goes on.
    return isFull || isOfApp ? untilNanos : untilNanos + pause.nextNanos(nowNanos);
  }

  /** The user wants an attempt now. Returns how long it must wait all the same, in nanoseconds. */
  long leftNanos(boolean isStart) {
    long nowNanos = clock.nanoTime();
    long slotNanos = isStart ? abandoned.waitNanos(nowNanos) : 0;
    return Math.max(slotNanos, notBeforeNanos - nowNanos);
  }

  /** The socket was dropped at the user's wish. */
  void dropped() {
    pause.dropped();
  }

  /** Returns a time between three quarters of this one and all of it. */
  long spreadNanos(long nanos) {
    return pause.spreadNanos(nanos);
  }

  /** Leaves the queue, or ends an attempt that says nothing about the pace. */
  void leave() {
    ConnectPace.Place present = taken();
    if (present != null) {
      present.leave();
    }
  }

  private ConnectPace.@Nullable Place taken() {
    ConnectPace.Place present = place;
    place = null;
    return present;
  }
}
