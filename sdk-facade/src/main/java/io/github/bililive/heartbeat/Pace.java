package io.github.bililive.heartbeat;

import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * Spreads requests: they begin at least {@link #spacingNanos} apart, so that in no second there are
 * more of them than an even spread over the interval gives, plus {@value #EXTRA} for retries and
 * newcomers.
 */
final class Pace {
  private static final int EXTRA = 2;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How finely {@link #isCrowded} looks ahead. */
  private static final int STEPS_PER_SECOND = 4;

  private final long intervalNanos;

  /** When the last request began; of no meaning before the first. */
  private long beganAtNanos;

  private boolean beganOnce;

  Pace(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  void began(long nowNanos) {
    beganAtNanos = nowNanos;
    beganOnce = true;
  }

  /** Returns how long the next request has to wait with this many batches, in nanoseconds. */
  long waitNanos(long nowNanos, int batches) {
    return beganOnce ? Math.max(0, beganAtNanos + spacingNanos(batches) - nowNanos) : 0;
  }

  /** Returns how many requests may begin in one second. */
  long perSecond(int batches) {
    return (batches * SECOND_NANOS + intervalNanos - 1) / intervalNanos + EXTRA;
  }

  private long spacingNanos(int batches) {
    long perSecond = perSecond(batches);
    return (SECOND_NANOS + perSecond - 1) / perSecond;
  }

  /**
   * Returns whether more batches come due, in some stretch of time from now on, than may begin in
   * it. That is so when many batches have gone and those left are close together: then one has to
   * go early, or the last would go late. Batches that pause after a failure do not count.
   */
  boolean isCrowded(Collection<Batch> waiting, long nowNanos, int batches) {
    long stepNanos = SECOND_NANOS / STEPS_PER_SECOND;
    int[] dueInStep = new int[(int) (intervalNanos / stepNanos) + 1];
    for (Batch batch : waiting) {
      long step = Math.max(0, batch.dueAtNanos - nowNanos) / stepNanos;
      if (batch.failures == 0 && step < dueInStep.length) {
        dueInStep[(int) step]++;
      }
    }
    long dueSoFar = 0;
    for (int step = 0; step < dueInStep.length; step++) {
      dueSoFar += dueInStep[step];
      if (dueSoFar > 1 + perSecond(batches) * (step + 1) / STEPS_PER_SECOND) {
        return true;
      }
    }
    return false;
  }
}
