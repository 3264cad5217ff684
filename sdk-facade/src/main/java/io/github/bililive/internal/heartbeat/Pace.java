package io.github.bililive.internal.heartbeat;

import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * Spreads requests over the interval: two of them begin at least one <em>slot</em> apart. In each
 * second there are as many slots as an even spread of all batches needs, and {@value #SPARE} more
 * for retries and newcomers.
 *
 * <p>When the number of batches falls, the slots stay as short as they were for one more interval,
 * so that the batches that are left begin on time, however close together they are.
 */
final class Pace {
  private static final int SPARE = 2;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How finely {@link #looksCrowded} looks ahead. */
  private static final int STEPS_PER_SLOT = 4;

  private final long intervalNanos;

  /** When the last request began; of no meaning before the first. */
  private long beganAtNanos;

  private boolean beganOnce;

  /** The most batches since {@link #peakSinceNanos}, and in the interval before that. */
  private int peak;

  private int peakBefore;
  private long peakSinceNanos;

  /** Whether batches may be due closer together than they may begin. */
  private boolean crowded;

  Pace(long intervalNanos, long nowNanos) {
    this.intervalNanos = intervalNanos;
    peakSinceNanos = nowNanos;
  }

  void observe(int batches, long nowNanos) {
    long ageNanos = nowNanos - peakSinceNanos;
    if (ageNanos >= intervalNanos) {
      peakBefore = ageNanos < 2 * intervalNanos ? peak : 0;
      peak = batches;
      peakSinceNanos = nowNanos;
    }
    peak = Math.max(peak, batches);
  }

  /** A batch was acknowledged: one that began in a shorter slot than needed may crowd others. */
  void acknowledged(int batches) {
    crowded |= perSecond(Math.max(peak, peakBefore)) > perSecond(batches);
  }

  void began(long nowNanos) {
    beganAtNanos = nowNanos;
    beganOnce = true;
  }

  long waitNanos(long nowNanos) {
    return waitNanos(nowNanos, Math.max(peak, peakBefore));
  }

  /** Returns the time until the next slot with so many batches, in nanoseconds. */
  long waitNanos(long nowNanos, int batches) {
    return beganOnce ? Math.max(0, beganAtNanos + slotNanos(batches) - nowNanos) : 0;
  }

  long perSecond(int batches) {
    return (batches * SECOND_NANOS + intervalNanos - 1) / intervalNanos + SPARE;
  }

  long slotNanos(int batches) {
    long perSecond = perSecond(batches);
    return (SECOND_NANOS + perSecond - 1) / perSecond;
  }

  /**
   * Returns the time by which a batch is due earlier than one interval after its last request, in
   * nanoseconds: less than one slot, and at most half of one batch's share of the interval, so that
   * in any interval no more than one batch begins twice.
   */
  long slackNanos(int batches) {
    long share = intervalNanos / (batches + 1);
    return Math.min(share / 2, slotNanos(batches) * 99 / 100);
  }

  /**
   * Returns whether, with slots for so many batches, more come due at some time ahead than can
   * begin, even if they use up their slack. Batches that wait for a retry do not count.
   */
  boolean isCrowded(Collection<Batch> waiting, long nowNanos, int batches) {
    crowded = crowded && looksCrowded(waiting, nowNanos, batches);
    return crowded;
  }

  private boolean looksCrowded(Collection<Batch> waiting, long nowNanos, int batches) {
    long stepNanos = Math.max(1, slotNanos(batches) / STEPS_PER_SLOT);
    int[] dueInStep = new int[(int) (intervalNanos / stepNanos) + 1];
    for (Batch batch : waiting) {
      long step = Math.max(0, batch.dueAtNanos - nowNanos) / stepNanos;
      if (batch.failures == 0 && step < dueInStep.length) {
        dueInStep[(int) step]++;
      }
    }
    long slackSteps = slackNanos(batches) / stepNanos;
    long backlogSteps = 0;
    for (int due : dueInStep) {
      backlogSteps = Math.max(0, backlogSteps + (long) due * STEPS_PER_SLOT - 1);
      if (backlogSteps > STEPS_PER_SLOT - 1 + slackSteps) {
        return true;
      }
    }
    return false;
  }
}
