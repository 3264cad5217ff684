package io.github.bililive.internal.room;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Threads of the user's for sockets' readers, which may throw although they have taken a task. Then
 * it does not run: OkHttp fails the call, and could not bear that it is made as well.
 */
public final class SocketThreads extends AbstractExecutorService {
  private final ExecutorService users;

  public SocketThreads(ExecutorService users) {
    this.users = users;
  }

  @Override
  public void execute(Runnable task) {
    AtomicBoolean isDecided = new AtomicBoolean();
    try {
      users.execute(
          () -> {
            if (isDecided.compareAndSet(false, true)) {
              task.run();
            }
          });
    } catch (Throwable e) {
      if (isDecided.compareAndSet(false, true)) {
        throw e;
      }
    }
  }

  @Override
  public void shutdown() {
    users.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return users.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return users.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return users.isTerminated();
  }

  @Override
  public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
    return users.awaitTermination(time, unit);
  }
}
