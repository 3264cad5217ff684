package io.github.bililive.internal.room;

import io.github.bililive.internal.time.Scheduler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts the frames of one room, and knows when the last came. Written by the sockets' readers. */
final class ReceivedFrames {
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

  /** Returns how long ago the last one came, in milliseconds; null before the first. */
  public @Nullable Long ageMillis() {
    return count.get() == 0
        ? null
        : (Long) TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - lastNanos);
  }
}
