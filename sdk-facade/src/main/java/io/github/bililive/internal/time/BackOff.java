package io.github.bililive.internal.time;

import java.util.Random;

/**
 * Exponential back-off with jitter: the one formula behind every pause of the SDK. Immutable but
 * for the random numbers, so safe for use by several threads.
 */
public final class BackOff {
  /** Doubling stops here, before a shift could overflow; every cap is reached earlier. */
  private static final int MAX_DOUBLINGS = 20;

  private final Random random;
  private final long firstNanos;
  private final long capNanos;
  private final double floor;

  /** {@code floor} is the smallest part of the limit that a pause may be: 0 for full jitter. */
  public BackOff(Random random, long firstNanos, long capNanos, double floor) {
    this.random = random;
    this.firstNanos = firstNanos;
    this.capNanos = capNanos;
    this.floor = floor;
  }

  /** Returns the longest that a pause may be; the first has 0 doublings. */
  public long limitNanos(int doublings) {
    int shift = Math.min(doublings, MAX_DOUBLINGS);
    return firstNanos > capNanos >> shift ? capNanos : firstNanos << shift;
  }

  public long pauseNanos(int doublings) {
    return jittered(limitNanos(doublings));
  }

  /** Returns a time at random between the floor's part of a limit and all of it. */
  public long jittered(long limitNanos) {
    double part = floor + (1 - floor) * random.nextDouble();
    return (long) (part * limitNanos);
  }
}
