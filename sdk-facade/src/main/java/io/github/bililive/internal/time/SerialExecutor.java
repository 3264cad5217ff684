package io.github.bililive.internal.time;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Runs tasks one at a time and in order, on threads of another executor. No lock is held while one
 * runs, and one that throws does not stop those after it.
 */
public final class SerialExecutor implements Executor {
  private final Executor delegate;

  /** Guarded by itself. */
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

  /** Whether {@link #drain} is running or handed over to be. Guarded by {@link #waiting}. */
  private boolean draining;

  /** Whether {@link #close} was called. Guarded by {@link #waiting}. */
  private boolean closed;

  /** Creates an executor on the threads of {@code delegate}, which is never shut down by it. */
  public SerialExecutor(Executor delegate) {
    this.delegate = delegate;
  }

  /** Runs a task after all that were given before it. Drops it once closed. Any thread. */
  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      if (closed) {
        return;
      }
      waiting.add(task);
      if (draining) {
        return;
      }
      draining = true;
    }
    try {
      delegate.execute(this::drain);
    } catch (Throwable e) { // It refuses, or has no thread to start.
      synchronized (waiting) {
        waiting.clear();
        draining = false;
      }
      CallbackErrors.warn("the callback executor refused a callback; it is not delivered", e);
    }
  }

  /** Drops what has not begun; nothing begins any more. Does not wait for what is running. */
  public void close() {
    synchronized (waiting) {
      closed = true;
      waiting.clear();
    }
  }

  private void drain() {
    while (true) {
      Runnable next;
      synchronized (waiting) {
        next = waiting.poll();
        if (next == null) {
          draining = false;
          return;
        }
      }
      try {
        next.run();
      } catch (Throwable e) {
        CallbackErrors.report(e);
      }
    }
  }
}
