package io.github.bililive.internal.room;

import io.github.bililive.ConnectionHealth;
import io.github.bililive.internal.time.Scheduler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How many frames came to one room, and when the last. Written by the sockets' readers. */
public final class ReceivedFrames {
  private final Scheduler clock;
  private final AtomicLong count = new AtomicLong();

  /** Meaningless before a frame was counted. */
  private volatile long lastNanos;

  public ReceivedFrames(Scheduler clock) {
    this.clock = clock;
  }

  void add() {
    lastNanos = clock.nanoTime();
    count.incrementAndGet();
  }

  public long count() {
    return count.get();
  }

  public long ageMillis() {
    return count.get() == 0
        ? ConnectionHealth.NEVER
        : TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - lastNanos);
  }
}
