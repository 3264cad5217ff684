package io.github.bililive.internal.heartbeat;

import java.util.concurrent.TimeUnit;

/**
 * How many ids may share a request. Each refusal of a batch as too large halves it; an hour after
 * the last halving it is back at the policy's limit.
 *
 * <p>It stops at {@value #FLOOR}, so that a platform that refuses without reason costs at most 20
 * times the requests; only if the platform refuses {@value #FLOOR} ids, too, it is halved further.
 */
final class BatchLimit {
  static final int FLOOR = 10;
  static final long HALVED_FOR_NANOS = TimeUnit.HOURS.toNanos(1);

  private final int max;
  private int ids;

  /** When it was last halved; of no meaning while it is at {@link #max}. */
  private long halvedAtNanos;

  BatchLimit(int max) {
    this.max = max;
    ids = max;
  }

  int ids() {
    return ids;
  }

  /**
   * The platform refused a batch of this size as too large. Returns whether the limit has changed;
   * it does not for batches sent before the last halving.
   */
  boolean refused(int size, long nowNanos) {
    boolean tellsNothing = size == 1 || size > ids || (ids <= FLOOR && size < ids);
    if (tellsNothing) {
      return false;
    }
    ids = ids > FLOOR ? Math.max(FLOOR, ids / 2) : ids / 2;
    halvedAtNanos = nowNanos;
    return true;
  }

  /** Returns to the policy's limit if it is time; returns whether the limit has changed. */
  boolean restore(long nowNanos) {
    if (ids == max || nowNanos - halvedAtNanos < HALVED_FOR_NANOS) {
      return false;
    }
    ids = max;
    return true;
  }
}
