package io.github.bililive.sandbox;

/**
 * The sandbox's sense of time: wall time judges timestamps, monotonic time lets connections expire.
 *
 * <p>Implementations may be called from any thread.
 */
public interface SandboxClock {
  /**
   * Returns the wall time, against which {@code x-bili-timestamp} is checked.
   *
   * @return milliseconds since the Unix epoch
   */
  long wallMillis();

  /**
   * Returns the monotonic time, by which connections expire and requests are recorded.
   *
   * @return nanoseconds since an arbitrary moment; never less than before
   */
  long nanos();

  /**
   * Returns the clock of this machine.
   *
   * @return {@link System#currentTimeMillis} and {@link System#nanoTime}
   */
  static SandboxClock system() {
    return new SandboxClock() {
      @Override
      public long wallMillis() {
        return System.currentTimeMillis();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public String toString() {
        return "SandboxClock.system()";
      }
    };
  }
}
