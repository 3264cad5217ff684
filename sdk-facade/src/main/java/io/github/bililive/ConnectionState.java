package io.github.bililive;

import io.github.bililive.error.BiliLiveException;
import org.jspecify.annotations.Nullable;

/** Where a connection stands, and how it came there. Immutable. */
public final class ConnectionState {
  /** The states of a connection; {@code ConnectionMachine} draws the ways between them. */
  public enum Phase {
    /** It has not begun. */
    IDLE,
    /** The platform is asked for a {@code conn_id}. */
    STARTING,
    /** The WebSocket is being opened. */
    CONNECTING,
    /** The WebSocket is open and the auth body is sent; the platform has not accepted it yet. */
    AUTHENTICATING,
    /** The room is heard. */
    OPEN,
    /** Something failed; the next attempt waits for its time. */
    BACKING_OFF,
    /** It is over, for good: closed, or given up for the reason it tells. */
    CLOSED
  }

  private final Phase phase;
  private final String reason;
  private final @Nullable BiliLiveException cause;
  private final long retryInMillis;

  public ConnectionState(
      Phase phase, String reason, @Nullable BiliLiveException cause, long retryInMillis) {
    this.phase = phase;
    this.reason = reason;
    this.cause = cause;
    this.retryInMillis = retryInMillis;
  }

  public static ConnectionState of(Phase phase) {
    return new ConnectionState(phase, "", null, 0);
  }

  /** Returns the state's name. */
  public Phase getPhase() {
    return phase;
  }

  /** Returns why it came to this, in words; empty where that needs no words. Holds no secret. */
  public String getReason() {
    return reason;
  }

  /**
   * Returns the failed call that led here, or null if it was none. In {@link Phase#CLOSED} its
   * {@code remedy()} says what has to happen before a new connection makes sense.
   */
  public @Nullable BiliLiveException getCause() {
    return cause;
  }

  /** Returns the pause before the next attempt, in milliseconds; 0 unless it is backing off. */
  public long getRetryInMillis() {
    return retryInMillis;
  }

  /** Returns the state on one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(phase.toString());
    if (!reason.isEmpty()) {
      text.append(" (").append(reason).append(')');
    }
    if (phase == Phase.BACKING_OFF) {
      text.append(", next attempt in ").append(retryInMillis).append(" ms");
    }
    return text.toString();
  }
}
