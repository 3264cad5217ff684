package io.github.bililive.internal.heartbeat;

import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.SystemScheduler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Real time, for what real threads do; it can be waited on without sleeping. */
final class SystemTime implements Scheduler, AutoCloseable {
  private final Scheduler scheduler = new SystemScheduler("test-scheduler");

  @Override
  public long nanoTime() {
    return scheduler.nanoTime();
  }

  @Override
  public Cancellable schedule(Runnable task, long delayNanos) {
    return scheduler.schedule(task, delayNanos);
  }

  @Override
  public void close() {
    scheduler.close();
  }

  /** Waits until something is so, looking every few milliseconds; for some minutes at most. */
  void await(BooleanSupplier condition) throws InterruptedException {
    CountDownLatch fulfilled = new CountDownLatch(1);
    look(condition, fulfilled);
    if (!fulfilled.await(3, TimeUnit.MINUTES)) {
      throw new AssertionError("it has not come about within 3 minutes");
    }
  }

  private void look(BooleanSupplier condition, CountDownLatch fulfilled) {
    if (condition.getAsBoolean()) {
      fulfilled.countDown();
    } else {
      scheduler.schedule(() -> look(condition, fulfilled), TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
