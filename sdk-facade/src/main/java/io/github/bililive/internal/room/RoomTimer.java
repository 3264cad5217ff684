package io.github.bililive.internal.room;

import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The one timer of a room: setting it cancels what it was set to before. Used on the scheduler's
 * thread alone.
 */
final class RoomTimer {
  /** What is done when the time is up. */
  interface Action {
    /** Runs, this much later than it should. */
    void run(long lateNanos);
  }

  private final Scheduler scheduler;

  /** Null if it is not set. */
  private @Nullable Alarm alarm;

  RoomTimer(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void set(long delayNanos, Action action) {
    cancel();
    alarm = new Alarm(delayNanos, action);
  }

  void cancel() {
    if (alarm != null) {
      alarm.timer.cancel();
      alarm = null;
    }
  }

  private final class Alarm {
    private final long dueAtNanos;
    private final Action action;
    final Cancellable timer;

    Alarm(long delayNanos, Action action) {
      this.action = action;
      dueAtNanos = scheduler.nanoTime() + delayNanos;
      timer = scheduler.schedule(this::ring, delayNanos);
    }

    /** A cancelled timer may ring all the same, if it was due already. */
    private void ring() {
      if (alarm == this) {
        alarm = null;
        action.run(scheduler.nanoTime() - dueAtNanos);
      }
    }
  }
}
