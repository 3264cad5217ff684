package io.github.bililive.internal.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A scheduler on which every wait is over at once: its clock moves on by as much. */
public final class InstantTime implements Scheduler {
  private final List<Duration> waits = new ArrayList<>();
  private long nowNanos = 1L << 40;

  @Override
  public synchronized long nanoTime() {
    return nowNanos;
  }

  @Override
  public Cancellable schedule(Runnable task, long delayNanos) {
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
