package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which ids are kept alive when, and knows nothing else: no thread, no network, no clock of
 * its own. One thread steps it; {@link #describe} prints it.
 *
 * <pre>
 *          full, or 5 s old
 *   join ──▶ filling ──┐                          ┌─ acknowledged ─▶ waiting, for one interval
 *                      ▼                          │                  from the request's beginning
 *   waiting ─▶ due, first to die ──▶ in flight ───┤
 *      ▲       late, past saving     at a pace    └─ failed ───────▶ waiting, for a short pause
 *      └──────────────────────────────────────────────────────────────────────┘
 *
 *   in each second of the interval, with 500 batches:   25 25 25 25 … 25   and 2 to spare
 * </pre>
 *
 * <p><b>Why it is on time.</b> The batch is what is scheduled, not the id: an id is in one batch,
 * and a batch has one request under way at most. A batch is due a little less than one interval
 * after its last acknowledged request <em>began</em>, so the time that answers take does not add
 * up. Requests begin at a pace, so a batch that is due may have to wait; but batches that began one
 * place apart are due one place apart, so that they do not wait for each other, and that little
 * less makes up for a newcomer or a retry that gets in between, which costs one place (in a fleet
 * of more than about 40 batches, for half of it, and two requests to spare in each second for the
 * rest). Of those that wait, the one goes first that dies first. When there are fewer batches than
 * there were, those left may be due closer together than the slower pace lets them begin: then some
 * go early.
 *
 * <p><b>Why it is minimal.</b> When there are more batches than the ids need, one that is about to
 * begin takes ids from the one due next until it is full: those ids go early, never late. So within
 * an interval all batches but one are full. The little less is at most half of one request's share
 * of the interval, and less than one place, so it costs at most one request in an interval.
 * Newcomers join the batch due next if it has room and is due soon, or else each other.
 *
 * <p><b>What a failure does.</b> The batch waits for a pause that leaves time for two more
 * attempts. Ids past saving are tried on, behind those that can be saved; when the platform answers
 * after a while of silence they go at once.
 */
final class BatchPlan {
  /** What the plan tells. */
  interface Changes {
    /** An id has come to another state; the cause is the last failure, null if there was none. */
    void stateChanged(KeptId id, HeartbeatState state, @Nullable BiliLiveException cause);

    /** Another number of ids goes in one request from now on. */
    void limitLearned(int limit);
  }

  private final HeartbeatPolicy policy;
  private final Changes changes;
  private final RetryPause pause;
  private final RequestTimeout timeout;
  private final Pace pace;
  private final BatchLimit limit;

  private final StalenessTracker ages;
  private final BatchQueue line;

  /** Where new ids go; null if the next one opens a batch. */
  private @Nullable Batch filling;

  /** Batches, wherever they are. */
  private int batches;

  /** Ids in all batches. */
  private int size;

  /** Batches in flight. */
  private int inFlight;

  /** Batches in flight that were past saving. */
  private int lateInFlight;

  /** When the platform last acknowledged a request; at first, when the plan was made. */
  private long contactAtNanos;

  /** Whether batches may be due closer together than they may begin. */
  private boolean crowded;

  BatchPlan(HeartbeatPolicy policy, Random random, long nowNanos, Changes changes) {
    this.policy = policy;
    this.changes = changes;
    pause = new RetryPause(policy, random);
    timeout = new RequestTimeout(policy);
    pace = new Pace(policy.intervalNanos, nowNanos);
    limit = new BatchLimit(policy.batchLimit, policy.intervalNanos);
    ages = new StalenessTracker(policy, changes);
    line = new BatchQueue(policy.timeToLiveNanos);
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

  /** Takes in an id that was never in the plan. */
  void join(KeptId id, long nowNanos) {
    Batch batch = withRoom(nowNanos);
    batch.add(id);
    size++;
    if (batch == filling && batch.ids.size() >= limit.ids()) {
      fillingIsDue(nowNanos);
    }
  }

  private Batch withRoom(long nowNanos) {
    if (filling != null) {
      return filling;
    }
    Batch next = line.waiting.peek();
    if (next != null
        && next.failures == 0
        && next.ids.size() < limit.ids()
        && next.dueAtNanos - nowNanos <= policy.firstDelayNanos()) {
      return next;
    }
    filling = newBatch(nowNanos + policy.firstDelayNanos(), nowNanos);
    return filling;
  }

  private Batch newBatch(long dueAtNanos, long nowNanos) {
    Batch batch = new Batch();
    batch.dueAtNanos = dueAtNanos;
    batches++;
    ages.add(batch, nowNanos);
    return batch;
  }

  private void fillingIsDue(long nowNanos) {
    if (filling != null) {
      line.addDue(filling, nowNanos);
      filling = null;
    }
  }

  /** Lets an id go that has come to a last state. Does nothing if it is not in the plan. */
  void leave(KeptId id) {
    Batch batch = id.batch;
    if (batch == null) {
      return;
    }
    if (batch.inFlight) {
      batch.differ(); // It is dropped when the answer comes.
      return;
    }
    batch.remove(id);
    size--;
    if (batch.ids.isEmpty()) {
      if (batch == filling) {
        filling = null;
      } else {
        line.remove(batch);
      }
      discard(batch);
    }
  }

  // What is next

  /** Returns when stepping is next worth while; {@link Long#MAX_VALUE} away if never. */
  long nanosUntilNext(long nowNanos) {
    long next = ages.nanosUntilNext(nowNanos);
    long paceNanos = pace.waitNanos(nowNanos);
    if (line.hasDue() || mayBeginLate()) {
      return Math.max(0, Math.min(next, paceNanos));
    }
    if (mustGoEarly(nowNanos)) {
      next = Math.min(next, pace.waitNanos(nowNanos, batches));
    }
    if (filling != null) {
      next = Math.min(next, Math.max(paceNanos, filling.dueAtNanos - nowNanos));
    }
    Batch first = line.waiting.peek();
    if (first != null) {
      next = Math.min(next, Math.max(paceNanos, first.dueAtNanos - nowNanos));
    }
    return Math.max(0, next);
  }

  /** Ids past saving take no more places than they would if all were well. */
  private boolean mayBeginLate() {
    return line.hasLate() && lateInFlight < pace.perSecond(batches);
  }

  private boolean mustGoEarly(long nowNanos) {
    crowded = crowded && pace.isCrowded(line.waiting, nowNanos, batches, littleLessNanos());
    Batch first = line.waiting.peek();
    return crowded && first != null && first.failures == 0;
  }

  /** Moves ids on to the states that their ages give them. */
  void watch(long nowNanos) {
    ages.look(nowNanos);
  }

  /**
   * Returns a batch whose request is to begin now, or null if none is due. It must be settled by
   * {@link #acknowledged} or {@link #failed}.
   */
  @Nullable Batch begin(long nowNanos) {
    sort(nowNanos);
    pace.observe(batches, nowNanos);
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
      batch.findDeadline(policy.timeToLiveNanos, nowNanos); // Some may be younger.
    }
    long remainingNanos = batch.deadlineNanos - nowNanos;
    batch.inFlight = true;
    batch.beganAtNanos = nowNanos;
    batch.timeoutNanos = timeout.nanos(remainingNanos);
    batch.late = remainingNanos <= 0;
    inFlight++;
    lateInFlight += batch.late ? 1 : 0;
  }

  private void sort(long nowNanos) {
    if (filling != null && filling.dueAtNanos - nowNanos <= 0) {
      fillingIsDue(nowNanos);
    }
    line.sort(nowNanos);
  }

  private @Nullable Batch mostUrgent(long nowNanos) {
    if (line.hasDue()) {
      return line.pollDue();
    }
    if (mayBeginLate()) {
      return line.pollLate();
    }
    boolean early = pace.waitNanos(nowNanos, batches) == 0 && mustGoEarly(nowNanos);
    return early ? line.pollWaiting() : null;
  }

  /** Takes out what has been too much since the platform's limit was learned. */
  private void cut(Batch batch, long nowNanos) {
    while (batch.ids.size() > limit.ids()) {
      int tooMany = Math.min(limit.ids(), batch.ids.size() - limit.ids());
      line.addDue(split(batch, tooMany, nowNanos), nowNanos);
    }
  }

  /** Moves ids over into a batch of their own, which has been through the same. */
  private Batch split(Batch batch, int ids, long nowNanos) {
    Batch part = newBatch(nowNanos, nowNanos);
    part.takeFrom(batch, ids);
    part.failures = batch.failures;
    part.cause = batch.cause;
    ages.lookNotAfter(part, batch.watchAtNanos);
    return part;
  }

  /** Fills a batch up from those due next, as long as there are more batches than needed. */
  private void fill(Batch batch) {
    while (batch.failures == 0 && batch.ids.size() < limit.ids() && batches > batchesNeeded()) {
      Batch next = line.peek();
      if (next == null || next.failures > 0) {
        return; // A batch that was split for a reason is not put together again.
      }
      batch.takeFrom(next, limit.ids());
      batch.deadlineNanos += Math.min(0, next.deadlineNanos - batch.deadlineNanos);
      ages.lookNotAfter(batch, next.watchAtNanos);
      if (next.ids.isEmpty()) {
        line.remove(next);
        discard(next);
      }
    }
  }

  private int batchesNeeded() {
    return (size + limit.ids() - 1) / limit.ids();
  }

  private void discard(Batch batch) {
    batch.gone = true;
    batches--;
    if (batches == 0) {
      ages.clear();
    }
  }

  // Answers

  /**
   * The platform has answered.
   *
   * @param deadConnIds ids that it says are dead; those not in the batch do not matter
   */
  void acknowledged(Batch batch, Set<String> deadConnIds, long nowNanos) {
    land(batch);
    learned(batch.ids.size(), true, nowNanos);
    timeout.answered(nowNanos - batch.beganAtNanos);
    letLateGo(nowNanos);
    batch.failures = 0;
    batch.cause = null;
    ages.lookNotAfter(batch, batch.beganAtNanos + policy.atRiskAfterNanos());
    // Not simply alive: this machine may have slept between request and answer.
    HeartbeatState state = ages.stateAt(nowNanos - batch.beganAtNanos);
    boolean allAlive = deadConnIds.isEmpty() && state == HeartbeatState.ALIVE;
    if (!allAlive || !batch.acknowledgeAlike(batch.beganAtNanos)) {
      acknowledgeEach(batch, deadConnIds, state);
    }
    batch.oldestAtNanos = batch.beganAtNanos;
    batch.deadlineNanos = batch.beganAtNanos + policy.timeToLiveNanos;
    crowded |= pace.isTooFast(nowNanos);
    enqueue(batch, batch.beganAtNanos + policy.intervalNanos - littleLessNanos());
  }

  private void acknowledgeEach(Batch batch, Set<String> deadConnIds, HeartbeatState state) {
    Acknowledgement acknowledgement = new Acknowledgement(batch.beganAtNanos);
    for (int i = batch.ids.size() - 1; i >= 0; i--) {
      KeptId id = batch.ids.get(i);
      if (deadConnIds.contains(id.connId)) {
        ages.become(id, HeartbeatState.EXPIRED, null);
      } else {
        id.acknowledgement = acknowledgement;
        ages.become(id, state, null);
      }
      drop(batch, id);
    }
    if (state == HeartbeatState.ALIVE) {
      batch.alike(acknowledgement);
    }
  }

  /** Takes an id out that has come to a last state. */
  private void drop(Batch batch, KeptId id) {
    if (id.state().isLast()) {
      batch.remove(id);
      size--;
    }
  }

  /** The platform is there again after a while: what is past saving need not pause any more. */
  private void letLateGo(long nowNanos) {
    if (nowNanos - contactAtNanos > policy.firstDelayNanos()) {
      line.endPausesOfLate(nowNanos);
    }
    contactAtNanos = nowNanos;
  }

  /**
   * By how much the time from the beginning of one heartbeat to the next falls short of the
   * interval, in nanoseconds: less than one place of the pace, and at most half of one batch's
   * share of the interval, so that in any interval no more than one batch begins twice.
   */
  private long littleLessNanos() {
    long share = policy.intervalNanos / (batches + 1);
    return Math.min(share / 2, pace.placeNanos(batches) * 99 / 100);
  }

  /**
   * The request failed.
   *
   * @return how long the batch pauses, in nanoseconds
   */
  long failed(Batch batch, FailureKind kind, BiliLiveException cause, long nowNanos) {
    land(batch);
    batch.failures++;
    batch.cause = cause;
    int sent = batch.ids.size();
    if (kind == FailureKind.BATCH_LIMIT) {
      learned(sent, false, nowNanos);
    }
    batch.findDeadline(policy.timeToLiveNanos, nowNanos);
    long pauseNanos = pause.nanos(kind, sent, batch.failures, batch.deadlineNanos - nowNanos);
    if (sent > 1 && (kind == FailureKind.BATCH_LIMIT || kind == FailureKind.BATCH_CONTENT)) {
      putBack(split(batch, sent / 2, nowNanos), nowNanos + pauseNanos, nowNanos);
    }
    putBack(batch, nowNanos + pauseNanos, nowNanos);
    return pauseNanos;
  }

  private void learned(int sent, boolean taken, long nowNanos) {
    int before = limit.ids();
    if (taken) {
      limit.taken(sent, nowNanos);
    } else {
      limit.refused(sent, nowNanos);
    }
    if (limit.ids() != before) {
      changes.limitLearned(limit.ids());
    }
  }

  private void land(Batch batch) {
    batch.inFlight = false;
    inFlight--;
    lateInFlight -= batch.late ? 1 : 0;
  }

  /**
   * Puts a batch back whose request failed, without the ids that came to a last state meanwhile.
   */
  private void putBack(Batch batch, long dueAtNanos, long nowNanos) {
    for (int i = batch.ids.size() - 1; i >= 0; i--) {
      drop(batch, batch.ids.get(i));
    }
    batch.findDeadline(policy.timeToLiveNanos, nowNanos);
    enqueue(batch, dueAtNanos);
  }

  private void enqueue(Batch batch, long dueAtNanos) {
    if (batch.ids.isEmpty()) {
      discard(batch);
      return;
    }
    line.add(batch, dueAtNanos);
  }

  /** Returns what is where, for a person who steps the plan by hand. */
  String describe(long nowNanos) {
    List<String> lines = new ArrayList<>();
    lines.add(size + " ids in " + batches + " batches of at most " + limit.ids());
    if (filling != null) {
      lines.add("filling: " + filling.describe(nowNanos));
    }
    lines.addAll(line.describe(nowNanos));
    lines.add("in flight: " + inFlight + ", of which late: " + lateInFlight);
    StringBuilder text = new StringBuilder();
    for (String each : lines) {
      text.append(each).append('\n');
    }
    return text.toString();
  }
}
