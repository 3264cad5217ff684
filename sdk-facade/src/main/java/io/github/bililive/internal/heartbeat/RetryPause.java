package io.github.bililive.internal.heartbeat;

import io.github.bililive.hook.FailureKind;
import io.github.bililive.internal.time.BackOff;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * How long to pause after a failed request: at random between half of a limit and all of it, and
 * never so long that fewer than two more attempts fit into the time to live.
 *
 * <p>The figures in the methods are those of the default policy, whose spare time is 10 s. {@code
 * remainingNanos} is what is left of the time to live; negative if it is over.
 */
final class RetryPause {
  /** The shortest limit: two attempts of one batch do not come closer. */
  private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final PolicyTimes times;
  private final BackOff backOff;

  RetryPause(PolicyTimes times, Random random) {
    this.times = times;
    long capNanos = Math.max(times.maxRetryPauseNanos, times.intervalNanos / 5);
    backOff = new BackOff(random, times.firstRetryPauseNanos, capNanos, 0.5);
  }

  /** Returns how long to pause, in nanoseconds, after so many failures in a row, at least 1. */
  long nanos(FailureKind kind, int ids, int failures, long tookNanos, long remainingNanos) {
    switch (kind) {
      case RATE_LIMITED:
        return afterRateLimit(remainingNanos);
      case REFUSED:
        return afterRefusal(remainingNanos);
      case NETWORK:
      case INVALID_RESPONSE:
      case PLATFORM_ERROR:
        return afterFailure(failures, tookNanos, remainingNanos);
      case BATCH_TOO_LARGE:
      case INVALID_ID_IN_BATCH:
        boolean splits = ids > 1;
        return splits
            ? afterFailure(failures, tookNanos, remainingNanos)
            : afterRefusal(remainingNanos);
    }
    throw new AssertionError(kind);
  }

  /**
   * Returns the pause after a failure that may pass: up to 250 ms, then twice as long, at most 500
   * ms and a quarter of what is left. When nothing is left, so long that attempts begin a fifth of
   * the interval apart at most, 4 s: an id is acknowledged soon after the network is back.
   */
  long afterFailure(int failures, long tookNanos, long remainingNanos) {
    long longest =
        remainingNanos > 0
            ? Math.min(times.maxRetryPauseNanos, remainingNanos / 4)
            : Math.max(times.maxRetryPauseNanos, times.intervalNanos / 5 - tookNanos);
    return atRandom(Math.min(backOff.limitNanos(failures - 1), longest));
  }

  /**
   * Returns the pause after the platform asked for fewer requests: up to two fifths of what is
   * left, or 1 s if that is more; when nothing is left, up to the interval.
   */
  long afterRateLimit(long remainingNanos) {
    return slow(remainingNanos, remainingNanos * 2 / 5);
  }

  /**
   * Returns the pause after a refusal that will not pass by itself: up to a third of what is left,
   * or 1 s if that is more; when nothing is left, up to the interval.
   */
  long afterRefusal(long remainingNanos) {
    return slow(remainingNanos, remainingNanos / 3);
  }

  private long slow(long remainingNanos, long limitNanos) {
    return atRandom(
        remainingNanos > 0 ? Math.max(limitNanos, times.spareNanos / 10) : times.intervalNanos);
  }

  private long atRandom(long limitNanos) {
    return backOff.jittered(Math.max(limitNanos, MIN_NANOS));
  }
}
