package io.github.bililive.internal.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A scheduler on which every pause is over at once: its clock moves on by as much. A wait of 20 s
 * or more is no pause but the limit of a call, and never over.
 */
public final class InstantTime implements Scheduler {
  private final List<Duration> waits = new ArrayList<>();
  private long nowNanos = 1L << 40;

  @Override
  public synchronized long nanoTime() {
    return nowNanos;
  }

  @Override
  public Cancellable schedule(Runnable task, long delayNanos) {
    if (delayNanos >= HeldTime.LIMIT_NANOS) {
      return () -> {};
    }
    synchronized (this) {
      nowNanos += delayNanos;
      waits.add(Duration.ofNanos(delayNanos));
    }
    task.run();
    return () -> {};
  }

  @Override
  public void close() {}

  /** Lets time pass. */
  public synchronized void advance(Duration duration) {
    nowNanos += duration.toNanos();
  }

  /** Returns the waits so far, in order. */
  public synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }
}
