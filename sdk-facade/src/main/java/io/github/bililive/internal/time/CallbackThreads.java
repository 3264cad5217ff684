package io.github.bililive.internal.time;

import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where callbacks run if the user gives no executor: up to {@link #MOST} daemon threads, so that a
 * listener that blocks does not silence other rooms. There are as many as are needed at once, and
 * each ends when it has had nothing to do for a while.
 */
public final class CallbackThreads implements Executor, Closeable {
  /** All but one may be blocked for good. */
  static final int MOST = 64;

  /** How long all threads may be held, without one coming free, before it is logged. */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How long after that it is logged again, if one came free meanwhile. */
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final ThreadPoolExecutor threads = DaemonThreads.lasting("bililive-callbacks");
  private final Scheduler scheduler;

  /** Tasks for which there is no thread. Guarded by itself, as all that follows. */
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

  /** Tasks that hold a thread. */
  private final List<Runnable> running = new ArrayList<>();

  /** Whether no task begins. */
  private boolean held;

  /** Tasks that have ended. */
  private long ended;

  /** Whether a look at the threads is to come. */
  private boolean watched;

  /** What {@link #ended} was when it was last logged that all are held. */
  private long toldAtEnded = -1;

  public CallbackThreads(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      if (held || running.size() == MOST) {
        waiting.add(task);
        return;
      }
      running.add(task);
      watch();
    }
    start(task);
  }

  private void start(Runnable task) {
    try {
      threads.execute(() -> work(task));
    } catch (Throwable e) { // There is no thread to start.
      synchronized (waiting) {
        running.remove(task);
      }
      throw e;
    }
  }

  private void work(Runnable first) {
    for (Runnable task = first; task != null; task = next(task)) {
      CallbackErrors.run(task);
    }
  }

  private @Nullable Runnable next(Runnable done) {
    synchronized (waiting) {
      running.remove(done);
      ended++;
      return nextRunning();
    }
  }

  private @Nullable Runnable nextRunning() {
    Runnable next = held || running.size() == MOST ? null : waiting.poll();
    if (next != null) {
      running.add(next);
      watch();
    }
    return next;
  }

  /**
   * Begins no task until {@link #release}: where one thread gives very many at once, each that
   * began would take the processor from it.
   */
  public void hold() {
    synchronized (waiting) {
      held = true;
    }
  }

  /** Begins what has been given since {@link #hold}. */
  public void release() {
    while (true) {
      Runnable task;
      synchronized (waiting) {
        held = false;
        task = nextRunning();
      }
      if (task == null) {
        return;
      }
      try {
        start(task);
      } catch (Throwable e) {
        synchronized (waiting) {
          waiting.addFirst(task); // For the threads that there are.
        }
        CallbackErrors.warn("callbacks have too few threads: no other can be started", e);
        return;
      }
    }
  }

  private void watch() {
    if (running.size() == MOST && !watched && ended != toldAtEnded) {
      watched = true;
      long seen = ended;
      scheduler.schedule(() -> look(seen), PATIENCE_NANOS);
    }
  }

  private void look(long seen) {
    String holders;
    int behind;
    synchronized (waiting) {
      if (ended != seen || running.size() < MOST) {
        lookAgain();
        return;
      }
      toldAtEnded = ended;
      holders = running.toString();
      behind = waiting.size();
    }
    scheduler.schedule(this::lookAgain, PAUSE_NANOS);
    CallbackErrors.warn(
        "all "
            + MOST
            + " callback threads have been held for a second, and "
            + behind
            + " others wait: let callbacks return sooner, or give a callbackExecutor; held by "
            + holders);
  }

  private void lookAgain() {
    synchronized (waiting) {
      watched = false;
      watch();
    }
  }

  /** Lets the threads end once they have nothing to do. What is given later still runs. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
