package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatStatistics;
import io.github.bililive.hook.FailureKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts requests and their outcomes. Written by the scheduler's thread alone, read by any. */
final class HeartbeatCounters {
  volatile int batches;
  volatile int inFlight;
  volatile int batchLimit;
  final AtomicLong attempts = new AtomicLong();
  final AtomicLong acknowledged = new AtomicLong();
  final AtomicLong expired = new AtomicLong();

  /** Has all kinds; the map itself never changes. */
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

  /** Returns the statistics, without those of ids. Any thread. */
  HeartbeatStatistics.Builder toStatistics() {
    return HeartbeatStatistics.builder()
        .batches(batches)
        .requestsInFlight(inFlight)
        .batchLimit(batchLimit)
        .attempts(attempts.get())
        .acknowledged(acknowledged.get())
        .failures(failures())
        .expired(expired.get());
  }

  private Map<FailureKind, Long> failures() {
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
