package io.github.bililive;

/**
 * What a connection knows of itself at one moment: how long each of its channels has been silent,
 * and what it has counted. Immutable.
 */
public final class ConnectionHealth {
  /** Stands for an age where there is none yet. */
  public static final long NEVER = -1;

  private final ConnectionState state;
  private final long httpHeartbeatAgeMillis;
  private final long socketReplyAgeMillis;
  private final long eventAgeMillis;
  private final Counts counts;

  public ConnectionHealth(
      ConnectionState state,
      long httpHeartbeatAgeMillis,
      long socketReplyAgeMillis,
      long eventAgeMillis,
      Counts counts) {
    this.state = state;
    this.httpHeartbeatAgeMillis = httpHeartbeatAgeMillis;
    this.socketReplyAgeMillis = socketReplyAgeMillis;
    this.eventAgeMillis = eventAgeMillis;
    this.counts = counts;
  }

  /** Returns where the connection stands. */
  public ConnectionState getState() {
    return state;
  }

  /**
   * Returns how long ago the HTTP heartbeat began that the platform last acknowledged for the
   * present {@code conn_id}, in milliseconds; before the first, how long ago it was started; {@link
   * #NEVER} without a {@code conn_id}. Above 30 s the id may be dead.
   */
  public long getHttpHeartbeatAgeMillis() {
    return httpHeartbeatAgeMillis;
  }

  /**
   * Returns how long ago the WebSocket's server last said anything, in milliseconds; {@link #NEVER}
   * if it has not yet.
   */
  public long getSocketReplyAgeMillis() {
    return socketReplyAgeMillis;
  }

  /**
   * Returns how long ago the last event came, in milliseconds; {@link #NEVER} if none has. A quiet
   * room has none for hours.
   */
  public long getEventAgeMillis() {
    return eventAgeMillis;
  }

  /** Returns how many sockets were opened and authenticated after the first one. */
  public long getReconnects() {
    return Math.max(0, counts.opened - 1);
  }

  /** Returns how many events came, duplicates and dropped ones included. */
  public long getReceived() {
    return counts.received;
  }

  /** Returns how many events were handed to the listener. */
  public long getDelivered() {
    return counts.delivered;
  }

  /** Returns how many events were dropped since the listener was slower than the room. */
  public long getDropped() {
    return counts.dropped;
  }

  /** Returns how many events were left out since one with their {@code msg_id} had come before. */
  public long getDuplicates() {
    return counts.duplicates;
  }

  /** Returns state, ages and counts on one line. */
  @Override
  public String toString() {
    return "ConnectionHealth{"
        + state
        + ", httpHeartbeatAge="
        + httpHeartbeatAgeMillis
        + " ms, socketReplyAge="
        + socketReplyAgeMillis
        + " ms, eventAge="
        + eventAgeMillis
        + " ms, reconnects="
        + getReconnects()
        + ", received="
        + counts.received
        + ", delivered="
        + counts.delivered
        + ", dropped="
        + counts.dropped
        + ", duplicates="
        + counts.duplicates
        + "}";
  }

  /** What was counted. Copied, never shared. */
  public static final class Counts {
    public long opened;
    public long received;
    public long delivered;
    public long dropped;
    public long duplicates;
  }
}
