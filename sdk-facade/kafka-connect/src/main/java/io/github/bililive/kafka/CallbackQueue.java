package io.github.bililive.kafka;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Runs the SDK's callbacks on the thread that polls for records, and only while it polls. So when
 * Kafka is slow and nobody polls, no listener hears, the rooms' buffers fill, and their sockets are
 * not read any more: there is no other queue, and no thread that waits.
 *
 * <p>Of each room there is one task here at most, whatever it has to say.
 */
final class CallbackQueue implements Executor {
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Runs the next task. Returns false if none came in time. */
  boolean runNext(long timeoutMillis) throws InterruptedException {
    Runnable task = tasks.poll(timeoutMillis, TimeUnit.MILLISECONDS);
    if (task == null) {
      return false;
    }
    task.run();
    return true;
  }
}
