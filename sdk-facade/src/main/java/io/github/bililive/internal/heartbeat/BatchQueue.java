package io.github.bililive.internal.heartbeat;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The batches that are not in flight, in the order of their next requests: those that are due, the
 * earliest deadline first; then those that are presumed dead; then those that are not due yet.
 * Owned by the {@link BatchPlan}.
 */
final class BatchQueue {
  /** Android 21 has no constructor of a queue without it. */
  static final int INITIAL_CAPACITY = 11;

  private final long timeToLiveNanos;

  /** Batches that are not due, the one due first at the head. */
  final PriorityQueue<Batch> waiting =
      new PriorityQueue<>(INITIAL_CAPACITY, (a, b) -> Long.signum(a.dueAtNanos - b.dueAtNanos));

  /** Batches that are due, the earliest deadline at the head. */
  final PriorityQueue<Batch> due =
      new PriorityQueue<>(
          INITIAL_CAPACITY, (a, b) -> Long.signum(a.deadlineNanos - b.deadlineNanos));

  /** Batches that are due and presumed dead, the one that has been so for the longest first. */
  final ArrayDeque<Batch> presumedDead = new ArrayDeque<>();

  BatchQueue(long timeToLiveNanos) {
    this.timeToLiveNanos = timeToLiveNanos;
  }

  void add(Batch batch, long dueAtNanos) {
    batch.dueAtNanos = dueAtNanos;
    waiting.add(batch);
  }

  void addDue(Batch batch, long nowNanos) {
    batch.findDeadline(timeToLiveNanos, nowNanos);
    due.add(batch);
  }

  void remove(Batch batch) {
    if (!waiting.remove(batch) && !due.remove(batch)) {
      presumedDead.remove(batch);
    }
  }

  /** Returns the next batch of those that are not presumed dead, or null if there is none. */
  @Nullable Batch peek() {
    return due.isEmpty() ? waiting.peek() : due.peek();
  }

  /** Moves batches that have become due, and those that are presumed dead by now. */
  void sort(long nowNanos) {
    while (!waiting.isEmpty() && waiting.peek().dueAtNanos - nowNanos <= 0) {
      due.add(waiting.remove());
    }
    while (!due.isEmpty() && due.peek().deadlineNanos - nowNanos <= 0) {
      Batch over = due.remove();
      over.findDeadline(timeToLiveNanos, nowNanos);
      if (over.deadlineNanos - nowNanos > 0) {
        due.add(over); // Only some of its ids are presumed dead.
      } else {
        presumedDead.add(over);
      }
    }
  }

  /** Ends the pauses after failures of batches that are presumed dead. */
  void endPausesOfPresumedDead(long nowNanos) {
    for (Iterator<Batch> i = waiting.iterator(); i.hasNext(); ) {
      Batch batch = i.next();
      if (batch.failures > 0 && batch.deadlineNanos - nowNanos <= 0) {
        i.remove();
        presumedDead.add(batch);
      }
    }
  }
}
