package io.github.bililive.internal.time;

import io.github.bililive.MonotonicClock;
import java.util.Iterator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler whose time goes on while the machine sleeps, on top of one whose time stands still
 * then: a timer that came due in a sleep rings soon after it.
 *
 * <p>The thread below cannot wait by the user's clock. So it looks at that clock again and again
 * while anything is pending: once a second for what is due within a minute, as heartbeats always
 * are, since an id lives for 30 s and a second is a small part of that; for what is due later, each
 * time that a sixtieth of the wait has passed. With nothing pending it does not wake.
 */
public final class SleepAwareScheduler implements Scheduler {
  /** The shortest pause between two looks, unless something is due before. */
  static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How many looks are taken in a long wait, if there is no sleep in it. */
  private static final int LOOKS = 60;

  private final Scheduler awake;
  private final SleepCount sleep;

  /** What is pending, the first due first. Guarded by itself, as all that follows. */
  private final TreeSet<Timer> timers = new TreeSet<>();

  private long sequence;

  /** The next look; null if none is to come. */
  private @Nullable Cancellable look;

  /** When it is, by the clock below. */
  private long lookAtNanos;

  private boolean closed;

  /** Creates a scheduler on the thread of another, which it closes with itself. */
  public SleepAwareScheduler(Scheduler awake, MonotonicClock clock) {
    this.awake = awake;
    sleep = new SleepCount(clock, awake);
  }

  @Override
  public long nanoTime() {
    return sleep.nanoTime(awake);
  }

  @Override
  public Cancellable schedule(Runnable task, long delayNanos) {
    long nowNanos = nanoTime();
    Timer timer;
    synchronized (timers) {
      if (closed) {
        return () -> {};
      }
      timer = new Timer(task, nowNanos + Math.max(0, delayNanos), sequence++);
      timers.add(timer);
      lookInTime(nowNanos);
    }
    return () -> cancel(timer);
  }

  @Override
  public boolean runElsewhere(Runnable task) {
    return awake.runElsewhere(task);
  }

  /** The look that was for it may come in vain; that costs less than to take it back each time. */
  private void cancel(Timer timer) {
    synchronized (timers) {
      timers.remove(timer);
    }
  }

  private void lookInTime(long nowNanos) {
    Iterator<Timer> first = timers.iterator();
    if (closed || !first.hasNext()) {
      return;
    }
    long leftNanos = Math.max(0, first.next().dueAtNanos - nowNanos);
    long waitNanos = Math.min(leftNanos, Math.max(LOOK_NANOS, leftNanos / LOOKS));
    long atNanos = awake.nanoTime() + waitNanos;
    if (look != null) {
      if (lookAtNanos - atNanos <= 0) {
        return;
      }
      look.cancel();
    }
    lookAtNanos = atNanos;
    look = awake.schedule(this::look, waitNanos);
  }

  private void look() {
    synchronized (timers) {
      look = null;
    }
    try {
      for (Timer due = nextDue(); due != null; due = nextDue()) {
        CallbackErrors.run(due.task);
      }
    } finally { // Also after an error of the virtual machine's.
      long nowNanos = nanoTime();
      synchronized (timers) {
        lookInTime(nowNanos);
      }
    }
  }

  private @Nullable Timer nextDue() {
    long nowNanos = nanoTime();
    synchronized (timers) {
      Iterator<Timer> first = timers.iterator();
      if (!first.hasNext()) {
        return null;
      }
      Timer timer = first.next();
      if (timer.dueAtNanos - nowNanos > 0) {
        return null;
      }
      first.remove();
      return timer;
    }
  }

  @Override
  public void close() {
    synchronized (timers) {
      closed = true;
      timers.clear();
    }
    awake.close();
  }

  /** Something to be done at a time. Immutable. */
  private static final class Timer implements Comparable<Timer> {
    final Runnable task;
    final long dueAtNanos;
    private final long sequence;

    Timer(Runnable task, long dueAtNanos, long sequence) {
      this.task = task;
      this.dueAtNanos = dueAtNanos;
      this.sequence = sequence;
    }

    @Override
    public int compareTo(Timer other) {
      return dueAtNanos == other.dueAtNanos
          ? Long.signum(sequence - other.sequence)
          : Long.signum(dueAtNanos - other.dueAtNanos);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
