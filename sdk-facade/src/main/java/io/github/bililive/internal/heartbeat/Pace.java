package io.github.bililive.internal.heartbeat;

import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * Spreads requests: they begin one place apart, so that in no second there are more of them than an
 * even spread over the interval gives, plus {@value #EXTRA} for retries and newcomers.
 *
 * <p>When batches have gone, those left may stand close together, at the pace that there was. They
 * keep it for an interval, since being on time comes first; by then they have been spread.
 */
final class Pace {
  private static final int EXTRA = 2;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How finely {@link #isCrowded} looks ahead. */
  private static final int STEPS_PER_PLACE = 4;

  private final long intervalNanos;

  /** When the last request began; of no meaning before the first. */
  private long beganAtNanos;

  private boolean beganOnce;

  /** The most batches since {@link #peakSinceNanos}, and in the interval before that. */
  private int peak;

  private int peakBefore;
  private long peakSinceNanos;

  /** When the pace was last faster than as many batches need as there were. */
  private long tooFastAtNanos;

  Pace(long intervalNanos, long nowNanos) {
    this.intervalNanos = intervalNanos;
    peakSinceNanos = nowNanos;
    tooFastAtNanos = nowNanos - 2 * intervalNanos;
  }

  /** Takes down how many batches there are. */
  void observe(int batches, long nowNanos) {
    long ageNanos = nowNanos - peakSinceNanos;
    if (ageNanos >= intervalNanos) {
      peakBefore = ageNanos < 2 * intervalNanos ? peak : 0;
      peak = batches;
      peakSinceNanos = nowNanos;
    }
    peak = Math.max(peak, batches);
    if (perSecond(Math.max(peak, peakBefore)) > perSecond(batches)) {
      tooFastAtNanos = nowNanos;
    }
  }

  /**
   * Returns whether the pace has been, within an interval, faster than needed, so that batches that
   * began at it may be due closer together than they may begin next time.
   */
  boolean isTooFast(long nowNanos) {
    return nowNanos - tooFastAtNanos <= intervalNanos;
  }

  void began(long nowNanos) {
    beganAtNanos = nowNanos;
    beganOnce = true;
  }

  /** Returns how long a request that is due has to wait, in nanoseconds. */
  long waitNanos(long nowNanos) {
    return waitNanos(nowNanos, Math.max(peak, peakBefore));
  }

  /** Returns how long a request has to wait with this many batches, in nanoseconds. */
  long waitNanos(long nowNanos, int batches) {
    return beganOnce ? Math.max(0, beganAtNanos + placeNanos(batches) - nowNanos) : 0;
  }

  /** Returns how many requests may begin in one second. */
  long perSecond(int batches) {
    return (batches * SECOND_NANOS + intervalNanos - 1) / intervalNanos + EXTRA;
  }

  /** Returns the time between the beginnings of two requests, in nanoseconds: one place. */
  long placeNanos(int batches) {
    long perSecond = perSecond(batches);
    return (SECOND_NANOS + perSecond - 1) / perSecond;
  }

  /**
   * Returns whether somewhere ahead so many batches come due that at this pace one would begin
   * late. That is so when many batches have gone and those left are close together. What pauses
   * after a failure does not count.
   *
   * @param spareNanos how long a batch may wait without being late
   */
  boolean isCrowded(Collection<Batch> waiting, long nowNanos, int batches, long spareNanos) {
    long stepNanos = Math.max(1, placeNanos(batches) / STEPS_PER_PLACE);
    int[] dueInStep = new int[(int) (intervalNanos / stepNanos) + 1];
    for (Batch batch : waiting) {
      long step = Math.max(0, batch.dueAtNanos - nowNanos) / stepNanos;
      if (batch.failures == 0 && step < dueInStep.length) {
        dueInStep[(int) step]++;
      }
    }
    long spareSteps = spareNanos / stepNanos;
    long behind = 0; // For how many steps the pace is taken up.
    for (int due : dueInStep) {
      behind = Math.max(0, behind + (long) due * STEPS_PER_PLACE - 1);
      if (behind > STEPS_PER_PLACE - 1 + spareSteps) {
        return true;
      }
    }
    return false;
  }
}
