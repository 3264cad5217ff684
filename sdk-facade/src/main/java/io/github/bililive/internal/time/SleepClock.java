package io.github.bililive.internal.time;

/**
 * A monotonic clock that runs on while the machine sleeps.
 *
 * <p>Not part of the SDK's API: it may change in any release.
 */
public interface SleepClock {
  /** Returns a time in nanoseconds that has no fixed origin. Any thread. */
  long nanoTime();
}
