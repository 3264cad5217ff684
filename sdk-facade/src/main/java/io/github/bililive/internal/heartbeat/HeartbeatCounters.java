package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatStatistics;
import io.github.bililive.hook.FailureKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts requests and their outcomes. Written by the scheduler's thread alone, read by any. */
final class HeartbeatCounters {
  volatile int batches;
  volatile int inFlight;
  volatile int batchLimit;
  final AtomicLong attempts = new AtomicLong();
  final AtomicLong acknowledged = new AtomicLong();
  final AtomicLong expired = new AtomicLong();
  private final Map<FailureKind, Long> failures = new ConcurrentHashMap<>();

  void failed(FailureKind kind) {
    Long before = failures.get(kind);
    failures.put(kind, before == null ? 1 : before + 1);
  }

  /** Returns the statistics, without those of ids. Any thread. */
  HeartbeatStatistics.Builder toStatistics() {
    return HeartbeatStatistics.builder()
        .batches(batches)
        .requestsInFlight(inFlight)
        .batchLimit(batchLimit)
        .attempts(attempts.get())
        .acknowledged(acknowledged.get())
        .failures(failures)
        .expired(expired.get());
  }
}
