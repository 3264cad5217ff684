package io.github.bililive;

import io.github.bililive.hook.FailureKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of all heartbeats of a client. Immutable. It is taken while requests go on, so its
 * figures may be a few requests apart from each other.
 */
public final class HeartbeatStatistics {
  private final Map<HeartbeatState, Integer> ids;
  private final @Nullable Long oldestAcknowledgementMillis;
  private final int batches;
  private final int requestsInFlight;
  private final int batchLimit;
  private final long attempts;
  private final long acknowledged;
  private final Map<FailureKind, Long> failures;
  private final long expired;

  private HeartbeatStatistics(Builder builder) {
    ids = Collections.unmodifiableMap(new EnumMap<>(builder.ids));
    oldestAcknowledgementMillis = builder.oldestAcknowledgementMillis;
    batches = builder.batches;
    requestsInFlight = builder.requestsInFlight;
    batchLimit = builder.batchLimit;
    attempts = builder.attempts;
    acknowledged = builder.acknowledged;
    failures = Collections.unmodifiableMap(new EnumMap<>(builder.failures));
    expired = builder.expired;
  }

  /** Returns a builder of statistics with no ids and no requests, for tests. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the number of ids that are kept alive in each state. Unmodifiable; without zeros. */
  public Map<HeartbeatState, Integer> getIds() {
    return ids;
  }

  /**
   * Returns the largest {@link KeepAlive#getMillisSinceAcknowledged} of all ids, in milliseconds;
   * null if no id is kept alive.
   */
  public @Nullable Long getOldestAcknowledgementMillis() {
    return oldestAcknowledgementMillis;
  }

  /** Returns the number of batches: groups of ids that share their requests. */
  public int getBatches() {
    return batches;
  }

  /** Returns the number of requests that are waiting for an answer. */
  public int getRequestsInFlight() {
    return requestsInFlight;
  }

  /** Returns how many ids go in one request at most, now: the policy's limit or less. */
  public int getBatchLimit() {
    return batchLimit;
  }

  /** Returns how many requests have begun since the client was made. */
  public long getAttempts() {
    return attempts;
  }

  /** Returns how many requests the platform has acknowledged. */
  public long getAcknowledged() {
    return acknowledged;
  }

  /** Returns how many requests have failed, by kind. Unmodifiable; without zeros. */
  public Map<FailureKind, Long> getFailures() {
    return failures;
  }

  /** Returns how many ids the platform has called dead since the client was made. */
  public long getExpired() {
    return expired;
  }

  /** Returns the figures of both; of oldest times and batch limits the worse. */
  HeartbeatStatistics plus(HeartbeatStatistics other) {
    Map<HeartbeatState, Integer> allIds = new EnumMap<>(HeartbeatState.class);
    allIds.putAll(ids);
    for (Map.Entry<HeartbeatState, Integer> entry : other.ids.entrySet()) {
      Integer mine = ids.get(entry.getKey());
      allIds.put(entry.getKey(), entry.getValue() + (mine == null ? 0 : mine));
    }
    Map<FailureKind, Long> allFailures = new EnumMap<>(FailureKind.class);
    allFailures.putAll(failures);
    for (Map.Entry<FailureKind, Long> entry : other.failures.entrySet()) {
      Long mine = failures.get(entry.getKey());
      allFailures.put(entry.getKey(), entry.getValue() + (mine == null ? 0 : mine));
    }
    Long oldest = oldestAcknowledgementMillis;
    Long others = other.oldestAcknowledgementMillis;
    return builder()
        .ids(allIds)
        .oldestAcknowledgementMillis(
            oldest == null ? others : others == null ? oldest : (Long) Math.max(oldest, others))
        .batches(batches + other.batches)
        .requestsInFlight(requestsInFlight + other.requestsInFlight)
        .batchLimit(Math.min(batchLimit, other.batchLimit))
        .attempts(attempts + other.attempts)
        .acknowledged(acknowledged + other.acknowledged)
        .failures(allFailures)
        .expired(expired + other.expired)
        .build();
  }

  /** Returns all figures on one line. */
  @Override
  public String toString() {
    return String.format(
        "HeartbeatStatistics{ids=%s, oldestAcknowledgementMillis=%s, batches=%s,"
            + " requestsInFlight=%s, batchLimit=%s, attempts=%s, acknowledged=%s, failures=%s,"
            + " expired=%s}",
        ids,
        oldestAcknowledgementMillis,
        batches,
        requestsInFlight,
        batchLimit,
        attempts,
        acknowledged,
        failures,
        expired);
  }

  /**
   * Figures of a client without ids and requests, to be set one by one. Checks none of them. Not
   * safe for several threads.
   */
  public static final class Builder {
    private final Map<HeartbeatState, Integer> ids = new EnumMap<>(HeartbeatState.class);
    private @Nullable Long oldestAcknowledgementMillis;
    private int batches;
    private int requestsInFlight;
    private int batchLimit = HeartbeatPolicy.MAX_BATCH_LIMIT;
    private long attempts;
    private long acknowledged;
    private final Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);
    private long expired;

    private Builder() {}

    /** Sets {@link HeartbeatStatistics#getIds}; none by default. */
    public Builder ids(Map<HeartbeatState, Integer> ids) {
      Objects.requireNonNull(ids, "ids is null: give an empty map for none");
      this.ids.clear();
      this.ids.putAll(ids);
      return this;
    }

    /** Sets {@link HeartbeatStatistics#getOldestAcknowledgementMillis}; null by default. */
    public Builder oldestAcknowledgementMillis(@Nullable Long oldestAcknowledgementMillis) {
      this.oldestAcknowledgementMillis = oldestAcknowledgementMillis;
      return this;
    }

    /** Sets {@link HeartbeatStatistics#getBatches}; 0 by default. */
    public Builder batches(int batches) {
      this.batches = batches;
      return this;
    }

    /** Sets {@link HeartbeatStatistics#getRequestsInFlight}; 0 by default. */
    public Builder requestsInFlight(int requestsInFlight) {
      this.requestsInFlight = requestsInFlight;
      return this;
    }

    /** Sets {@link HeartbeatStatistics#getBatchLimit}; 200 by default. */
    public Builder batchLimit(int batchLimit) {
      this.batchLimit = batchLimit;
      return this;
    }

    /** Sets {@link HeartbeatStatistics#getAttempts}; 0 by default. */
    public Builder attempts(long attempts) {
      this.attempts = attempts;
      return this;
    }

    /** Sets {@link HeartbeatStatistics#getAcknowledged}; 0 by default. */
    public Builder acknowledged(long acknowledged) {
      this.acknowledged = acknowledged;
      return this;
    }

    /** Sets {@link HeartbeatStatistics#getFailures}; none by default. */
    public Builder failures(Map<FailureKind, Long> failures) {
      Objects.requireNonNull(failures, "failures is null: give an empty map for none");
      this.failures.clear();
      this.failures.putAll(failures);
      return this;
    }

    /** Sets {@link HeartbeatStatistics#getExpired}; 0 by default. */
    public Builder expired(long expired) {
      this.expired = expired;
      return this;
    }

    /** Returns statistics with these figures. */
    public HeartbeatStatistics build() {
      return new HeartbeatStatistics(this);
    }
  }
}
