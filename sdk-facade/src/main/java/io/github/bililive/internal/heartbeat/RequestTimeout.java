package io.github.bililive.internal.heartbeat;

import java.util.concurrent.TimeUnit;

/**
 * How long a request may take until the next one is sent: long enough for the platform to answer,
 * and so short that after one that hangs there is time for two more.
 */
final class RequestTimeout {
  /** The shortest: answers over a mobile network take about that long. */
  private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final PolicyTimes times;

  /** How long the slowest recent answer took; it decays by an eighth with each answer. */
  private long slowestNanos;

  RequestTimeout(PolicyTimes times) {
    this.times = times;
  }

  void answered(long tookNanos) {
    slowestNanos = Math.max(tookNanos, slowestNanos - slowestNanos / 8);
  }

  /**
   * Returns how long a request may take, in nanoseconds: a third of what is left of the time to
   * live, and at most what the policy says; or one and a half times what answers take, if that is
   * more. When nothing is left, what the policy says: the network may be back at any time, and a
   * request that was sent before that hangs for good.
   */
  long nanos(long remainingNanos) {
    if (remainingNanos <= 0) {
      return times.requestTimeoutNanos;
    }
    long fitting = Math.min(times.requestTimeoutNanos, remainingNanos / 3);
    long known = Math.min(slowestNanos + slowestNanos / 2, remainingNanos);
    return Math.max(Math.max(fitting, known), Math.min(MIN_NANOS, times.requestTimeoutNanos));
  }
}
