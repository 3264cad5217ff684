package io.github.bililive.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A lock whose holders can wait for a change. */
final class Monitor {
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  <T> T get(Supplier<T> reading) {
    lock.lock();
    try {
      return reading.get();
    } finally {
      lock.unlock();
    }
  }

  void change(Runnable writing) {
    lock.lock();
    try {
      writing.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  <T> T getAfterChange(Supplier<T> writing) {
    lock.lock();
    try {
      T result = writing.get();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a list has grown, or shrunk, to a size. */
  <T> List<T> await(Supplier<List<T>> reading, Wanted wanted, Duration timeout)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + timeout.toNanos();
    lock.lock();
    try {
      while (true) {
        List<T> now = reading.get();
        if (wanted.isMet(now.size())) {
          return now;
        }
        if (!changed.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          throw new TimeoutException(
              "waited %s for %s; there are %d".formatted(timeout, wanted.what, now.size()));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many are waited for. */
  record Wanted(int min, int max, String what) {
    static Wanted atLeast(int count, String what) {
      return new Wanted(count, Integer.MAX_VALUE, count + " " + what);
    }

    static Wanted none(String what) {
      return new Wanted(0, 0, "no " + what);
    }

    boolean isMet(int count) {
      return count >= min && count <= max;
    }
  }
}
