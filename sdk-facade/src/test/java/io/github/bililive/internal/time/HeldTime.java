package io.github.bililive.internal.time;

import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A scheduler whose tasks wait until the test runs them. Its clock stands still. A wait of 20 s or
 * more is the limit of a call, which these tests do not reach: it is not held.
 */
public final class HeldTime implements Scheduler {
  /** A task that waits. */
  public static final class Held {
    private final Runnable task;

    private Held(Runnable task) {
      this.task = task;
    }

    /** Runs it, as a scheduler does whose time has come. */
    public void run() {
      task.run();
    }
  }

  static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final LinkedBlockingQueue<Held> held = new LinkedBlockingQueue<>();

  @Override
  public long nanoTime() {
    return 0;
  }

  @Override
  public Cancellable schedule(Runnable task, long delayNanos) {
    if (delayNanos < LIMIT_NANOS) {
      held.add(new Held(task));
    }
    return () -> {};
  }

  @Override
  public void close() {}

  /** Waits for the next task to be scheduled and returns it. */
  public Held next() throws InterruptedException {
    return Objects.requireNonNull(held.poll(60, TimeUnit.SECONDS), "nothing was scheduled");
  }
}
