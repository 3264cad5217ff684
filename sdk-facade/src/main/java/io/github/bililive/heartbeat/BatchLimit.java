package io.github.bililive.heartbeat;

/**
 * Learns how many ids the platform takes at once, where that is fewer than we think.
 *
 * <p>A refusal halves the limit, or takes it back to what is known to be good; from there it grows
 * to the middle between what was taken and what was refused, once in an interval, until the two
 * meet. A refusal of what was taken before is believed when it comes twice in a row, for a single
 * one may be a slip. A limit that is found is tried by one id more now and then, at twice the time
 * after each refusal: the platform may have changed its mind.
 *
 * <pre>
 *   200 refused → 100 taken → 150 refused → 125 … → 120, and after 16 intervals 121
 * </pre>
 */
final class BatchLimit {
  /** Intervals between a limit's being found and the first trial of one id more. */
  private static final int TRIAL_INTERVALS = 16;

  private final int max;
  private final long intervalNanos;

  /** How many ids may go in one request. */
  private int limit;

  /** The largest batch that was taken since a refusal was last believed; 0 if none. */
  private int taken;

  /** The largest batch that has not been refused; at most {@link #max}. */
  private int ceiling;

  /** Refusals in a row of what was taken before. */
  private int doubts;

  /** Whether the limit is one above the one that was found. */
  private boolean trial;

  /** When {@link #limit} or {@link #ceiling} last changed; of no meaning before they did. */
  private long changedAtNanos;

  /** How long a limit that was found is left alone. */
  private long trialAfterNanos;

  BatchLimit(int max, long intervalNanos) {
    this.max = max;
    this.intervalNanos = intervalNanos;
    limit = max;
    ceiling = max;
    trialAfterNanos = intervalNanos * TRIAL_INTERVALS;
  }

  int ids() {
    return limit;
  }

  /** The platform refused a batch for its size. */
  void refused(int size, long nowNanos) {
    doubts++;
    if (size <= 1 || (size <= taken && doubts < 2)) {
      return;
    }
    doubts = 0;
    if (size <= taken) {
      taken = 0;
    }
    if (trial && size == limit) {
      trialAfterNanos *= 2;
    }
    trial = false;
    ceiling = Math.min(ceiling, size - 1);
    limit = Math.min(limit, taken > 0 ? taken : size / 2);
    changedAtNanos = nowNanos;
  }

  /** The platform took a batch. */
  void taken(int size, long nowNanos) {
    if (size >= taken) {
      taken = size;
      doubts = 0;
    }
    if (size > ceiling) {
      ceiling = max;
    }
    if (size < limit || limit == max) {
      return;
    }
    if (trial) {
      trial = false;
      ceiling = max;
      trialAfterNanos = intervalNanos * TRIAL_INTERVALS;
    }
    grow(nowNanos);
  }

  private void grow(long nowNanos) {
    long unchangedNanos = nowNanos - changedAtNanos;
    if (limit < ceiling && unchangedNanos >= intervalNanos) {
      limit += (ceiling - limit + 1) / 2;
      changedAtNanos = nowNanos;
    } else if (limit == ceiling && unchangedNanos >= trialAfterNanos) {
      trial = true;
      limit++;
      ceiling = limit;
      changedAtNanos = nowNanos;
    }
  }
}
