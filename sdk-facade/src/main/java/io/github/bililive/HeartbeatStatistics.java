package io.github.bililive;

import io.github.bililive.hook.FailureKind;
import io.github.bililive.internal.heartbeat.HeartbeatCounters;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What all heartbeats of a client were like at one time. Immutable. Taken while everything goes on,
 * so that the figures may be a few requests apart from each other.
 */
public final class HeartbeatStatistics {
  /** The age of the oldest acknowledgement if no id is kept alive. */
  public static final long NONE = -1;

  private final Map<HeartbeatState, Integer> ids;
  private final long oldestMillis;
  private final int batches;
  private final int requestsInFlight;
  private final int batchLimit;
  private final long attempts;
  private final long acknowledged;
  private final long expired;
  private final Map<FailureKind, Long> failures;

  public HeartbeatStatistics(
      Map<HeartbeatState, Integer> ids, long oldestMillis, HeartbeatCounters tally) {
    this.ids = Collections.unmodifiableMap(new EnumMap<>(ids));
    this.oldestMillis = oldestMillis;
    batches = tally.batches;
    requestsInFlight = tally.inFlight;
    batchLimit = tally.batchLimit;
    attempts = tally.attempts.get();
    acknowledged = tally.acknowledged.get();
    expired = tally.expired.get();
    failures = Collections.unmodifiableMap(tally.failures());
  }

  /** Returns how many ids are kept alive, by their state. Unmodifiable; has no state without. */
  public Map<HeartbeatState, Integer> getIds() {
    return ids;
  }

  /**
   * Returns the age of the acknowledgement that is the oldest of all ids, in milliseconds; for one
   * that has none yet, since it was registered. {@link #NONE} if no id is kept alive.
   */
  public long getOldestAcknowledgementMillis() {
    return oldestMillis;
  }

  /** Returns how many groups of ids there are that go together. */
  public int getBatches() {
    return batches;
  }

  /** Returns how many requests are under way. */
  public int getRequestsInFlight() {
    return requestsInFlight;
  }

  /** Returns how many ids go in one request: 200, or what the platform turned out to take. */
  public int getBatchLimit() {
    return batchLimit;
  }

  /** Returns how many requests have begun since the client was made. */
  public long getAttempts() {
    return attempts;
  }

  /** Returns how many of them the platform acknowledged. */
  public long getAcknowledged() {
    return acknowledged;
  }

  /** Returns how many of them failed, by kind. Unmodifiable; has no kind without. */
  public Map<FailureKind, Long> getFailures() {
    return failures;
  }

  /** Returns how many ids the platform has called dead since the client was made. */
  public long getExpired() {
    return expired;
  }

  /** Returns all figures on one line. */
  @Override
  public String toString() {
    return "HeartbeatStatistics{ids="
        + ids
        + ", oldestAcknowledgementMillis="
        + oldestMillis
        + ", batches="
        + batches
        + ", requestsInFlight="
        + requestsInFlight
        + ", batchLimit="
        + batchLimit
        + ", attempts="
        + attempts
        + ", acknowledged="
        + acknowledged
        + ", failures="
        + failures
        + ", expired="
        + expired
        + "}";
  }
}
