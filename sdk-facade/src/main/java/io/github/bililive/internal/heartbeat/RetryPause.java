package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.hook.FailureKind;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * How long to pause after a request that failed: with jitter, between half of the full length and
 * all of it, and never so long that fewer than two more attempts fit before an id's time is over.
 *
 * <p>The figures in the methods are those of the default policy, whose spare time is 10 s. What is
 * left of the life of the ids in question is negative when it is over.
 */
final class RetryPause {
  /** The shortest full pause: attempts of one batch do not come closer. */
  private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Doubling stops here; all limits are reached long before. */
  private static final int MAX_DOUBLINGS = 16;

  private final HeartbeatPolicy policy;
  private final Random random;

  RetryPause(HeartbeatPolicy policy, Random random) {
    this.policy = policy;
    this.random = random;
  }

  /**
   * Returns how long to pause, in nanoseconds.
   *
   * @param ids how many were in the request
   * @param failures how many attempts have failed in a row, at least 1
   */
  long nanos(FailureKind kind, int ids, int failures, long remainingNanos) {
    switch (kind) {
      case QUOTA:
        return afterQuota(remainingNanos);
      case REFUSED:
        return afterRefusal(remainingNanos);
      case NO_ANSWER:
      case UNUSABLE_ANSWER:
      case PLATFORM_FAULT:
        return afterFailure(failures, remainingNanos);
      case BATCH_LIMIT:
      case BATCH_CONTENT:
        return ids > 1
            ? afterFailure(failures, remainingNanos)
            : afterRefusal(remainingNanos); // There is nothing to split.
    }
    throw new AssertionError(kind);
  }

  /**
   * Returns the pause after a failure that may pass: 250 ms, then twice as long, up to 500 ms, but
   * at most a quarter of what is left. When nothing is left, up to a quarter of the interval, 5 s.
   *
   * @param failures how many attempts have failed in a row, at least 1
   */
  long afterFailure(int failures, long remainingNanos) {
    long full = policy.firstPauseNanos << Math.min(failures - 1, MAX_DOUBLINGS);
    long limit =
        remainingNanos > 0
            ? Math.min(policy.maxPauseNanos, remainingNanos / 4)
            : policy.intervalNanos / 4;
    return jittered(Math.min(full, limit));
  }

  /**
   * Returns the pause after the platform asked for fewer requests: as long as leaves time for two
   * more, two fifths of what is left, but at least 1 s; when nothing is left, the interval.
   */
  long afterQuota(long remainingNanos) {
    return slow(remainingNanos, remainingNanos * 2 / 5);
  }

  /**
   * Returns the pause after a refusal that will not pass by itself: a third of what is left, but at
   * least 1 s; when nothing is left, the interval.
   */
  long afterRefusal(long remainingNanos) {
    return slow(remainingNanos, remainingNanos / 3);
  }

  private long slow(long remainingNanos, long full) {
    return jittered(
        remainingNanos > 0 ? Math.max(full, policy.spareNanos() / 10) : policy.intervalNanos);
  }

  private long jittered(long full) {
    long atLeast = Math.max(full, MIN_NANOS);
    return atLeast / 2 + (long) (random.nextDouble() * (atLeast - atLeast / 2));
  }
}
