package io.github.bililive.internal.time;

/** The time of day, for timestamps only: it may jump. Whatever waits asks the {@link Scheduler}. */
public interface WallClock {
  /** The machine's clock. */
  WallClock SYSTEM = System::currentTimeMillis;

  /** Returns Unix time in milliseconds. Any thread. */
  long currentTimeMillis();
}
