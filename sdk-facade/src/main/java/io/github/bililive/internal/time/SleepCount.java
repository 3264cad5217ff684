package io.github.bililive.internal.time;

import io.github.bililive.MonotonicClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long the machine has slept: by how much a clock of the user's has gained on the scheduler's,
 * which stands still then. Safe for use by several threads; no code of the user's under a lock.
 *
 * <p>The count only grows, so whatever the user's clock does, time goes on as fast as the
 * scheduler's at least: one that stands still, or throws, counts no sleep; one that goes backwards
 * is counted on from where it then is.
 */
final class SleepCount {
  /** A clock that loses more than this has been set back; less is the grain of its readings. */
  private static final long SET_BACK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final MonotonicClock clock;

  /** Written under this object's lock. */
  private volatile Lead lead;

  private final AtomicBoolean reported = new AtomicBoolean();

  /** Immutable. */
  private static final class Lead {
    /** What the user's clock was ahead of the scheduler's when it last counted. */
    final long nanos;

    final long sleptNanos;

    Lead(long nanos, long sleptNanos) {
      this.nanos = nanos;
      this.sleptNanos = sleptNanos;
    }
  }

  /** Begins to count; a clock that throws is refused. */
  SleepCount(MonotonicClock clock, Scheduler awake) {
    this.clock = clock;
    long now;
    try {
      now = clock.nanoTime();
    } catch (Throwable e) {
      throw new IllegalArgumentException(
          "the monotonic clock throws when it is asked; on Android give"
              + " SystemClock::elapsedRealtimeNanos",
          e);
    }
    lead = new Lead(now - awake.nanoTime(), 0);
  }

  /** Returns the scheduler's time with the sleep so far. */
  long nanoTime(Scheduler awake) {
    while (true) {
      Lead last = lead;
      long theirs;
      try {
        theirs = clock.nanoTime();
      } catch (Throwable e) {
        report(e);
        return awake.nanoTime() + last.sleptNanos;
      }
      // Asked last: a thread that is held up in between counts too little sleep, never too much.
      long ours = awake.nanoTime();
      long gained = theirs - ours - last.nanos;
      if (gained <= 0 && gained >= -SET_BACK_NANOS) {
        return ours + last.sleptNanos;
      }
      Lead next = new Lead(theirs - ours, last.sleptNanos + Math.max(0, gained));
      if (replace(last, next)) {
        return ours + next.sleptNanos;
      }
    }
  }

  /** Two threads must not count the same sleep. */
  private synchronized boolean replace(Lead last, Lead next) {
    boolean isStill = lead == last;
    if (isStill) {
      lead = next;
    }
    return isStill;
  }

  private void report(Throwable e) {
    if (reported.compareAndSet(false, true)) {
      CallbackErrors.warn("the monotonic clock threw; meanwhile sleep is not counted", e);
    }
  }
}
