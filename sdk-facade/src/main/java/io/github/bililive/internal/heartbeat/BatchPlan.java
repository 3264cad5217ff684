package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.FailureKind;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which ids are kept alive when, and nothing else: it has no thread, no network and no
 * clock. One thread steps it.
 *
 * <pre>
 *          full, or 5 s old
 *   join ──▶ filling ──┐                            ┌─ acknowledged ─▶ waiting, for one interval
 *                      ▼                            │                  from the request's beginning
 *   waiting ─▶ due, earliest deadline ─▶ in flight ─┤
 *      ▲       first, one in each slot              └─ failed ───────▶ waiting, for a short pause
 *      └────────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>An id whose time to live is over by our clock is <em>presumed dead</em>; only the platform's
 * answer makes it certain. The <em>slack</em> is the time by which a batch is due earlier than one
 * interval after its last request. A <em>slot</em> is the least time between two requests, see
 * {@link Pace}.
 *
 * <p><b>Why heartbeats are on time.</b> Batches are scheduled, not ids: an id is in one batch, and
 * a batch has one request in flight at most. A batch is due one interval, less the slack, after its
 * last acknowledged request <em>began</em>, so the latency of answers does not add up. Batches that
 * began one slot apart are due one slot apart and do not wait for each other. A newcomer or a retry
 * in between delays the others by one slot, which the slack makes up for (in a fleet of more than
 * about 40 batches for half of it, and the spare slots for the rest). The batch with the earliest
 * deadline goes first. When the number of batches falls, those left may be due closer together than
 * the longer slots let them begin: then some go early. Without that, a fleet of 500 batches that
 * falls to 50 neighbouring ones had gaps of up to 27 s between heartbeats, and one that halves of
 * 22 s.
 *
 * <p><b>Why requests are few.</b> While there are more batches than the ids need, a batch that
 * begins takes ids from the one due next until it is full: those ids go early, never late. So
 * within an interval all batches but one are full. The slack is at most half of one batch's share
 * of the interval, so it costs one more request in an interval at most. New ids join the batch due
 * next if it has room and is due soon, otherwise a new batch.
 *
 * <p><b>What a failure does.</b> The batch waits for a pause that leaves time for two more
 * attempts. Ids that are presumed dead are retried behind all others; when the platform answers
 * after a while without contact they go at once.
 */
final class BatchPlan {
  /** Hears of the plan's decisions. */
  interface Listener {
    /** An id has changed its state; the cause is the last failure, null if there was none. */
    void stateChanged(KeptId id, HeartbeatState state, @Nullable BiliLiveException cause);

    /** The most ids of a request were halved by this refusal, or are back: then it is null. */
    void batchLimitChanged(int batchLimit, @Nullable BiliLiveException cause);
  }

  private final PolicyTimes times;
  private final Listener listener;
  private final RetryPause pause;
  private final RequestTimeout timeout;
  private final Pace pace;
  private final BatchLimit limit;
  private final StalenessTracker staleness;
  private final BatchQueue queue;

  /** Where new ids go; null if the next one opens a batch. */
  private @Nullable Batch filling;

  /** Batches, wherever they are. */
  private int batches;

  /** Ids in all batches. */
  private int size;

  /** Batches in flight. */
  private int inFlight;

  /** Batches in flight that were presumed dead when they began. */
  private int presumedDeadInFlight;

  /** When the platform last acknowledged a request; at first, when the plan was made. */
  private long contactAtNanos;

  BatchPlan(HeartbeatPolicy policy, Random random, long nowNanos, Listener listener) {
    this.listener = listener;
    times = new PolicyTimes(policy);
    pause = new RetryPause(times, random);
    timeout = new RequestTimeout(times);
    pace = new Pace(times.intervalNanos, nowNanos);
    limit = new BatchLimit(policy.getBatchLimit());
    staleness = new StalenessTracker(times, listener);
    queue = new BatchQueue(times.timeToLiveNanos);
    contactAtNanos = nowNanos;
  }

  int batches() {
    return batches;
  }

  int inFlight() {
    return inFlight;
  }

  int batchLimit() {
    return limit.ids();
  }

  // Joining and leaving

  void join(KeptId id, long nowNanos) {
    join(id, false, nowNanos);
  }

  /** An urgent id is due at once; those that join before its request begins share it. */
  void join(KeptId id, boolean isUrgent, long nowNanos) {
    if (isUrgent && filling == null) {
      filling = newBatch(nowNanos, nowNanos);
    }
    Batch batch = withRoom(nowNanos);
    batch.add(id);
    size++;
    if (isUrgent) {
      batch.dueAtNanos = nowNanos;
    }
    if (batch == filling && batch.ids.size() >= limit.ids()) {
      fillingIsDue(nowNanos);
    }
  }

  private Batch withRoom(long nowNanos) {
    if (filling != null) {
      return filling;
    }
    Batch next = queue.waiting.peek();
    if (next != null
        && next.failures == 0
        && next.ids.size() < limit.ids()
        && next.dueAtNanos - nowNanos <= times.firstDelayNanos) {
      return next;
    }
    filling = newBatch(nowNanos + times.firstDelayNanos, nowNanos);
    return filling;
  }

  private Batch newBatch(long dueAtNanos, long nowNanos) {
    Batch batch = new Batch();
    batch.dueAtNanos = dueAtNanos;
    batches++;
    staleness.add(batch, nowNanos);
    return batch;
  }

  private void fillingIsDue(long nowNanos) {
    if (filling != null) {
      queue.addDue(filling, nowNanos);
      filling = null;
    }
  }

  /** Removes an id that is in a final state. Does nothing if it is not in the plan. */
  void leave(KeptId id) {
    Batch batch = id.batch;
    if (batch == null) {
      return;
    }
    if (batch.inFlight) {
      batch.unshare(); // It is removed when the answer comes.
      return;
    }
    batch.remove(id);
    size--;
    if (batch.ids.isEmpty()) {
      if (batch == filling) {
        filling = null;
      } else {
        queue.remove(batch);
      }
      discard(batch);
    }
  }

  // What is next

  /** Returns the time until the next step is needed; {@link Long#MAX_VALUE} if none is. */
  long nanosUntilNext(long nowNanos) {
    long next = staleness.nanosUntilNext(nowNanos);
    long paceNanos = pace.waitNanos(nowNanos);
    if (!queue.due.isEmpty() || mayBeginPresumedDead()) {
      return Math.max(0, Math.min(next, paceNanos));
    }
    if (mustGoEarly(nowNanos)) {
      next = Math.min(next, pace.waitNanos(nowNanos, pacedBatches()));
    }
    if (filling != null) {
      next = Math.min(next, Math.max(paceNanos, filling.dueAtNanos - nowNanos));
    }
    Batch first = queue.waiting.peek();
    if (first != null) {
      next = Math.min(next, Math.max(paceNanos, first.dueAtNanos - nowNanos));
    }
    return Math.max(0, next);
  }

  /** Batches that are presumed dead have no more requests in flight than begin in a second. */
  private boolean mayBeginPresumedDead() {
    return !queue.presumedDead.isEmpty() && presumedDeadInFlight < pace.perSecond(pacedBatches());
  }

  private boolean mustGoEarly(long nowNanos) {
    Batch first = queue.waiting.peek();
    return pace.isCrowded(queue.waiting, nowNanos, pacedBatches())
        && first != null
        && first.failures == 0;
  }

  void checkStates(long nowNanos) {
    staleness.check(nowNanos);
  }

  /**
   * Returns a batch whose request is to begin now, or null if none is. Its outcome is to be told by
   * {@link #acknowledged} or {@link #failed}.
   */
  @Nullable Batch begin(long nowNanos) {
    if (limit.restore(nowNanos)) {
      listener.batchLimitChanged(limit.ids(), null);
    }
    sort(nowNanos);
    pace.observe(pacedBatches(), nowNanos);
    if (pace.waitNanos(nowNanos) > 0) {
      return null;
    }
    Batch batch = mostUrgent(nowNanos);
    if (batch != null) {
      cut(batch, nowNanos);
      fill(batch);
      takeOff(batch, nowNanos);
    }
    return batch;
  }

  private void takeOff(Batch batch, long nowNanos) {
    pace.began(nowNanos);
    if (batch.deadlineNanos - nowNanos <= 0) {
      batch.findDeadline(times.timeToLiveNanos, nowNanos); // Some may be younger.
    }
    long remainingNanos = batch.deadlineNanos - nowNanos;
    batch.inFlight = true;
    batch.beganAtNanos = nowNanos;
    batch.timeoutNanos = timeout.nanos(remainingNanos);
    batch.presumedDead = remainingNanos <= 0;
    inFlight++;
    presumedDeadInFlight += batch.presumedDead ? 1 : 0;
  }

  private void sort(long nowNanos) {
    if (filling != null && filling.dueAtNanos - nowNanos <= 0) {
      fillingIsDue(nowNanos);
    }
    queue.sort(nowNanos);
  }

  private @Nullable Batch mostUrgent(long nowNanos) {
    Batch due = queue.due.poll();
    if (due != null) {
      return due;
    }
    if (mayBeginPresumedDead()) {
      return queue.presumedDead.poll();
    }
    boolean early = pace.waitNanos(nowNanos, pacedBatches()) == 0 && mustGoEarly(nowNanos);
    return early ? queue.waiting.poll() : null;
  }

  /** Splits off what is above the limit since it was halved. */
  private void cut(Batch batch, long nowNanos) {
    while (batch.ids.size() > limit.ids()) {
      int tooMany = Math.min(limit.ids(), batch.ids.size() - limit.ids());
      queue.addDue(split(batch, tooMany, nowNanos), nowNanos);
    }
  }

  /** Moves ids into a batch of their own with the same history of failures. */
  private Batch split(Batch batch, int ids, long nowNanos) {
    Batch part = newBatch(nowNanos, nowNanos);
    part.takeFrom(batch, ids);
    part.failures = batch.failures;
    part.cause = batch.cause;
    staleness.checkNotAfter(part, batch.watchAtNanos);
    return part;
  }

  /** Fills a batch from those due next, as long as there are more batches than needed. */
  private void fill(Batch batch) {
    while (batch.failures == 0 && batch.ids.size() < limit.ids() && batches > batchesNeeded()) {
      Batch next = queue.peek();
      if (next == null || next.failures > 0) {
        return; // A batch that was split after a failure is not merged again.
      }
      batch.takeFrom(next, limit.ids());
      batch.deadlineNanos += Math.min(0, next.deadlineNanos - batch.deadlineNanos);
      staleness.checkNotAfter(batch, next.watchAtNanos);
      if (next.ids.isEmpty()) {
        queue.remove(next);
        discard(next);
      }
    }
  }

  private int batchesNeeded() {
    return (size + limit.ids() - 1) / limit.ids();
  }

  /** Returns how many batches the pace is for: those that there are, and those to be split off. */
  int pacedBatches() {
    return Math.max(batches, batchesNeeded());
  }

  private void discard(Batch batch) {
    batch.gone = true;
    batches--;
    if (batches == 0) {
      staleness.clear();
    }
  }

  // Answers

  /** The platform has answered. Dead ids that are not in the batch are ignored. */
  void acknowledged(Batch batch, Set<String> deadConnIds, long nowNanos) {
    land(batch);
    timeout.answered(nowNanos - batch.beganAtNanos);
    noteContact(nowNanos);
    batch.failures = 0;
    batch.cause = null;
    staleness.checkNotAfter(batch, batch.beganAtNanos + times.atRiskAfterNanos);
    // Not simply ALIVE: this machine may have slept between request and answer.
    HeartbeatState state = staleness.stateAt(nowNanos - batch.beganAtNanos);
    boolean allAlive = deadConnIds.isEmpty() && state == HeartbeatState.ALIVE;
    if (!allAlive || !batch.acknowledgeShared(batch.beganAtNanos)) {
      acknowledgeEach(batch, deadConnIds, state);
    }
    batch.oldestAtNanos = batch.beganAtNanos;
    batch.deadlineNanos = batch.beganAtNanos + times.timeToLiveNanos;
    pace.acknowledged(pacedBatches());
    enqueue(batch, batch.beganAtNanos + times.intervalNanos - pace.slackNanos(pacedBatches()));
  }

  /**
   * The platform has answered a request that had been given up. These of its ids were alive then;
   * that others were dead the next answer will tell.
   */
  void answeredLate(Iterable<? extends KeptId> alive, long beganAtNanos, long nowNanos) {
    timeout.answered(nowNanos - beganAtNanos);
    noteContact(nowNanos);
    HeartbeatState state = staleness.stateAt(nowNanos - beganAtNanos);
    Acknowledgement late = new Acknowledgement(beganAtNanos);
    for (KeptId id : alive) {
      Batch batch = id.batch;
      if (batch != null && id.aliveAtNanos() - beganAtNanos < 0) {
        batch.unshare();
        id.acknowledgement = late;
        staleness.become(id, state, null);
        staleness.checkNotAfter(batch, beganAtNanos + times.atRiskAfterNanos);
      }
    }
  }

  private void acknowledgeEach(Batch batch, Set<String> deadConnIds, HeartbeatState state) {
    Acknowledgement acknowledgement = new Acknowledgement(batch.beganAtNanos);
    for (int i = batch.ids.size() - 1; i >= 0; i--) {
      KeptId id = batch.ids.get(i);
      if (deadConnIds.contains(id.connId)) {
        staleness.become(id, HeartbeatState.EXPIRED, null);
      } else {
        id.acknowledgement = acknowledgement;
        staleness.become(id, state, null);
      }
      dropIfFinal(batch, id);
    }
    if (state == HeartbeatState.ALIVE) {
      batch.share(acknowledgement);
    }
  }

  private void dropIfFinal(Batch batch, KeptId id) {
    if (id.state().isFinal()) {
      batch.remove(id);
      size--;
    }
  }

  /** The platform has answered: after a while without contact the presumed dead go at once. */
  private void noteContact(long nowNanos) {
    if (nowNanos - contactAtNanos > times.firstDelayNanos) {
      queue.endPausesOfPresumedDead(nowNanos);
    }
    contactAtNanos = nowNanos;
  }

  /** The request failed. Returns how long the batch pauses, in nanoseconds. */
  long failed(Batch batch, FailureKind kind, BiliLiveException cause, long nowNanos) {
    land(batch);
    batch.failures++;
    batch.cause = cause;
    int sent = batch.ids.size();
    batch.findDeadline(times.timeToLiveNanos, nowNanos);
    long tookNanos = nowNanos - batch.beganAtNanos;
    long pauseNanos =
        pause.nanos(kind, sent, batch.failures, tookNanos, batch.deadlineNanos - nowNanos);
    boolean splits = kind == FailureKind.BATCH_TOO_LARGE || kind == FailureKind.INVALID_ID_IN_BATCH;
    if (splits && sent > 1) {
      putBack(split(batch, sent / 2, nowNanos), nowNanos + pauseNanos, nowNanos);
    }
    putBack(batch, nowNanos + pauseNanos, nowNanos);
    if (kind == FailureKind.BATCH_TOO_LARGE && limit.refused(sent, nowNanos)) {
      listener.batchLimitChanged(limit.ids(), cause); // Last, since it logs, which may throw.
    }
    return pauseNanos;
  }

  private void land(Batch batch) {
    batch.inFlight = false;
    inFlight--;
    presumedDeadInFlight -= batch.presumedDead ? 1 : 0;
  }

  /** Puts a batch back whose request failed, without the ids that are in a final state by now. */
  private void putBack(Batch batch, long dueAtNanos, long nowNanos) {
    for (int i = batch.ids.size() - 1; i >= 0; i--) {
      dropIfFinal(batch, batch.ids.get(i));
    }
    batch.findDeadline(times.timeToLiveNanos, nowNanos);
    enqueue(batch, dueAtNanos);
  }

  private void enqueue(Batch batch, long dueAtNanos) {
    if (batch.ids.isEmpty()) {
      discard(batch);
    } else {
      queue.add(batch, dueAtNanos);
    }
  }
}
