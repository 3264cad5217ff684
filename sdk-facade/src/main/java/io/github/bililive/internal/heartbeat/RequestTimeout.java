package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatPolicy;
import java.util.concurrent.TimeUnit;

/**
 * How long a request may take: so long that the platform can answer, so short that one that hangs
 * is given up with time left for two more.
 */
final class RequestTimeout {
  /** The least: an answer over a mobile network takes its time. */
  private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final HeartbeatPolicy policy;

  /** What the slowest of the last answers took; it fades by an eighth with each answer. */
  private long slowestNanos;

  RequestTimeout(HeartbeatPolicy policy) {
    this.policy = policy;
  }

  /** The platform has answered. */
  void answered(long tookNanos) {
    slowestNanos = Math.max(tookNanos, slowestNanos - slowestNanos / 8);
  }

  /**
   * Returns how long a request may take, in nanoseconds: a third of what is left of its ids' lives,
   * and not more than the policy says; but half more than the platform is known to take. When
   * nothing is left, half the interval: waiting for a slow platform loses nothing any more.
   *
   * @param remainingNanos what is left of the life of the ids in question; negative if it is over
   */
  long nanos(long remainingNanos) {
    if (remainingNanos <= 0) {
      return Math.max(policy.intervalNanos / 2, policy.requestTimeoutNanos);
    }
    long fitting = Math.min(policy.requestTimeoutNanos, remainingNanos / 3);
    long known = Math.min(slowestNanos + slowestNanos / 2, remainingNanos);
    return Math.max(Math.max(fitting, known), Math.min(MIN_NANOS, policy.requestTimeoutNanos));
  }
}
