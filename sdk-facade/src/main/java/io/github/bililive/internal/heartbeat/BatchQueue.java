package io.github.bililive.internal.heartbeat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The batches that stand in line for their next request, in the order in which they go: those that
 * are due, the first to die first; then those past saving; then those that wait to be due. Owned by
 * the {@link BatchPlan}.
 */
final class BatchQueue {
  /** Android 21 has no constructor of a queue without it. */
  static final int INITIAL_CAPACITY = 11;

  private final long timeToLiveNanos;

  /** Batches that are not due, the one due first at the head. */
  final PriorityQueue<Batch> waiting =
      new PriorityQueue<>(INITIAL_CAPACITY, (a, b) -> Long.signum(a.dueAtNanos - b.dueAtNanos));

  /** Batches that are due, the one that dies first at the head. */
  private final PriorityQueue<Batch> due =
      new PriorityQueue<>(
          INITIAL_CAPACITY, (a, b) -> Long.signum(a.deadlineNanos - b.deadlineNanos));

  /** Batches that are due and past saving. */
  private final ArrayDeque<Batch> late = new ArrayDeque<>();

  BatchQueue(long timeToLiveNanos) {
    this.timeToLiveNanos = timeToLiveNanos;
  }

  /** Lines a batch up that is due at a later time. */
  void add(Batch batch, long dueAtNanos) {
    batch.dueAtNanos = dueAtNanos;
    waiting.add(batch);
  }

  /** Lines a batch up that is due now. */
  void addDue(Batch batch, long nowNanos) {
    batch.findDeadline(timeToLiveNanos, nowNanos);
    due.add(batch);
  }

  void remove(Batch batch) {
    if (!waiting.remove(batch) && !due.remove(batch)) {
      late.remove(batch);
    }
  }

  boolean hasDue() {
    return !due.isEmpty();
  }

  boolean hasLate() {
    return !late.isEmpty();
  }

  /** Returns the batch that goes next if all goes well, or null if there is none. */
  @Nullable Batch peek() {
    return due.isEmpty() ? waiting.peek() : due.peek();
  }

  /** Takes out the batch that is due and dies first; null if none is due. */
  @Nullable Batch pollDue() {
    return due.poll();
  }

  /** Takes out the batch that has been past saving for the longest in line; null if none is. */
  @Nullable Batch pollLate() {
    return late.poll();
  }

  /** Takes out the batch that is due next; null if none waits. */
  @Nullable Batch pollWaiting() {
    return waiting.poll();
  }

  /** Moves what has become due, and what has become late. */
  void sort(long nowNanos) {
    while (!waiting.isEmpty() && waiting.peek().dueAtNanos - nowNanos <= 0) {
      due.add(waiting.remove());
    }
    while (!due.isEmpty() && due.peek().deadlineNanos - nowNanos <= 0) {
      Batch over = due.remove();
      over.findDeadline(timeToLiveNanos, nowNanos);
      if (over.deadlineNanos - nowNanos > 0) {
        due.add(over); // Only some of its ids are past saving.
      } else {
        late.add(over);
      }
    }
  }

  /** What pauses after a failure and is past saving need not pause any more. */
  void endPausesOfLate(long nowNanos) {
    for (Iterator<Batch> i = waiting.iterator(); i.hasNext(); ) {
      Batch batch = i.next();
      if (batch.failures > 0 && batch.deadlineNanos - nowNanos <= 0) {
        i.remove();
        late.add(batch);
      }
    }
  }

  /** Returns what stands where, a line for each batch. */
  List<String> describe(long nowNanos) {
    List<String> lines = new ArrayList<>();
    for (Batch batch : due) {
      lines.add("due: " + batch.describe(nowNanos));
    }
    for (Batch batch : late) {
      lines.add("late: " + batch.describe(nowNanos));
    }
    for (Batch batch : waiting) {
      lines.add("waiting: " + batch.describe(nowNanos));
    }
    return lines;
  }
}
