package io.github.bililive.internal.time;

/** A moment by which something must be over, on the scheduler's clock. Immutable. */
public final class Deadline {
  private final Scheduler clock;
  private final long atNanos;

  private Deadline(Scheduler clock, long atNanos) {
    this.clock = clock;
    this.atNanos = atNanos;
  }

  public static Deadline in(long nanos, Scheduler clock) {
    return new Deadline(clock, clock.nanoTime() + nanos);
  }

  /** Returns what is left, in nanoseconds; zero or less once it is over. */
  public long leftNanos() {
    return atNanos - clock.nanoTime();
  }
}
