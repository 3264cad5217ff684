package io.github.bililive.internal.http;

import java.util.concurrent.TimeUnit;

/**
 * What one answer says of the platform's time: its {@code Date}, and when on this machine's
 * monotonic clock it was asked for and came. Immutable.
 */
public final class TimeSample {
  /** {@code Date} names a second, not when in it. */
  private static final long GRANULARITY_MILLIS = 1_000;

  final long dateMillis;
  final long signedMillis;
  final long sentAtNanos;
  final long receivedAtNanos;

  /**
   * Creates the value.
   *
   * @param dateMillis the answer's {@code Date}, Unix time in milliseconds
   * @param signedMillis the time that the request was signed with, likewise
   * @param sentAtNanos when the request left, on the scheduler's clock
   * @param receivedAtNanos when the answer's head was here, likewise
   */
  TimeSample(long dateMillis, long signedMillis, long sentAtNanos, long receivedAtNanos) {
    this.dateMillis = dateMillis;
    this.signedMillis = signedMillis;
    this.sentAtNanos = sentAtNanos;
    this.receivedAtNanos = receivedAtNanos;
  }

  /**
   * The answer was stamped somewhere between the sending and the receiving, and its stamp is cut to
   * whole seconds: so much is sure, and no more.
   */
  TimeBounds bounds(long originNanos) {
    return new TimeBounds(
        dateMillis - millis(receivedAtNanos - originNanos),
        dateMillis + GRANULARITY_MILLIS - millis(sentAtNanos - originNanos));
  }

  long roundTripMillis() {
    return millis(receivedAtNanos - sentAtNanos);
  }

  /** How far the time that was signed lies outside of what the answer allows; 0 if it fits. */
  long signedAstrayMillis() {
    long early = dateMillis - GRANULARITY_MILLIS - roundTripMillis() - signedMillis;
    long late = signedMillis - (dateMillis + GRANULARITY_MILLIS);
    return Math.max(0, Math.max(early, late));
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
