package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.error.BiliLiveException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Moves ids on to the states that their ages give them, and knows when that is next worth while.
 * Owned by the {@link BatchPlan}.
 */
final class StalenessTracker {
  private final HeartbeatPolicy policy;
  private final BatchPlan.Changes changes;

  /**
   * All batches, by when their ids' ages are to be looked at. One that has gone stays till then.
   */
  private final PriorityQueue<Batch> watched =
      new PriorityQueue<>(
          BatchQueue.INITIAL_CAPACITY, (a, b) -> Long.signum(a.watchAtNanos - b.watchAtNanos));

  StalenessTracker(HeartbeatPolicy policy, BatchPlan.Changes changes) {
    this.policy = policy;
    this.changes = changes;
  }

  /** Watches a new batch: ids are young when they come. */
  void add(Batch batch, long nowNanos) {
    batch.watchAtNanos = nowNanos + policy.atRiskAfterNanos();
    watched.add(batch);
  }

  /** Ids have come into the batch, or an answer: it is looked at then at the latest. */
  void lookNotAfter(Batch batch, long atNanos) {
    if (atNanos - batch.watchAtNanos < 0) {
      watched.remove(batch);
      batch.watchAtNanos = atNanos;
      watched.add(batch);
    }
  }

  void clear() {
    watched.clear();
  }

  /** Returns when looking is next worth while; {@link Long#MAX_VALUE} away if never. */
  long nanosUntilNext(long nowNanos) {
    for (Batch first = watched.peek(); first != null; first = watched.peek()) {
      long atNanos = first.oldestAtNanos + policy.atRiskAfterNanos();
      if (!first.gone && atNanos - first.watchAtNanos <= 0) {
        return first.watchAtNanos - nowNanos;
      }
      watched.remove();
      if (!first.gone) { // Acknowledged since: nobody needs to wake up only to see that.
        first.watchAtNanos = atNanos;
        watched.add(first);
      }
    }
    return Long.MAX_VALUE;
  }

  /** Looks at the ids for which that is due. */
  void look(long nowNanos) {
    while (!watched.isEmpty() && watched.peek().watchAtNanos - nowNanos <= 0) {
      Batch batch = watched.remove();
      if (!batch.gone) {
        batch.watchAtNanos = nowNanos + look(batch, nowNanos);
        watched.add(batch);
      }
    }
  }

  /** Returns when an id of the batch comes to its next age at the earliest. */
  private long look(Batch batch, long nowNanos) {
    long next = policy.atRiskAfterNanos();
    if (nowNanos - batch.oldestAtNanos < next) {
      return next - (nowNanos - batch.oldestAtNanos); // Mostly so: no need to look at each.
    }
    batch.differ();
    for (int i = 0; i < batch.ids.size(); i++) {
      KeptId id = batch.ids.get(i);
      long ageNanos = nowNanos - id.aliveAtNanos();
      HeartbeatState state = stateAt(ageNanos);
      if (state == HeartbeatState.ALIVE) {
        next = Math.min(next, policy.atRiskAfterNanos() - ageNanos);
        continue; // One that is new stays so.
      }
      become(id, state, batch.cause);
      if (state == HeartbeatState.AT_RISK) {
        next = Math.min(next, policy.timeToLiveNanos - ageNanos);
      }
    }
    return next;
  }

  HeartbeatState stateAt(long ageNanos) {
    if (ageNanos >= policy.timeToLiveNanos) {
      return HeartbeatState.UNKNOWN;
    }
    return ageNanos >= policy.atRiskAfterNanos() ? HeartbeatState.AT_RISK : HeartbeatState.ALIVE;
  }

  void become(KeptId id, HeartbeatState state, @Nullable BiliLiveException cause) {
    if (id.state() != state && id.become(state)) { // Most are in it already: no lock for those.
      changes.stateChanged(id, state, cause);
    }
  }
}
