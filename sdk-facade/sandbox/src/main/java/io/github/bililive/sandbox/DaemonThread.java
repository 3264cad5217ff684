package io.github.bililive.sandbox;

import java.util.concurrent.ThreadFactory;

/** Makes named threads that keep no program alive. */
final class DaemonThread {
  private DaemonThread() {}

  static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
