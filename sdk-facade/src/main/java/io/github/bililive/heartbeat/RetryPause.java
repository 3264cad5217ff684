package io.github.bililive.heartbeat;

import java.util.Random;

/**
 * How long to pause after a failed request: growing, with jitter, but never so long that fewer than
 * two more attempts fit before an id's time is over.
 *
 * <p>With the default timing (10 s to spare, 3 s per request) the first pause is 125 to 250 ms and
 * each is twice the one before. While an id may yet be saved a pause takes at most a twentieth of
 * the spare time, 500 ms. After that, and where the platform refuses for a reason that time alone
 * does not heal, a pause is up to a quarter of the interval, 5 s.
 */
final class RetryPause {
  /** The first pause, as a part of the spare time. */
  private static final int FIRST_PART = 40;

  /** The longest pause while an id may yet be saved, as a part of the spare time. */
  private static final int URGENT_PART = 20;

  /** The shortest full pause after a refusal, as a part of the spare time. */
  private static final int REFUSED_PART = 10;

  /** The longest pause of all, as a part of the interval. */
  private static final int LATE_PART = 4;

  /** Doubling stops here; both limits are reached long before. */
  private static final int MAX_DOUBLINGS = 16;

  private final HeartbeatTiming timing;
  private final Random random;

  RetryPause(HeartbeatTiming timing, Random random) {
    this.timing = timing;
    this.random = random;
  }

  /**
   * Returns the pause in nanoseconds after a failure that may pass, between half of its full length
   * and all of it.
   *
   * @param failures how many attempts have failed in a row, at least 1
   * @param remainingNanos what is left of the life of the oldest id; negative if it is over
   */
  long afterFailure(int failures, long remainingNanos) {
    long full = (timing.spareNanos() / FIRST_PART) << Math.min(failures - 1, MAX_DOUBLINGS);
    long limit =
        remainingNanos > 0 ? timing.spareNanos() / URGENT_PART : timing.intervalNanos / LATE_PART;
    return jittered(Math.min(full, limit));
  }

  /**
   * Returns the pause in nanoseconds after a refusal that will not pass by itself: long, but not
   * beyond a third of what is left of the life of the oldest id.
   *
   * @param remainingNanos what is left of the life of the oldest id; negative if it is over
   */
  long afterRefusal(long remainingNanos) {
    long full = timing.intervalNanos / LATE_PART;
    if (remainingNanos > 0) {
      full = Math.min(full, Math.max(remainingNanos / 3, timing.spareNanos() / REFUSED_PART));
    }
    return jittered(full);
  }

  private long jittered(long full) {
    return full / 2 + (long) (random.nextDouble() * (full - full / 2));
  }
}
