package io.github.bililive.internal.room;

import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.hook.ConnectionTraffic;
import io.github.bililive.internal.time.Scheduler;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Tells {@link ConnectionEvents} of one room, on their executor. Most of it follows from the states
 * that the room goes through. Called on the scheduler's thread alone.
 */
public final class ConnectionReport {
  /** Counts what came since the room was connected. */
  interface Totals {
    /** Returns it as it is now. */
    ConnectionTraffic total();
  }

  private final String room;
  private final ConnectionEvents events;
  private final Executor executor;
  private final Scheduler clock;
  private final Totals totals;

  private String connId = "";
  private ConnectionTraffic told = ConnectionTraffic.NONE;

  /** Whether a socket was dialled and is not over. */
  private boolean hasSocket;

  /** When the socket was dialled, then when it opened; meaningless without one. */
  private long sinceNanos;

  /**
   * Creates a report whose events are heard on this executor, which runs one task at a time.
   *
   * @param room the room's name
   */
  public ConnectionReport(
      String room, ConnectionEvents events, Executor executor, Scheduler clock, Totals totals) {
    this.room = room;
    this.events = events;
    this.executor = executor;
    this.clock = clock;
    this.totals = totals;
  }

  void stateChanged(ConnectionState state) {
    if (events == ConnectionEvents.NONE) {
      return;
    }
    switch (state.getPhase()) {
      case AUTHENTICATING:
        long openedMillis = lapMillis();
        tell(() -> events.socketOpened(room, openedMillis));
        break;
      case OPEN:
        long acceptedMillis = lapMillis();
        String accepted = connId;
        tell(() -> events.authenticated(room, accepted, acceptedMillis));
        break;
      case BACKING_OFF:
      case CLOSED:
        socketEnded(state.getReason());
        break;
      default:
        break;
    }
    tell(() -> events.stateChanged(room, state));
    if (state.getPhase() == Phase.BACKING_OFF) {
      tell(() -> events.retryScheduled(room, state.getRetryInMillis()));
    }
  }

  /** The time that the state's attempt was to begin at is put off. */
  void postponed(long nanos) {
    tell(() -> events.retryScheduled(room, TimeUnit.NANOSECONDS.toMillis(nanos)));
  }

  void started(String connId) {
    this.connId = connId;
    tell(() -> events.started(room, connId));
  }

  void expired(String connId) {
    tell(() -> events.connIdExpired(room, connId));
  }

  void dialled(String link) {
    if (events == ConnectionEvents.NONE) {
      return;
    }
    hasSocket = true;
    sinceNanos = clock.nanoTime();
    String host = WssLinks.hostOf(link);
    tell(() -> events.socketDialled(room, host));
  }

  void refused(int code) {
    String refused = connId;
    tell(() -> events.authenticationRefused(room, refused, code));
  }

  void heartbeatAnswered(long tookNanos) {
    tell(() -> events.heartbeatAnswered(room, TimeUnit.NANOSECONDS.toMillis(tookNanos)));
    received();
  }

  private void received() {
    if (events == ConnectionEvents.NONE) {
      return;
    }
    ConnectionTraffic total = totals.total();
    ConnectionTraffic traffic = total.since(told);
    told = total;
    if (!traffic.isNone()) {
      tell(() -> events.received(room, traffic));
    }
  }

  private void socketEnded(String reason) {
    if (hasSocket) {
      hasSocket = false;
      received();
      tell(() -> events.socketEnded(room, reason));
    }
  }

  private long lapMillis() {
    long now = clock.nanoTime();
    long tookNanos = now - sinceNanos;
    sinceNanos = now;
    return TimeUnit.NANOSECONDS.toMillis(tookNanos);
  }

  private void tell(Runnable event) {
    if (events != ConnectionEvents.NONE) {
      executor.execute(event);
    }
  }
}
