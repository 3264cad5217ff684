package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatListener;
import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.internal.time.SystemScheduler;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what it costs to keep many ids alive, with a transport that answers at once: the heap
 * for each id beyond its own string, processor time and garbage of the scheduler's thread in each
 * interval, and how fast ids join from several threads. The first argument is how many ids, 100000
 * by default; the second how many intervals of 20 s are measured, 3 by default.
 */
public final class HeartbeatsMeasurement {
  private static final int JOINS = 1_000_000;
  private static final int JOINING_THREADS = 4;
  private static final int JOIN_ROUNDS = 4;

  /** Beats often, so that what is measured has been compiled as it is after an hour of beating. */
  private static final HeartbeatPolicy WARMING_UP =
      HeartbeatPolicy.builder().interval(1, TimeUnit.SECONDS).build();

  private static final HeartbeatListener DEAF = (connId, state, cause) -> {};

  private final com.sun.management.ThreadMXBean threads =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final SystemScheduler scheduler = new SystemScheduler("measured-scheduler");
  private final Heartbeats heartbeats;

  private HeartbeatsMeasurement(HeartbeatPolicy policy) {
    heartbeats =
        new Heartbeats(
            (connIds, timeoutNanos, callback) -> {
              callback.onSuccess(Set.of());
              return () -> {};
            },
            scheduler,
            Runnable::run,
            policy,
            new Random(),
            HeartbeatEvents.NONE);
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    int ids = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    int intervals = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    for (int round = 1; round <= JOIN_ROUNDS; round++) { // The first ones warm up.
      new HeartbeatsMeasurement(HeartbeatPolicy.DEFAULT).joins(round);
    }
    new HeartbeatsMeasurement(WARMING_UP).warmUp(ids);
    new HeartbeatsMeasurement(HeartbeatPolicy.DEFAULT).kept(ids, intervals);
    System.exit(0);
  }

  /**
   * What any keeper of these ids has to do, and nothing else: for each batch a list of its ids, and
   * a time for each id. One batch at a time, with pauses in between, as they come in an interval.
   */
  private static double bareLoopMillis(
      HeartbeatHandle[] held, com.sun.management.ThreadMXBean threads) {
    long cpu = threads.getCurrentThreadCpuTime();
    int batches = (held.length + 199) / 200;
    for (int batch = 0; batch < batches; batch++) {
      List<String> connIds = new ArrayList<>(200);
      int end = Math.min(held.length, 200 * (batch + 1));
      for (int i = 200 * batch; i < end; i++) {
        connIds.add(held[i].getConnId());
      }
      if (connIds.isEmpty()) {
        throw new IllegalStateException("an empty batch");
      }
      long nowNanos = System.nanoTime();
      for (int i = 200 * batch; i < end; i++) {
        held[i].acknowledgement.atNanos = nowNanos;
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(20) / batches);
    }
    return (threads.getCurrentThreadCpuTime() - cpu) / 1e6;
  }

  private static void print(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format + "%n", arguments);
  }

  private void joins(int round) throws InterruptedException {
    String[] connIds = connIds(JOINS);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(JOINING_THREADS);
    for (int thread = 0; thread < JOINING_THREADS; thread++) {
      int first = thread;
      new Thread(
              () -> {
                await(go);
                for (int i = first; i < JOINS; i += JOINING_THREADS) {
                  heartbeats.register(connIds[i], DEAF);
                }
                done.countDown();
              })
          .start();
    }
    long beganAtNanos = System.nanoTime();
    go.countDown();
    done.await();
    double seconds = (System.nanoTime() - beganAtNanos) / 1e9;
    int kept = heartbeats.snapshot().getIds().values().stream().mapToInt(Integer::intValue).sum();
    print(
        "joins from %d threads, round %d: %,.0f a second, %d of %d kept",
        JOINING_THREADS, round, JOINS / seconds, kept, JOINS);
    heartbeats.close();
    scheduler.close();
    System.gc(); // What a round leaves behind is not the next one's to clear away.
  }

  private void warmUp(int count) throws InterruptedException {
    for (String connId : connIds(count)) {
      heartbeats.register(connId, DEAF);
    }
    waitSeconds(20);
    heartbeats.close();
    scheduler.close();
  }

  private void kept(int count, int intervals) throws InterruptedException {
    String[] connIds = connIds(count);
    HeartbeatHandle[] held = new HeartbeatHandle[count];
    long before = heapBytes();
    for (int i = 0; i < count; i++) {
      held[i] = heartbeats.register(connIds[i], DEAF);
    }
    waitSeconds(40); // Twice around: all are acknowledged, and spread.
    print(
        "ids: %d, heap for each beyond its string: %.0f B",
        count, (double) (heapBytes() - before) / count);
    print("%s", heartbeats.snapshot());
    long thread = schedulersThread();
    for (int i = 0; i < intervals; i++) {
      long cpu = threads.getThreadCpuTime(thread);
      long allocated = threads.getThreadAllocatedBytes(thread);
      long attempts = heartbeats.snapshot().getAttempts();
      waitSeconds(20);
      print(
          "interval %d: processor time %.1f ms, garbage %,d KB, %d requests",
          i + 1,
          (threads.getThreadCpuTime(thread) - cpu) / 1e6,
          (threads.getThreadAllocatedBytes(thread) - allocated) / 1024,
          heartbeats.snapshot().getAttempts() - attempts);
    }
    print("%s", heartbeats.snapshot());
    heartbeats.close();
    print(
        "a bare loop over as many batches: processor time %.1f ms", bareLoopMillis(held, threads));
    print("%s", held[count - 1]); // So that the handles are held till here.
  }

  private static String[] connIds(int count) {
    String[] connIds = new String[count];
    for (int i = 0; i < count; i++) {
      connIds[i] = String.format("%08x-0000-4000-8000-%012x", i, i);
      connIds[i].hashCode(); // A string keeps its hash.
    }
    return connIds;
  }

  private long schedulersThread() {
    for (long id : threads.getAllThreadIds()) {
      if (threads.getThreadInfo(id).getThreadName().equals("measured-scheduler")) {
        return id;
      }
    }
    throw new IllegalStateException("there is no scheduler's thread");
  }

  private static long heapBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void waitSeconds(int seconds) throws InterruptedException {
    new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
