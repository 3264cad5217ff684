package io.github.bililive.internal.time;

import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;

/**
 * A scheduler on a clock that the test moves by hand. Tasks run on the test's thread, inside {@link
 * #advance}, each at exactly the time it was scheduled for.
 */
public final class VirtualTime implements Scheduler {
  private record Task(long atNanos, long sequence, Runnable action) {}

  /** The clock begins close to the point where {@code long} overflows, as nanoTime may. */
  private static final long START = Long.MAX_VALUE - Duration.ofSeconds(90).toNanos();

  private final TreeSet<Task> tasks =
      new TreeSet<>(
          Comparator.comparingLong((Task task) -> task.atNanos - START)
              .thenComparingLong(Task::sequence));

  private long nowNanos = START;
  private long sequence;
  private boolean closed;

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  @Override
  public Cancellable schedule(Runnable task, long delayNanos) {
    if (closed) {
      return () -> {};
    }
    Task scheduled = new Task(nowNanos + Math.max(0, delayNanos), sequence++, task);
    tasks.add(scheduled);
    return () -> tasks.remove(scheduled);
  }

  @Override
  public void close() {
    closed = true;
    tasks.clear();
  }

  /** Returns how long this clock has run. */
  public Duration elapsed() {
    return Duration.ofNanos(nowNanos - START);
  }

  /** Runs what is due now. */
  public void runDue() {
    advance(Duration.ZERO);
  }

  /** Moves the clock, running each task on the way at its own time. */
  public void advance(Duration duration) {
    long endNanos = nowNanos + duration.toNanos();
    while (!tasks.isEmpty() && tasks.first().atNanos - endNanos <= 0) {
      Task task = tasks.pollFirst();
      nowNanos = task.atNanos - nowNanos > 0 ? task.atNanos : nowNanos;
      task.action.run();
    }
    nowNanos = endNanos;
  }

  /** Moves the clock without running anything: the machine sleeps. What was due runs late. */
  public void sleep(Duration duration) {
    nowNanos += duration.toNanos();
  }

  /** Returns how many tasks wait. */
  public int pending() {
    return tasks.size();
  }
}
