package io.github.bililive.internal.room;

import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Scheduler;
import org.jspecify.annotations.Nullable;

/** The one timer of a room, which ends its state in time. Owned by a {@link ConnectionMachine}. */
final class RoomTimer {
  /** What is done when it rings. */
  interface Ring {
    /** {@code lateNanos} is much if the machine slept. */
    void ring(long lateNanos);
  }

  private final Scheduler scheduler;

  /** Null if it is not set. */
  private @Nullable Cancellable timer;

  /** When it rings, or rang last. */
  private volatile long dueAtNanos;

  RoomTimer(Scheduler scheduler) {
    this.scheduler = scheduler;
    dueAtNanos = scheduler.nanoTime();
  }

  /** Sets it in place of what it was set for. */
  void set(long delayNanos, Ring ring) {
    cancel();
    long atNanos = scheduler.nanoTime() + delayNanos;
    dueAtNanos = atNanos;
    timer = scheduler.schedule(() -> ring.ring(scheduler.nanoTime() - atNanos), delayNanos);
  }

  /** Returns how long it still takes, in nanoseconds. Any thread. */
  long leftNanos() {
    return Math.max(0, dueAtNanos - scheduler.nanoTime());
  }

  void cancel() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
