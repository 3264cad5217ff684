package io.github.bililive.internal.http;

import java.util.concurrent.TimeUnit;

/**
 * How many retries a whole client makes, so that a bad day of the platform is not made worse: a
 * bucket of tokens. A retry takes one; a call puts a tenth in, and so does a second of time. All
 * numbers are our choice.
 *
 * <p>Safe for use by several threads.
 */
final class RetryBudget {
  /** Retries that may be made at once when there were none for a while. */
  static final int BURST = 10;

  /** Parts that a token has: what a call puts in is one. */
  private static final long PARTS = 10;

  private static final long FULL = BURST * PARTS;
  private static final long NANOS_PER_PART = TimeUnit.SECONDS.toNanos(1);

  /** Guarded by this object's lock. */
  private long parts = FULL;

  /** Up to when {@link #parts} has what time puts in. Guarded by this object's lock. */
  private long filledAtNanos;

  RetryBudget(long nowNanos) {
    filledAtNanos = nowNanos;
  }

  synchronized void called(long nowNanos) {
    fill(nowNanos);
    parts = Math.min(FULL, parts + 1);
  }

  /** Takes a retry from the budget; false if it is used up. */
  synchronized boolean take(long nowNanos) {
    fill(nowNanos);
    if (parts < PARTS) {
      return false;
    }
    parts -= PARTS;
    return true;
  }

  /** Returns how many retries may be made now. */
  synchronized int left(long nowNanos) {
    fill(nowNanos);
    return (int) (parts / PARTS);
  }

  private void fill(long nowNanos) {
    long elapsed = Math.max(0, nowNanos - filledAtNanos) / NANOS_PER_PART;
    parts = Math.min(FULL, parts + Math.min(FULL, elapsed));
    filledAtNanos += elapsed * NANOS_PER_PART;
  }
}
