package io.github.bililive.internal.heartbeat;

/**
 * Learns how many ids the platform takes at once, where that is fewer than we think.
 *
 * <p>A refusal takes the limit back to what is known to be good, or halves it; from there it grows
 * once in an interval, to the middle between itself and what was refused, until the two meet. A
 * refusal of what was taken before is believed when it comes three times in a row, for one may be a
 * slip. When a limit has stood for a while, one id more is tried, and after twice that time if it
 * is refused: the platform may have changed its mind.
 *
 * <pre>
 *   200 refused → 100 taken → 150 refused → 125 … → 120, and after 16 intervals 121
 * </pre>
 */
final class BatchLimit {
  /** Intervals between a limit's being found and the first trial of one id more. */
  private static final int TRIAL_INTERVALS = 16;

  /** How many refusals in a row of what was taken before are believed. */
  private static final int DOUBTS = 3;

  /** The time between trials doubles up to here: from five minutes to a day and a half. */
  private static final int MAX_TRIAL_INTERVALS = TRIAL_INTERVALS << 9;

  private final int max;
  private final long intervalNanos;

  /** How many ids may go in one request. */
  private int limit;

  /** The largest batch that was taken since a refusal was last believed; 0 if none. */
  private int taken;

  /** The smallest batch that was refused and not taken since; {@link #max} + 1 if none. */
  private int refused;

  /** Refusals in a row of what was taken before. */
  private int doubts;

  /** When the limit last changed; of no meaning before it did. */
  private long changedAtNanos;

  /** How long a limit that was found is left alone, in intervals. */
  private int trialIntervals = TRIAL_INTERVALS;

  BatchLimit(int max, long intervalNanos) {
    this.max = max;
    this.intervalNanos = intervalNanos;
    limit = max;
    refused = max + 1;
  }

  int ids() {
    return limit;
  }

  /** The platform refused a batch for its size. */
  void refused(int size, long nowNanos) {
    doubts++;
    if (size <= 1 || (size <= taken && doubts < DOUBTS)) {
      return;
    }
    doubts = 0;
    if (size <= taken) {
      taken = 0;
    }
    if (limit >= refused) { // It was a trial; those in flight beside it find the limit lowered.
      trialIntervals = Math.min(2 * trialIntervals, MAX_TRIAL_INTERVALS);
    }
    refused = Math.min(refused, size);
    limit = Math.min(limit, taken > 0 ? taken : size / 2);
    changedAtNanos = nowNanos;
  }

  /** The platform took a batch. */
  void taken(int size, long nowNanos) {
    if (size >= taken) {
      taken = size;
      doubts = 0;
    }
    if (size >= refused) {
      refused = max + 1;
      trialIntervals = TRIAL_INTERVALS;
    }
    if (limit < max) {
      grow(nowNanos);
    }
  }

  private void grow(long nowNanos) {
    long unchangedNanos = nowNanos - changedAtNanos;
    if (limit < refused - 1 && unchangedNanos >= intervalNanos) {
      limit += (refused - limit) / 2;
      changedAtNanos = nowNanos;
    } else if (limit >= refused - 1 && unchangedNanos >= trialIntervals * intervalNanos) {
      // One id more; and if there was no batch so large, so that it says nothing, twice as many.
      limit = Math.min(max, limit + (limit - refused + 2));
      changedAtNanos = nowNanos;
    }
  }
}
