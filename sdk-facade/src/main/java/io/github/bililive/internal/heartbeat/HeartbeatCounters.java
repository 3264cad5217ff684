package io.github.bililive.internal.heartbeat;

import io.github.bililive.hook.FailureKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts. Written by the scheduler's thread alone, read by any. */
public final class HeartbeatCounters {
  public volatile int batches;
  public volatile int inFlight;
  public volatile int batchLimit;
  public final AtomicLong attempts = new AtomicLong();
  public final AtomicLong acknowledged = new AtomicLong();
  public final AtomicLong expired = new AtomicLong();

  /** Never changes but in its values. */
  private final Map<FailureKind, AtomicLong> failures = new EnumMap<>(FailureKind.class);

  HeartbeatCounters() {
    for (FailureKind kind : FailureKind.values()) {
      failures.put(kind, new AtomicLong());
    }
  }

  @SuppressWarnings("NullAway") // Each kind has a count.
  void failed(FailureKind kind) {
    failures.get(kind).incrementAndGet();
  }

  /** Returns how many failures of each kind there were, without those of which there were none. */
  public Map<FailureKind, Long> failures() {
    Map<FailureKind, Long> counts = new EnumMap<>(FailureKind.class);
    for (Map.Entry<FailureKind, AtomicLong> failure : failures.entrySet()) {
      long count = failure.getValue().get();
      if (count > 0) {
        counts.put(failure.getKey(), count);
      }
    }
    return counts;
  }
}
