package io.github.bililive.internal.heartbeat;

import io.github.bililive.error.BiliLiveException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ids that go together, in no order. Owned by the thread that steps the {@link BatchPlan}. */
final class Batch {
  final ArrayList<KeptId> ids = new ArrayList<>();

  /** When its next request is due. Changes only while it is in none of the plan's queues. */
  long dueAtNanos;

  /** When the first of its ids dies that is not past saving. Changes as {@link #dueAtNanos}. */
  long deadlineNanos;

  /** When its ids' ages are looked at next. Changes only while it is not in that queue. */
  long watchAtNanos;

  /** No id in it was last known to be alive before this. Of no meaning without ids. */
  long oldestAtNanos;

  /** When its request in flight began. */
  long beganAtNanos;

  /** How long its request in flight may take. */
  long timeoutNanos;

  /** Whether a request is under way: then no id joins, and one that leaves stays until it ends. */
  boolean inFlight;

  /** Whether all of its ids were past saving when its request in flight began. */
  boolean late;

  /** Whether it has left the plan. */
  boolean gone;

  /** How many requests in a row have failed. */
  int failures;

  /** Why the last one did; null if it did not. */
  @Nullable BiliLiveException cause;

  /**
   * What all its ids share: they are those, or some of those, that were in its last acknowledged
   * request, and they are alive. Null if they are not alike.
   */
  private @Nullable Acknowledgement shared;

  /** The text of {@link #ids}; null if they have changed since it was last wanted. */
  private @Nullable List<String> connIds;

  void add(KeptId id) {
    if (ids.isEmpty() || id.aliveAtNanos() - oldestAtNanos < 0) {
      oldestAtNanos = id.aliveAtNanos();
    }
    id.batch = this;
    id.slot = (short) ids.size();
    ids.add(id);
    connIds = null;
    differ();
  }

  /** Removes an id by putting the last one into its place. */
  void remove(KeptId id) {
    KeptId last = ids.remove(ids.size() - 1);
    if (last != id) {
      ids.set(id.slot, last);
      last.slot = id.slot;
    }
    id.batch = null;
    connIds = null;
  }

  /** Moves ids over until this holds as many as it may, or the other is empty. */
  void takeFrom(Batch other, int limit) {
    while (ids.size() < limit && !other.ids.isEmpty()) {
      KeptId last = other.ids.get(other.ids.size() - 1);
      other.remove(last);
      add(last);
    }
    other.differ(); // What those share that were moved must not go on with the next answer.
  }

  /** From now on each id is looked at by itself, until they are alike again. */
  void differ() {
    shared = null;
  }

  /**
   * Takes down an acknowledgement of all ids with one write, if they are alike.
   *
   * @return false if they are not: then nothing has changed
   */
  boolean acknowledgeAlike(long atNanos) {
    if (shared == null) {
      return false;
    }
    shared.atNanos = atNanos;
    return true;
  }

  /** All ids have this acknowledgement now, and are alive. */
  void alike(Acknowledgement acknowledgement) {
    shared = acknowledgement;
  }

  /** Looks up when the first of its ids dies that still lives; if all are past it, the last did. */
  void findDeadline(long timeToLiveNanos, long nowNanos) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int i = 0; i < ids.size(); i++) {
      long remaining = ids.get(i).aliveAtNanos() + timeToLiveNanos - nowNanos;
      last = Math.max(last, remaining);
      if (remaining > 0) {
        first = Math.min(first, remaining);
      }
    }
    deadlineNanos = nowNanos + (first == Long.MAX_VALUE ? last : first);
  }

  /** Returns the ids as they are now, immutable. The same list until they change. */
  List<String> connIds() {
    if (connIds == null) {
      ids.trimToSize();
      String[] texts = new String[ids.size()];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = ids.get(i).connId;
      }
      connIds = Collections.unmodifiableList(Arrays.asList(texts));
    }
    return connIds;
  }

  /** Returns what it is like, for a person. */
  String describe(long nowNanos) {
    return ids.size()
        + " ids, due in "
        + TimeUnit.NANOSECONDS.toMillis(dueAtNanos - nowNanos)
        + " ms, "
        + failures
        + " failures";
  }
}
