package io.github.bililive.internal.room;

import java.util.concurrent.TimeUnit;

/**
 * How many attempts to come back a whole client makes, so that an outage that hits all its rooms is
 * not followed by a storm: some at once, then one after the other.
 *
 * <p>First attempts of a connection are not counted: they are as many as the user asked for. Safe
 * for use by several threads.
 */
final class AttemptBudget {
  /** Attempts that may begin at once when there were none for a while. */
  static final int BURST = 10;

  /** The time between attempts after that: 20 in a second. */
  static final long SPACING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** When the budget is whole again. Guarded by this object's lock. */
  private long wholeAtNanos;

  AttemptBudget(long nowNanos) {
    wholeAtNanos = nowNanos;
  }

  /** Books an attempt. Returns how long it must still wait, in nanoseconds; 0 if it may begin. */
  synchronized long book(long nowNanos) {
    if (wholeAtNanos - nowNanos < 0) {
      wholeAtNanos = nowNanos;
    }
    long waitNanos = wholeAtNanos - nowNanos - (BURST - 1) * SPACING_NANOS;
    wholeAtNanos += SPACING_NANOS;
    return Math.max(0, waitNanos);
  }

  /** Returns how many attempts are booked and have to wait. */
  synchronized int queued(long nowNanos) {
    long aheadNanos = wholeAtNanos - nowNanos - BURST * SPACING_NANOS;
    return (int) Math.max(0, (aheadNanos + SPACING_NANOS - 1) / SPACING_NANOS);
  }

  /** Returns how many attempts may begin in a second. */
  double perSecond() {
    return (double) TimeUnit.SECONDS.toNanos(1) / SPACING_NANOS;
  }
}
