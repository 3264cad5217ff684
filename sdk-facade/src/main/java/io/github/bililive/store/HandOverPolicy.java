package io.github.bililive.store;

import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.ConnectionState.Reason;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a room goes from one process to its successor, both of which have the same {@link
 * ConnectionStore}. Immutable; set it with {@link BiliLiveClientBuilder#handOver}.
 *
 * <p>The successor finds the room's connection in the store, sends a heartbeat for it at once, and
 * writes its name there. The predecessor reads the store once a second. When it finds the name, it
 * delivers what it has received, closes its socket, and writes down the {@code msg_id} that it
 * delivered last. It goes on with heartbeats for a while; then its room is closed with {@link
 * Reason#HANDED_OVER}. By default the successor waits until the predecessor's socket is closed:
 * what the platform sends between the two sockets, for about half a second, is missed. With {@link
 * Builder#overlap} nothing is, where the platform serves two sockets of one {@code conn_id}.
 */
public final class HandOverPolicy {
  /** The defaults. */
  public static final HandOverPolicy DEFAULT = builder().build();

  private final @Nullable String owner;
  private final boolean overlap;
  private final long predecessorTimeoutMillis;
  private final long lingerMillis;

  private HandOverPolicy(Builder builder) {
    owner = builder.owner;
    overlap = builder.overlap;
    predecessorTimeoutMillis = builder.predecessorTimeoutMillis;
    lingerMillis = builder.lingerMillis;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder with these settings. */
  public Builder newBuilder() {
    Builder builder = new Builder();
    builder.owner = owner;
    builder.overlap = overlap;
    builder.predecessorTimeoutMillis = predecessorTimeoutMillis;
    builder.lingerMillis = lingerMillis;
    return builder;
  }

  /** Returns this process's name in the store; null if each client makes one up. */
  public @Nullable String getOwner() {
    return owner;
  }

  /** Returns whether the successor's socket is opened before the predecessor's is closed. */
  public boolean isOverlap() {
    return overlap;
  }

  /** Returns how long a predecessor is waited for, in milliseconds. */
  public long getPredecessorTimeoutMillis() {
    return predecessorTimeoutMillis;
  }

  /** Returns how long heartbeats go on after a room was handed over, in milliseconds. */
  public long getLingerMillis() {
    return lingerMillis;
  }

  /** Returns the settings on one line. */
  @Override
  public String toString() {
    return "HandOverPolicy{owner="
        + owner
        + ", overlap="
        + overlap
        + ", predecessorTimeoutMillis="
        + predecessorTimeoutMillis
        + ", lingerMillis="
        + lingerMillis
        + "}";
  }

  /** Settings of a hand-over. Not safe for use by several threads. */
  public static final class Builder {
    private @Nullable String owner;
    private boolean overlap;
    private long predecessorTimeoutMillis = 3_000;
    private long lingerMillis = 20_000;

    private Builder() {}

    /**
     * Sets this process's name in the store, such as a pod's; it comes into logs. By default each
     * client makes one up. A client that finds its own name takes the room at once: so give one
     * only if no two processes of that name run at a time, such as that of a systemd unit. With a
     * made-up name the successor of a killed process waits for {@link #predecessorTimeout}, since
     * it cannot know that nobody will answer.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public Builder owner(String owner) {
      this.owner = Objects.requireNonNull(owner, "owner is null: give a name, or leave it out");
      if (owner.isEmpty()) {
        throw new IllegalArgumentException("owner is empty: give a name, or leave it out");
      }
      return this;
    }

    /**
     * Sets whether the successor's socket is opened before the predecessor's is closed; false by
     * default, since it is not known whether the platform serves two sockets of one {@code
     * conn_id}. If it does, no event is missed: the successor holds its events back until it knows
     * which the predecessor delivered last, and delivers those after it. If the platform refuses
     * the second socket, the successor tries again until the first is closed.
     */
    public Builder overlap(boolean overlap) {
      this.overlap = overlap;
      return this;
    }

    /**
     * Sets how long the successor waits for the predecessor to close its socket, by default 3 s: it
     * reads the store once a second. After that the predecessor is taken for dead. One that lives
     * all the same closes its socket as soon as it reads the store. At least 1 ms.
     */
    public Builder predecessorTimeout(long timeout, TimeUnit unit) {
      predecessorTimeoutMillis = positiveMillis("predecessorTimeout", timeout, unit);
      return this;
    }

    /**
     * Sets how long the predecessor goes on with heartbeats after it has handed over a room, in
     * case the successor fails: by default 20 s, one heartbeat interval. At least 1 ms.
     */
    public Builder linger(long duration, TimeUnit unit) {
      lingerMillis = positiveMillis("linger", duration, unit);
      return this;
    }

    private static long positiveMillis(String name, long duration, TimeUnit unit) {
      long millis =
          Objects.requireNonNull(unit, "unit is null: give a TimeUnit, such as SECONDS")
              .toMillis(duration);
      if (millis <= 0) {
        throw new IllegalArgumentException(
            name + " is " + duration + " " + unit + ": it must be at least 1 ms");
      }
      return millis;
    }

    /** Returns the settings. */
    public HandOverPolicy build() {
      return new HandOverPolicy(this);
    }
  }
}
