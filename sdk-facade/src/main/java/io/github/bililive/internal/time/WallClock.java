package io.github.bililive.internal.time;

/** The time of day, for timestamps only: it may jump. Whatever waits asks the {@link Scheduler}. */
public interface WallClock {
  WallClock SYSTEM = System::currentTimeMillis;

  /** Returns Unix time in milliseconds. Any thread. */
  long currentTimeMillis();
}
