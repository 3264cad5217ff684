package io.github.bililive.internal.time;

/**
 * The seam through which everything waits: a monotonic clock, and one thread that runs tasks in
 * turn. Tests put hand-moved time in its place.
 */
public interface Scheduler {
  /** Returns a time in nanoseconds that never jumps and has no fixed origin. Any thread. */
  long nanoTime();

  /**
   * Runs a task on the scheduler's thread, after all that were due before it. Does nothing once the
   * scheduler is closed. Any thread.
   *
   * @param delayNanos how long to wait, in nanoseconds; zero or less is as soon as possible
   * @return a handle that takes the task back if it has not begun
   */
  Cancellable schedule(Runnable task, long delayNanos);

  /**
   * Runs a task on a thread where it may block, if this is the scheduler's: on that one a user's
   * code would hold up all heartbeats. Does nothing on another thread, and returns false.
   */
  default boolean runElsewhere(Runnable task) {
    return false;
  }

  /** Drops what has not begun and ends the thread. Idempotent. Any thread. */
  void close();
}
