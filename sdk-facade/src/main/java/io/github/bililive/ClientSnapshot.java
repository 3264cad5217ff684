package io.github.bililive;

import static java.util.Objects.requireNonNull;

import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.hook.ConnectionTraffic;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a client has to do and has done, at one moment: how its rooms are, what waits, and sums
 * since it was made. Immutable. It is taken while the client works, so its figures may be a few
 * events apart from each other. {@link LiveConnection#health} tells of one room.
 *
 * <p>The SDK makes them; {@link #builder} makes one by hand, for your tests.
 */
public final class ClientSnapshot {
  private final Map<Phase, Integer> rooms;
  private final int queuedAttempts;
  private final double attemptsPerSecond;
  private final long callbackLagMillis;
  private final long bufferedBytes;
  private final long fullestBufferBytes;
  private final int retriesLeft;
  private final ConnectionTraffic traffic;
  private final long droppedHookEvents;
  private final HeartbeatStatistics heartbeats;

  private ClientSnapshot(Builder builder) {
    rooms = Collections.unmodifiableMap(new EnumMap<>(builder.rooms));
    queuedAttempts = builder.queuedAttempts;
    attemptsPerSecond = builder.attemptsPerSecond;
    callbackLagMillis = builder.callbackLagMillis;
    bufferedBytes = builder.bufferedBytes;
    fullestBufferBytes = builder.fullestBufferBytes;
    retriesLeft = builder.retriesLeft;
    traffic = builder.traffic;
    droppedHookEvents = builder.droppedHookEvents;
    heartbeats = builder.heartbeats;
  }

  /** Returns a builder of a client that has no room and has done nothing. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns how many rooms are in each state, of those that are not closed or given up.
   * Unmodifiable; without zeros.
   */
  public Map<Phase, Integer> getRooms() {
    return rooms;
  }

  /** Returns how many rooms wait for their turn to make an attempt, since many have to. */
  public int getQueuedAttempts() {
    return queuedAttempts;
  }

  /**
   * Returns how many attempts to connect rooms the client makes in a second at most, now: of its
   * paces, one of starts for each API and one of dials, the lowest. {@link
   * BiliLiveClientBuilder#connectPace} sets their limits.
   */
  public double getAttemptsPerSecond() {
    return attemptsPerSecond;
  }

  /**
   * Returns how long the oldest of what waits for the callback executor has waited, in
   * milliseconds: events and states for listeners, answers for callbacks, events for hooks. 0 if
   * nothing waits. What runs does not count.
   */
  public long getCallbackLagMillis() {
    return callbackLagMillis;
  }

  /**
   * Returns how much memory the events of all rooms take that wait for their listeners, in bytes,
   * as {@link LiveEvent#getMemoryBytes} counts.
   */
  public long getBufferedBytes() {
    return bufferedBytes;
  }

  /**
   * Returns how much of that the fullest room's take, in bytes. A buffer is full at 8 KB for each
   * event of {@link ConnectionOptions#getBufferSize}, by default 8 MB, or at that many events.
   */
  public long getFullestBufferBytes() {
    return fullestBufferBytes;
  }

  /**
   * Returns how many calls may be made again now, from 0 to 10. Each retry takes one; ten calls, or
   * ten seconds, bring one back. At 0 a call that fails is not made again. Rooms have a pace of
   * their own.
   */
  public int getRetriesLeft() {
    return retriesLeft;
  }

  /**
   * Returns what came to all rooms since the client was made, also to those that are closed: at
   * once, while hooks hear it with a room's next heartbeat.
   */
  public ConnectionTraffic getTraffic() {
    return traffic;
  }

  /** Returns how many events slow hooks have missed: of more than 10,000 the oldest are dropped. */
  public long getDroppedHookEvents() {
    return droppedHookEvents;
  }

  /** Returns the figures of all heartbeats. */
  public HeartbeatStatistics getHeartbeats() {
    return heartbeats;
  }

  /** Returns all figures on one line. */
  @Override
  public String toString() {
    return String.format(
        "ClientSnapshot{rooms=%s, queuedAttempts=%s, attemptsPerSecond=%s, callbackLagMillis=%s,"
            + " bufferedBytes=%s, fullestBufferBytes=%s, retriesLeft=%s, droppedHookEvents=%s, %s,"
            + " %s}",
        rooms,
        queuedAttempts,
        attemptsPerSecond,
        callbackLagMillis,
        bufferedBytes,
        fullestBufferBytes,
        retriesLeft,
        droppedHookEvents,
        traffic,
        heartbeats);
  }

  /** A snapshot in the making; checks no figure. Not safe for use by several threads. */
  public static final class Builder {
    private final Map<Phase, Integer> rooms = new EnumMap<>(Phase.class);
    private int queuedAttempts;
    private double attemptsPerSecond;
    private long callbackLagMillis;
    private long bufferedBytes;
    private long fullestBufferBytes;
    private int retriesLeft;
    private ConnectionTraffic traffic = ConnectionTraffic.builder().build();
    private long droppedHookEvents;
    private HeartbeatStatistics heartbeats = HeartbeatStatistics.builder().build();

    private Builder() {}

    /** Sets {@link ClientSnapshot#getRooms}; none by default. */
    public Builder rooms(Map<Phase, Integer> rooms) {
      requireNonNull(rooms, "rooms is null: give an empty map for none");
      this.rooms.clear();
      this.rooms.putAll(rooms);
      return this;
    }

    /** Sets {@link ClientSnapshot#getQueuedAttempts}; 0 by default. */
    public Builder queuedAttempts(int count) {
      queuedAttempts = count;
      return this;
    }

    /** Sets {@link ClientSnapshot#getAttemptsPerSecond}; 0 by default. */
    public Builder attemptsPerSecond(double attempts) {
      attemptsPerSecond = attempts;
      return this;
    }

    /** Sets {@link ClientSnapshot#getCallbackLagMillis}; 0 by default. */
    public Builder callbackLagMillis(long millis) {
      callbackLagMillis = millis;
      return this;
    }

    /** Sets {@link ClientSnapshot#getBufferedBytes}; 0 by default. */
    public Builder bufferedBytes(long bytes) {
      bufferedBytes = bytes;
      return this;
    }

    /** Sets {@link ClientSnapshot#getFullestBufferBytes}; 0 by default. */
    public Builder fullestBufferBytes(long bytes) {
      fullestBufferBytes = bytes;
      return this;
    }

    /** Sets {@link ClientSnapshot#getRetriesLeft}; 0 by default. */
    public Builder retriesLeft(int count) {
      retriesLeft = count;
      return this;
    }

    /** Sets {@link ClientSnapshot#getTraffic}; nothing by default. */
    public Builder traffic(ConnectionTraffic traffic) {
      this.traffic =
          requireNonNull(traffic, "traffic is null: give ConnectionTraffic.builder().build()");
      return this;
    }

    /** Sets {@link ClientSnapshot#getDroppedHookEvents}; 0 by default. */
    public Builder droppedHookEvents(long count) {
      droppedHookEvents = count;
      return this;
    }

    /** Sets {@link ClientSnapshot#getHeartbeats}; of no ids by default. */
    public Builder heartbeats(HeartbeatStatistics heartbeats) {
      this.heartbeats =
          requireNonNull(
              heartbeats, "heartbeats is null: give HeartbeatStatistics.builder().build()");
      return this;
    }

    /** Returns the snapshot. */
    public ClientSnapshot build() {
      return new ClientSnapshot(this);
    }
  }
}
