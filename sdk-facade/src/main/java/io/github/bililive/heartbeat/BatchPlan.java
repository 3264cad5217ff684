package io.github.bililive.heartbeat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Decides which ids are kept alive when, and knows nothing else: no thread, no network, no clock of
 * its own. One thread steps it.
 *
 * <pre>
 *   join ──▶ filling ──┐                        ┌── acknowledged: due again one interval after
 *                      ▼                        │   the request began; dead ids are dropped
 *    queue ──▶ due, most urgent ──▶ in flight ──┤
 *                      ▲                        └── failed: due again after a short pause
 *                      └────────────────────────────┘
 * </pre>
 *
 * <ul>
 *   <li>The batch is what is scheduled, not the id: an id is in one batch, and a batch has one
 *       request under way at most, so an id has, too.
 *   <li>A batch is due one interval after its last acknowledged request <em>began</em>, so the time
 *       that answers take does not add up.
 *   <li>New ids gather in one batch that is due {@link HeartbeatTiming#firstDelayNanos} after the
 *       first of them.
 *   <li>When there are more batches than the ids need, a batch that is due takes ids from the one
 *       due next, until it is full: those ids go early, never late, and batches become few.
 *   <li>{@link Pace} bounds how many requests begin in one second. When more are due, as after an
 *       outage, the batch goes first that dies first, and those that are past saving go last.
 * </ul>
 */
final class BatchPlan {
  /** Android 21 has no constructor without it. */
  private static final int INITIAL_CAPACITY = 11;

  private final HeartbeatTiming timing;
  private final RetryPause pause;
  private final Pace pace;

  /** Batches that are not due, the one due first at the head. An empty one goes when due. */
  private final PriorityQueue<Batch> queue =
      new PriorityQueue<>(INITIAL_CAPACITY, (a, b) -> Long.signum(a.dueAtNanos - b.dueAtNanos));

  /** Batches that are due and wait for the pace, the one that dies first at the head. */
  private final PriorityQueue<Batch> due =
      new PriorityQueue<>(
          INITIAL_CAPACITY, (a, b) -> Long.signum(a.deadlineNanos - b.deadlineNanos));

  /** Batches that are due and whose time is over: they wait for those that can yet be saved. */
  private final ArrayDeque<Batch> late = new ArrayDeque<>();

  /** Ids that left while in flight, by conn_id: if one comes back, it goes on where it is. */
  private final Map<String, KeptId> leaving = new HashMap<>();

  /** Where new ids go; null if the next one opens a batch. */
  private @Nullable Batch filling;

  /** Batches in the queue and in flight. */
  private int batches;

  /** Ids in all batches. */
  private int size;

  /** Ids that a batch may hold. Falls when the platform refuses a batch as too large. */
  private int limit;

  BatchPlan(HeartbeatTiming timing, int limit, Random random) {
    this.timing = timing;
    this.limit = limit;
    pause = new RetryPause(timing, random);
    pace = new Pace(timing.intervalNanos);
  }

  /** Takes in an id that is not in the plan, or has left it. */
  KeptId join(String connId, Heartbeat owner, long nowNanos) {
    KeptId returning = leaving.remove(connId);
    if (returning != null) {
      returning.left = false;
      returning.owner = owner;
      return returning;
    }
    KeptId id = new KeptId(connId, owner, nowNanos);
    fillingAt(nowNanos).add(id);
    size++;
    return id;
  }

  private Batch fillingAt(long nowNanos) {
    if (filling == null || filling.ids.size() >= limit) {
      filling = new Batch(nowNanos + timing.firstDelayNanos(), nowNanos + timing.timeToLiveNanos);
      batches++;
      queue.add(filling);
    }
    return filling;
  }

  /** Lets an id go. Does nothing if it was dropped already. */
  void leave(KeptId id) {
    Batch batch = id.batch;
    if (batch == null) {
      return;
    }
    if (batch.inFlight) {
      id.left = true;
      leaving.put(id.connId, id);
    } else {
      batch.remove(id);
      size--;
    }
  }

  /** Returns when {@link #begin} is next worth calling; {@link Long#MAX_VALUE} away if never. */
  long nanosUntilNext(long nowNanos) {
    long untilDue = 0;
    if (due.isEmpty() && late.isEmpty()) {
      Batch next = queue.peek();
      if (next == null) {
        return Long.MAX_VALUE;
      }
      untilDue = next.dueAtNanos - nowNanos;
    }
    return Math.max(0, Math.max(untilDue, pace.nextAt(nowNanos, batches) - nowNanos));
  }

  /**
   * Returns a batch whose request is to begin now, or null if none is due. It must be settled by
   * {@link #acknowledged}, {@link #failed} or {@link #refused}.
   */
  @Nullable Batch begin(long nowNanos) {
    while (nanosUntilNext(nowNanos) == 0) {
      Batch batch = mostUrgent(nowNanos);
      takeFromNext(batch);
      if (batch.ids.isEmpty()) {
        batches--;
        continue;
      }
      pace.began(nowNanos);
      batch.inFlight = true;
      batch.beganAtNanos = nowNanos;
      return batch;
    }
    return null;
  }

  /** Takes out a batch that is due: the one that dies first of those that can yet be saved. */
  private Batch mostUrgent(long nowNanos) {
    for (Batch next = queue.peek(); next != null; next = queue.peek()) {
      if (next.dueAtNanos - nowNanos > 0) {
        break;
      }
      due.add(queue.remove());
      if (next == filling) {
        filling = null;
      }
    }
    while (!due.isEmpty() && due.peek().deadlineNanos - nowNanos <= 0) {
      late.add(due.remove());
    }
    return due.isEmpty() ? late.remove() : due.remove();
  }

  /** Fills a batch up from those due next, as long as there are more batches than needed. */
  private void takeFromNext(Batch batch) {
    while (batch.failures == 0 && batch.ids.size() < limit && batches > batchesNeeded()) {
      PriorityQueue<Batch> from = due.isEmpty() ? queue : due;
      Batch next = from.peek();
      if (next == null || next.failures > 0) {
        return; // A batch that was split for a reason is not put together again.
      }
      while (!next.ids.isEmpty() && batch.ids.size() < limit) {
        batch.add(next.removeLast());
      }
      if (next.ids.isEmpty()) {
        from.remove();
        batches--;
        if (next == filling) {
          filling = null;
        }
      }
    }
  }

  private int batchesNeeded() {
    return (size + limit - 1) / limit;
  }

  /** Returns how long the batch's request may take, in nanoseconds. */
  long requestTimeoutNanos(Batch batch) {
    return remainingNanos(batch, batch.beganAtNanos) > 0
        ? timing.requestTimeoutNanos()
        : timing.lateRequestTimeoutNanos();
  }

  /**
   * The platform has answered.
   *
   * @param deadConnIds ids that it says are dead; those not in the batch do not matter
   * @return the ids that are dropped for it
   */
  List<KeptId> acknowledged(Batch batch, Collection<String> deadConnIds) {
    List<KeptId> dropped = new ArrayList<>();
    settle(batch);
    for (int i = batch.ids.size() - 1; i >= 0; i--) {
      KeptId id = batch.ids.get(i);
      if (deadConnIds.contains(id.connId)) {
        batch.remove(id);
        size--;
        dropped.add(id);
      } else {
        id.aliveAtNanos = batch.beganAtNanos;
      }
    }
    batch.failures = 0;
    enqueue(batch, batch.beganAtNanos + timing.intervalNanos);
    return dropped;
  }

  /**
   * The request failed for a reason that may pass.
   *
   * @return how long the batch pauses, in nanoseconds
   */
  long failed(Batch batch, long nowNanos) {
    settle(batch);
    batch.failures++;
    long pauseNanos = pause.afterFailure(batch.failures, remainingNanos(batch, nowNanos));
    enqueue(batch, nowNanos + pauseNanos);
    return pauseNanos;
  }

  /**
   * The request was refused for a reason that will not pass by itself.
   *
   * @return how long the batch pauses, in nanoseconds
   */
  long refused(Batch batch, long nowNanos) {
    settle(batch);
    batch.failures++;
    long pauseNanos = pause.afterRefusal(remainingNanos(batch, nowNanos));
    enqueue(batch, nowNanos + pauseNanos);
    return pauseNanos;
  }

  /**
   * The request was refused for what it held: both halves are tried by themselves, so that in the
   * end an id that nobody else should suffer for is alone.
   *
   * @param tooLarge whether the platform said that it takes fewer ids; no batch is as large again
   * @return how long both halves pause, in nanoseconds
   */
  long split(Batch batch, boolean tooLarge, long nowNanos) {
    if (tooLarge) {
      limit = Math.max(1, Math.min(limit, batch.ids.size() / 2));
    }
    Batch half = new Batch(nowNanos, batch.deadlineNanos);
    settle(batch);
    while (batch.ids.size() > half.ids.size() + 1) {
      half.add(batch.removeLast());
    }
    half.failures = batch.failures + 1;
    batches++;
    long pauseNanos = failed(batch, nowNanos);
    enqueue(half, nowNanos + pauseNanos);
    return pauseNanos;
  }

  /** Ends a batch's flight: drops the ids that left meanwhile. */
  private void settle(Batch batch) {
    batch.inFlight = false;
    if (leaving.isEmpty()) {
      return;
    }
    for (int i = batch.ids.size() - 1; i >= 0; i--) {
      KeptId id = batch.ids.get(i);
      if (id.left) {
        leaving.remove(id.connId);
        batch.remove(id);
        size--;
      }
    }
  }

  private void enqueue(Batch batch, long dueAtNanos) {
    if (batch.ids.isEmpty()) {
      batches--;
      return;
    }
    batch.dueAtNanos = dueAtNanos;
    batch.deadlineNanos = batch.oldestAliveAtNanos() + timing.timeToLiveNanos;
    queue.add(batch);
  }

  private long remainingNanos(Batch batch, long nowNanos) {
    return batch.ids.isEmpty()
        ? timing.timeToLiveNanos
        : batch.oldestAliveAtNanos() + timing.timeToLiveNanos - nowNanos;
  }
}
