package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatState;
import io.github.bililive.error.BiliLiveException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sets the states of ids by the time since they were last acknowledged, and knows when the next
 * change is possible. Owned by the {@link BatchPlan}.
 */
final class StalenessTracker {
  private final PolicyTimes times;
  private final BatchPlan.Listener listener;

  /** All batches, by the time of their next check. A batch that has gone stays until then. */
  private final PriorityQueue<Batch> watched =
      new PriorityQueue<>(
          BatchQueue.INITIAL_CAPACITY, (a, b) -> Long.signum(a.watchAtNanos - b.watchAtNanos));

  StalenessTracker(PolicyTimes times, BatchPlan.Listener listener) {
    this.times = times;
    this.listener = listener;
  }

  void add(Batch batch, long nowNanos) {
    batch.watchAtNanos = nowNanos + times.atRiskAfterNanos;
    watched.add(batch);
  }

  /** Brings the next check of a batch forward to this time, if it is later. */
  void checkNotAfter(Batch batch, long atNanos) {
    if (atNanos - batch.watchAtNanos < 0) {
      watched.remove(batch);
      batch.watchAtNanos = atNanos;
      watched.add(batch);
    }
  }

  void clear() {
    watched.clear();
  }

  /** Returns the time until the next check; {@link Long#MAX_VALUE} if there is none. */
  long nanosUntilNext(long nowNanos) {
    for (Batch first = watched.peek(); first != null; first = watched.peek()) {
      long atNanos = first.oldestAtNanos + times.atRiskAfterNanos;
      if (!first.gone && atNanos - first.watchAtNanos <= 0) {
        return first.watchAtNanos - nowNanos;
      }
      watched.remove();
      if (!first.gone) { // Acknowledged since: checked later, without waking up for it.
        first.watchAtNanos = atNanos;
        watched.add(first);
      }
    }
    return Long.MAX_VALUE;
  }

  void check(long nowNanos) {
    while (!watched.isEmpty() && watched.peek().watchAtNanos - nowNanos <= 0) {
      Batch batch = watched.remove();
      if (!batch.gone) {
        batch.watchAtNanos = nowNanos + check(batch, nowNanos);
        watched.add(batch);
      }
    }
  }

  /** Returns the time until the next change of state in the batch at the earliest. */
  private long check(Batch batch, long nowNanos) {
    long next = times.atRiskAfterNanos;
    if (nowNanos - batch.oldestAtNanos < next) {
      return next - (nowNanos - batch.oldestAtNanos); // The usual case, without a look at each id.
    }
    batch.unshare();
    for (int i = 0; i < batch.ids.size(); i++) {
      KeptId id = batch.ids.get(i);
      long ageNanos = nowNanos - id.aliveAtNanos();
      HeartbeatState state = stateAt(ageNanos);
      if (state == HeartbeatState.ALIVE) {
        next = Math.min(next, times.atRiskAfterNanos - ageNanos);
        continue; // A NEW one stays NEW.
      }
      become(id, state, batch.cause);
      if (state == HeartbeatState.AT_RISK) {
        next = Math.min(next, times.timeToLiveNanos - ageNanos);
      }
    }
    return next;
  }

  HeartbeatState stateAt(long ageNanos) {
    if (ageNanos >= times.timeToLiveNanos) {
      return HeartbeatState.UNKNOWN;
    }
    return ageNanos >= times.atRiskAfterNanos ? HeartbeatState.AT_RISK : HeartbeatState.ALIVE;
  }

  void become(KeptId id, HeartbeatState state, @Nullable BiliLiveException cause) {
    if (id.state() != state && id.become(state)) { // Most are in it already: no lock for them.
      listener.stateChanged(id, state, cause);
    }
  }
}
