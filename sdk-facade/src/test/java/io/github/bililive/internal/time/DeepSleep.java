package io.github.bililive.internal.time;

import java.time.Duration;

/**
 * A machine whose own time stands still while it sleeps, as an Android device's does, and a
 * scheduler that is handed a clock which runs on. Moved by hand.
 */
public final class DeepSleep {
  /** The time that stands still. */
  public final VirtualTime awake = new VirtualTime();

  /** What is tested. */
  public final SleepAwareScheduler scheduler;

  private long sleptNanos;

  public DeepSleep() {
    scheduler = new SleepAwareScheduler(awake, () -> awake.nanoTime() + sleptNanos);
  }

  /** The machine sleeps, and is just awake again: nothing has run. */
  public void sleep(Duration duration) {
    sleptNanos += duration.toNanos();
  }
}
