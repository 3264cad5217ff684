package io.github.bililive.internal.time;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Real time on one daemon thread, which starts with the first task. */
public final class SystemScheduler implements Scheduler {
  /** How long {@link #close} waits for a task that is just running; our own tasks take far less. */
  private static final long CLOSE_WAIT_MILLIS = 500;

  private final ScheduledThreadPoolExecutor executor;
  private final ThreadPoolExecutor elsewhere;
  private volatile @Nullable Thread thread;

  public SystemScheduler(String threadName) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread created = new Thread(task, threadName);
              created.setDaemon(true);
              thread = created;
              return created;
            });
    elsewhere = DaemonThreads.lasting(threadName + "-users-code");
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Cancellable schedule(Runnable task, long delayNanos) {
    try {
      Future<?> scheduled =
          executor.schedule(CallbackErrors.of(task), delayNanos, TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  @Override
  public boolean runElsewhere(Runnable task) {
    boolean isHere = Thread.currentThread() == thread;
    if (isHere) {
      elsewhere.execute(task);
    }
    return isHere;
  }

  @Override
  public void close() {
    executor.getQueue().clear(); // In one go: the next line would sort what it takes out.
    executor.shutdownNow();
    elsewhere.shutdown(); // What was given before still runs.
    if (Thread.currentThread() == thread) {
      return; // Closing from a task: the thread ends with it.
    }
    try {
      executor.awaitTermination(CLOSE_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the calling thread, which may block, wait for what tells nobody when it has come. */
  public static void pause(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }
}
