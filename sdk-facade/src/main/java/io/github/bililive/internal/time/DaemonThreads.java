package io.github.bililive.internal.time;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Named daemon threads that end when they have had nothing to do for a while. */
public final class DaemonThreads {
  /** How long an idle thread is kept, in seconds. */
  private static final long KEEP_ALIVE_SECONDS = 30;

  private DaemonThreads() {}

  /** Returns a pool of as many threads as there are tasks, named {@code name-1} and so on. */
  public static ThreadPoolExecutor pool(String name) {
    return unlimited(named(name), new ThreadPoolExecutor.AbortPolicy());
  }

  /**
   * Returns such a pool that runs also what it is given after it was shut down, on a thread of its
   * own: a last callback must not be lost.
   */
  public static ThreadPoolExecutor lasting(String name) {
    ThreadFactory threads = named(name);
    return unlimited(threads, (task, shutDown) -> threads.newThread(task).start());
  }

  private static ThreadPoolExecutor unlimited(
      ThreadFactory threads, RejectedExecutionHandler whenShutDown) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        KEEP_ALIVE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        threads,
        whenShutDown);
  }

  /** Returns a pool of a few threads with an unbounded queue, named {@code name-1} and so on. */
  public static ThreadPoolExecutor bounded(String name, int threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named(name));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      // OkHttp throws again what it has told a call's callback; on Android that would end the app.
      thread.setUncaughtExceptionHandler(
          (ended, thrown) ->
              CallbackErrors.warn(
                  "thread " + ended.getName() + " ended by " + thrown.getClass().getName()));
      return thread;
    };
  }
}
