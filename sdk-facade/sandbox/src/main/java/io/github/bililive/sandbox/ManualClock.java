package io.github.bililive.sandbox;

import java.time.Duration;

/**
 * A clock that stands still until a test moves it. Monotonic time starts at 0.
 *
 * <p>Safe for use from any thread.
 */
public final class ManualClock implements SandboxClock {
  private long wallMillis;
  private long nanos;

  private ManualClock(long wallMillis) {
    this.wallMillis = wallMillis;
  }

  /**
   * Returns a clock that stands at a wall time.
   *
   * @param wallMillis milliseconds since the Unix epoch
   * @return the clock
   */
  public static ManualClock startingAt(long wallMillis) {
    return new ManualClock(wallMillis);
  }

  /**
   * Lets time pass: wall time and monotonic time move together.
   *
   * @param duration how much; not negative
   * @throws IllegalArgumentException if the duration is negative
   */
  public synchronized void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "time does not run backwards (" + duration + "); shiftWall moves the wall clock alone");
    }
    nanos += duration.toNanos();
    wallMillis += duration.toMillis();
  }

  /**
   * Sets the wall clock forward or back without time passing, as an administrator or NTP would.
   *
   * @param duration how far; negative is back
   */
  public synchronized void shiftWall(Duration duration) {
    wallMillis += duration.toMillis();
  }

  @Override
  public synchronized long wallMillis() {
    return wallMillis;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized String toString() {
    return "ManualClock[wallMillis=" + wallMillis + ", nanos=" + nanos + "]";
  }
}
