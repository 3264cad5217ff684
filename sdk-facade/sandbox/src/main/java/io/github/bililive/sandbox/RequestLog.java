package io.github.bililive.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What was seen. Keeps the newest up to a limit. Safe for use from any thread. */
final class RequestLog {
  private final int limit;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** By number, the oldest first. Guarded by the lock. */
  private final Map<Long, SeenRequest> seen = new LinkedHashMap<>();

  /** How many were ever seen. Guarded by the lock. */
  private long total;

  RequestLog(int limit) {
    this.limit = limit;
  }

  void add(SeenRequest request) {
    lock.lock();
    try {
      seen.put(request.arrival().number(), request);
      if (seen.size() > limit) {
        seen.remove(seen.keySet().iterator().next());
      }
      total++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Says more about a request that was added. */
  void update(SeenRequest request) {
    lock.lock();
    try {
      seen.replace(request.arrival().number(), request);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  List<SeenRequest> matching(Predicate<? super SeenRequest> predicate) {
    List<SeenRequest> all;
    lock.lock();
    try {
      all = new ArrayList<>(seen.values());
    } finally {
      lock.unlock();
    }
    return all.stream().filter(predicate).toList();
  }

  long total() {
    lock.lock();
    try {
      return total;
    } finally {
      lock.unlock();
    }
  }

  List<SeenRequest> await(int count, Predicate<? super SeenRequest> predicate, Duration timeout)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + timeout.toNanos();
    lock.lock();
    try {
      while (true) {
        List<SeenRequest> matching = matching(predicate);
        if (matching.size() >= count) {
          return matching;
        }
        if (!changed.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          throw new TimeoutException(
              "waited %s for %d requests; %d came, of %d in all"
                  .formatted(timeout, count, matching.size(), total));
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
