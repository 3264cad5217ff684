package io.github.bililive.heartbeat;

import java.util.ArrayList;
import java.util.List;

/** Ids that go together, in no order. Owned by the thread that steps the {@link BatchPlan}. */
final class Batch {
  final List<KeptId> ids = new ArrayList<>();

  /** When its next request is due. Changes only while it is not in the plan's queue. */
  long dueAtNanos;

  /** When its oldest id dies. Changes only while it is not in the plan's queues. */
  long deadlineNanos;

  /** When its request in flight began. */
  long beganAtNanos;

  /** Whether a request is under way: then no id joins, and one that leaves stays until it ends. */
  boolean inFlight;

  /** How many requests in a row have failed. */
  int failures;

  Batch(long dueAtNanos, long deadlineNanos) {
    this.dueAtNanos = dueAtNanos;
    this.deadlineNanos = deadlineNanos;
  }

  void add(KeptId id) {
    id.batch = this;
    id.slot = ids.size();
    ids.add(id);
  }

  /** Removes an id by putting the last one into its place. */
  void remove(KeptId id) {
    KeptId last = ids.remove(ids.size() - 1);
    if (last != id) {
      ids.set(id.slot, last);
      last.slot = id.slot;
    }
    id.batch = null;
  }

  KeptId removeLast() {
    KeptId last = ids.remove(ids.size() - 1);
    last.batch = null;
    return last;
  }

  /** Returns the earliest time of {@link KeptId#aliveAtNanos} among its ids. */
  long oldestAliveAtNanos() {
    long oldest = ids.get(0).aliveAtNanos;
    for (KeptId id : ids) {
      if (id.aliveAtNanos - oldest < 0) {
        oldest = id.aliveAtNanos;
      }
    }
    return oldest;
  }

  List<String> connIds() {
    List<String> connIds = new ArrayList<>(ids.size());
    for (KeptId id : ids) {
      connIds.add(id.connId);
    }
    return connIds;
  }
}
