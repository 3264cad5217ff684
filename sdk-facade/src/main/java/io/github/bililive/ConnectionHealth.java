package io.github.bililive;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a connection knows of itself at one moment: how long each of its channels has been silent,
 * and what it has counted. Immutable.
 *
 * <p>The SDK makes them; {@link #builder} makes one by hand, for your tests.
 */
public final class ConnectionHealth {
  private final ConnectionState state;
  private final @Nullable Long httpHeartbeatAgeMillis;
  private final @Nullable Long socketReplyAgeMillis;
  private final @Nullable Long eventAgeMillis;
  private final @Nullable Long popularity;
  private final long reconnects;
  private final long received;
  private final long delivered;
  private final long dropped;
  private final long duplicates;

  private ConnectionHealth(Builder builder) {
    state = builder.state;
    httpHeartbeatAgeMillis = builder.httpHeartbeatAgeMillis;
    socketReplyAgeMillis = builder.socketReplyAgeMillis;
    eventAgeMillis = builder.eventAgeMillis;
    popularity = builder.popularity;
    reconnects = builder.reconnects;
    received = builder.received;
    delivered = builder.delivered;
    dropped = builder.dropped;
    duplicates = builder.duplicates;
  }

  /** Returns a builder of the health of a connection on which nothing has happened yet. */
  public static Builder builder(ConnectionState state) {
    return new Builder(state);
  }

  /** Returns the connection's state. */
  public ConnectionState getState() {
    return state;
  }

  /**
   * Returns how long ago the HTTP heartbeat began that the platform last acknowledged for the
   * present {@code conn_id}, in milliseconds; before the first, how long ago it was started; null
   * without a {@code conn_id}. Above 30 s the id may be dead, and the state says so: {@link
   * ConnectionState.Reason#HEARTBEATS_UNACKNOWLEDGED}.
   */
  public @Nullable Long getHttpHeartbeatAgeMillis() {
    return httpHeartbeatAgeMillis;
  }

  /**
   * Returns how long ago something last came over the WebSocket, in milliseconds; null before
   * anything did.
   */
  public @Nullable Long getSocketReplyAgeMillis() {
    return socketReplyAgeMillis;
  }

  /**
   * Returns how long ago the last event came, in milliseconds; null before the first. A quiet room
   * has none for hours.
   */
  public @Nullable Long getEventAgeMillis() {
    return eventAgeMillis;
  }

  /**
   * Returns the popularity (人气值) of the room as the last reply to a socket heartbeat had it, from 0
   * to 2³²−1; null before the first reply. There is one about every 20 s. What it counts the
   * platform does not say.
   */
  public @Nullable Long getPopularity() {
    return popularity;
  }

  /** Returns how many sockets were opened and authenticated after the first one. */
  public long getReconnects() {
    return reconnects;
  }

  /** Returns how many events came, duplicates and dropped ones included. */
  public long getReceived() {
    return received;
  }

  /** Returns how many events were handed to the listener. */
  public long getDelivered() {
    return delivered;
  }

  /**
   * Returns how many events came that the listener never hears: it is slower than the room, its
   * executor refused tasks, the room was closed, or their socket was never accepted.
   */
  public long getDropped() {
    return dropped;
  }

  /** Returns how many events were left out since one with their {@code msg_id} had come before. */
  public long getDuplicates() {
    return duplicates;
  }

  /** Returns state, ages and counts on one line. */
  @Override
  public String toString() {
    return String.format(
        "ConnectionHealth{%s, httpHeartbeatAge=%s, socketReplyAge=%s, eventAge=%s, reconnects=%s,"
            + " received=%s, delivered=%s, dropped=%s, duplicates=%s}",
        state,
        millis(httpHeartbeatAgeMillis),
        millis(socketReplyAgeMillis),
        millis(eventAgeMillis),
        reconnects,
        received,
        delivered,
        dropped,
        duplicates);
  }

  private static String millis(@Nullable Long age) {
    return age == null ? "none" : age + " ms";
  }

  /** A health in the making. Not safe for use by several threads. */
  public static final class Builder {
    private final ConnectionState state;
    private @Nullable Long httpHeartbeatAgeMillis;
    private @Nullable Long socketReplyAgeMillis;
    private @Nullable Long eventAgeMillis;
    private @Nullable Long popularity;
    private long reconnects;
    private long received;
    private long delivered;
    private long dropped;
    private long duplicates;

    private Builder(ConnectionState state) {
      this.state =
          requireNonNull(state, "state is null: give one, such as ConnectionState.of(Phase.OPEN)");
    }

    /** Sets the age of the last acknowledged HTTP heartbeat, in milliseconds; null for none. */
    public Builder httpHeartbeatAgeMillis(@Nullable Long age) {
      httpHeartbeatAgeMillis = age;
      return this;
    }

    /** Sets how long ago something last came over the WebSocket; null for never. */
    public Builder socketReplyAgeMillis(@Nullable Long age) {
      socketReplyAgeMillis = age;
      return this;
    }

    /** Sets how long ago the last event came, in milliseconds; null for never. */
    public Builder eventAgeMillis(@Nullable Long age) {
      eventAgeMillis = age;
      return this;
    }

    /** Sets the room's popularity; null for none, which is the default. */
    public Builder popularity(@Nullable Long popularity) {
      this.popularity = popularity;
      return this;
    }

    /** Sets how many sockets were opened after the first one. */
    public Builder reconnects(long count) {
      reconnects = count;
      return this;
    }

    /** Sets how many events came. */
    public Builder received(long count) {
      received = count;
      return this;
    }

    /** Sets how many events were handed to the listener. */
    public Builder delivered(long count) {
      delivered = count;
      return this;
    }

    /** Sets how many events were dropped. */
    public Builder dropped(long count) {
      dropped = count;
      return this;
    }

    /** Sets how many events were left out as duplicates. */
    public Builder duplicates(long count) {
      duplicates = count;
      return this;
    }

    /** Returns the health. */
    public ConnectionHealth build() {
      return new ConnectionHealth(this);
    }
  }
}
