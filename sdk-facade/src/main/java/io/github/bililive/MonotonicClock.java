package io.github.bililive;

/**
 * A clock that never jumps, for a client that must notice how long the machine slept. Java's own,
 * {@link System#nanoTime}, stands still in the deep sleep of an Android device. One that does not
 * is {@code SystemClock::elapsedRealtimeNanos}.
 */
public interface MonotonicClock {
  /**
   * Returns nanoseconds since some moment of no meaning, sleep counted. Called by several threads,
   * often; it must not block.
   */
  long nanoTime();
}
