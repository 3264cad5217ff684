package io.github.bililive.internal.room;

import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.hook.ConnectionTraffic;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.Scheduler;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Tells {@link ConnectionEvents} of one room, and the log of what must not be silent: a room that
 * is given up, and events that are lost. Most of it follows from the states that the room goes
 * through. Called on the scheduler's thread alone.
 */
final class ConnectionReport {
  private final String room;
  private final EventPoster<ConnectionEvents> hook;
  private final Scheduler clock;
  private final RoomCounters counters;

  private Phase last = Phase.IDLE;
  private String connId = "";
  private ConnectionTraffic told = ConnectionTraffic.builder().build();

  /** What was logged since the room was last open. */
  private final Set<PlatformCode> outlived = EnumSet.noneOf(PlatformCode.class);

  /** Whether a socket was dialled and is not over. */
  private boolean hasSocket;

  /** When the socket was dialled, then when it opened; meaningless without one. */
  private long sinceNanos;

  /** Creates a report whose events are heard on this executor, which runs one task at a time. */
  ConnectionReport(
      String room,
      ConnectionEvents events,
      Executor executor,
      Scheduler clock,
      RoomCounters counters) {
    this.room = room;
    hook = new EventPoster<>(events, ConnectionEvents.NONE, executor);
    this.clock = clock;
    this.counters = counters;
  }

  void stateChanged(ConnectionState state) {
    switch (state.getPhase()) {
      case AUTHENTICATING:
        long openedMillis = lapMillis();
        hook.post(events -> events.socketOpened(room, openedMillis));
        break;
      case OPEN:
        if (last == Phase.OPEN) {
          break; // It is open with another reason.
        }
        outlived.clear();
        long acceptedMillis = lapMillis();
        String accepted = connId;
        hook.post(events -> events.authenticated(room, accepted, acceptedMillis));
        break;
      case PAUSED:
      case BACKING_OFF:
      case CLOSED:
        socketEnded(state.getMessage());
        break;
      default:
        break;
    }
    last = state.getPhase();
    CallbackErrors.fine(LiveConnections.inWords(room) + " is " + state);
    hook.post(events -> events.stateChanged(room, state));
    if (state.getPhase() == Phase.BACKING_OFF) {
      hook.post(events -> events.retryScheduled(room, state.getRetryInMillis()));
    }
  }

  /** Logs a room that is given up, and events that are lost with a frame. */
  void warn(ConnectionState state) {
    boolean isByUser =
        state.getReason() == Reason.CLOSED_BY_USER
            || state.getReason() == Reason.CLIENT_CLOSED
            || state.getReason() == Reason.BROADCASTER_FORGOTTEN
            || state.getReason() == Reason.HANDED_OVER;
    if (state.getPhase() == Phase.CLOSED && !isByUser) {
      warn("is given up: " + state.getMessage());
    } else if (state.getReason() == Reason.FRAME_UNREADABLE) {
      warn("has lost events, and is dialled again: " + state.getMessage());
    }
  }

  /** Logs, once until the room is open again, what it waits for somebody to put right. */
  void startFailed(BiliLiveException error) {
    PlatformCode ofSettings = RoomStart.faultOfSettings(error);
    if (ofSettings != null && outlived.add(ofSettings)) {
      warn("cannot be started, and is tried again each minute: " + error.getMessage());
    }
  }

  private void warn(String what) {
    CallbackErrors.warn(LiveConnections.inWords(room) + " " + what);
  }

  /** The next attempt begins at another time than the state says. */
  void rescheduled(long nanos) {
    hook.post(events -> events.retryScheduled(room, TimeUnit.NANOSECONDS.toMillis(nanos)));
  }

  void started(String connId) {
    this.connId = connId;
    hook.post(events -> events.started(room, connId));
  }

  void storeFailed(String problem) {
    hook.post(events -> events.storeFailed(room, problem));
  }

  void addressesFailed() {
    CallbackErrors.info(
        LiveConnections.inWords(room)
            + " starts anew for other addresses: each of wss_link has failed "
            + HeldConnId.DIALS_EACH
            + " times");
  }

  void expired(String connId) {
    hook.post(events -> events.connIdExpired(room, connId));
  }

  void dialled(String link) {
    hasSocket = true;
    sinceNanos = clock.nanoTime();
    String host = WssLinks.hostOf(link);
    hook.post(events -> events.socketDialled(room, host));
  }

  void refused(int code) {
    String refused = connId;
    hook.post(events -> events.authenticationRefused(room, refused, code));
  }

  void heartbeatAnswered(long tookNanos) {
    hook.post(events -> events.heartbeatAnswered(room, TimeUnit.NANOSECONDS.toMillis(tookNanos)));
    received();
  }

  private void received() {
    if (!hook.isHeard()) {
      return;
    }
    ConnectionTraffic total = counters.traffic();
    ConnectionTraffic traffic =
        ConnectionTraffic.builder()
            .frames(total.getFrames() - told.getFrames())
            .events(total.getEvents() - told.getEvents())
            .duplicates(total.getDuplicates() - told.getDuplicates())
            .dropped(total.getDropped() - told.getDropped())
            .build();
    told = total;
    // An event may be counted after its frame was told, and so may what became of it.
    if (traffic.getFrames() + traffic.getEvents() + traffic.getDuplicates() + traffic.getDropped()
        != 0) {
      hook.post(events -> events.received(room, traffic));
    }
  }

  void socketEnded(String reason) {
    if (hasSocket) {
      hasSocket = false;
      received();
      hook.post(events -> events.socketEnded(room, reason));
    }
  }

  private long lapMillis() {
    long now = clock.nanoTime();
    long tookNanos = now - sinceNanos;
    sinceNanos = now;
    return TimeUnit.NANOSECONDS.toMillis(tookNanos);
  }
}
