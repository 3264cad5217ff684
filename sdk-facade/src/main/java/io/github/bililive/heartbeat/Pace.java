package io.github.bililive.heartbeat;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Spreads requests: in no second do more of them begin than an even spread over the interval gives,
 * plus {@value #EXTRA} for retries and newcomers.
 */
final class Pace {
  private static final int EXTRA = 2;
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long intervalNanos;

  /** When requests of the last second began, oldest first. */
  private final ArrayDeque<Long> began = new ArrayDeque<>();

  Pace(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  void began(long nowNanos) {
    began.add(nowNanos);
  }

  /** Returns when the next request may begin with this many batches: now, or later. */
  long nextAt(long nowNanos, int batches) {
    while (!began.isEmpty() && nowNanos - began.peek() >= WINDOW_NANOS) {
      began.poll();
    }
    Long oldest = began.peek();
    return oldest == null || began.size() < perWindow(batches) ? nowNanos : oldest + WINDOW_NANOS;
  }

  private long perWindow(int batches) {
    return (batches * WINDOW_NANOS + intervalNanos - 1) / intervalNanos + EXTRA;
  }
}
