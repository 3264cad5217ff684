package io.github.bililive.connection;

import io.github.bililive.internal.Scheduler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How many frames came to one room, and when the last. Written by the sockets' readers. */
final class ReceivedFrames {
  private final Scheduler clock;
  private final AtomicLong count = new AtomicLong();

  /** Meaningless before a frame was counted. */
  private volatile long lastNanos;

  ReceivedFrames(Scheduler clock) {
    this.clock = clock;
  }

  void add() {
    lastNanos = clock.nanoTime();
    count.incrementAndGet();
  }

  long count() {
    return count.get();
  }

  long ageMillis() {
    return count.get() == 0
        ? ConnectionHealth.NEVER
        : TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - lastNanos);
  }
}
