package io.github.bililive.internal.heartbeat;

import io.github.bililive.error.BiliLiveException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ids that share their requests, in no order. Owned by the {@link BatchPlan}. */
final class Batch {
  final ArrayList<KeptId> ids = new ArrayList<>();

  /** When its next request is due. Changes only while it is in no queue. */
  long dueAtNanos;

  /**
   * When the time to live of the next of its ids is over; if all are presumed dead, when that of
   * the last was. Changes only while it is in no queue.
   */
  long deadlineNanos;

  /** When {@link StalenessTracker} checks its ids next. Changes only while not in its queue. */
  long watchAtNanos;

  /** A lower bound of its ids' last acknowledgements. Of no meaning without ids. */
  long oldestAtNanos;

  /** When its request in flight began. */
  long beganAtNanos;

  /** How long its request in flight may take. */
  long timeoutNanos;

  /** Whether it is in flight: then no id joins, and one that leaves stays until the end. */
  boolean inFlight;

  /** Whether all of its ids were presumed dead when its request in flight began. */
  boolean presumedDead;

  /** Whether it has left the plan. */
  boolean gone;

  /** How many requests in a row have failed. */
  int failures;

  /** Why the last one did; null if it did not. */
  @Nullable BiliLiveException cause;

  /**
   * The acknowledgement of all its ids, if they were together in its last acknowledged request and
   * are alive; otherwise null.
   */
  private @Nullable Acknowledgement shared;

  /** The texts of {@link #ids}; null if they have changed since {@link #connIds()}. */
  private @Nullable List<String> connIds;

  void add(KeptId id) {
    if (ids.isEmpty() || id.aliveAtNanos() - oldestAtNanos < 0) {
      oldestAtNanos = id.aliveAtNanos();
    }
    id.batch = this;
    id.slot = (short) ids.size();
    ids.add(id);
    connIds = null;
    unshare();
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

  /** Takes ids from another batch until this one holds as many as it may. */
  void takeFrom(Batch other, int limit) {
    while (ids.size() < limit && !other.ids.isEmpty()) {
      KeptId last = other.ids.get(other.ids.size() - 1);
      other.remove(last);
      add(last);
    }
    other.unshare(); // The other's next answer is not for those that were moved.
  }

  /** Ids are acknowledged one by one from now on, until {@link #share}. */
  void unshare() {
    shared = null;
  }

  /** Acknowledges all ids with one write. Returns false if they share no acknowledgement. */
  boolean acknowledgeShared(long atNanos) {
    if (shared == null) {
      return false;
    }
    shared.atNanos = atNanos;
    return true;
  }

  /** All ids have this acknowledgement now, and are alive. */
  void share(Acknowledgement acknowledgement) {
    shared = acknowledgement;
  }

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
}
