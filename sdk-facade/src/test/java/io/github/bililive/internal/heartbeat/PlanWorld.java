package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BatchPlan} and the platform it talks to, stepped through simulated days in one thread.
 * The platform knows exactly when each id dies. Rules that hold whatever happens are checked at
 * each step: the pace, the size of batches, ids once in a request, states that are true.
 */
final class PlanWorld implements BatchPlan.Listener {
  static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** What happens to a request. */
  enum Fate {
    /** Carried out and answered. */
    ANSWERED,
    /** Carried out, and the answer is lost at once. */
    ANSWER_LOST,
    /** Carried out, and no answer ever comes. */
    ANSWER_HANGS,
    /** Lost at once. */
    LOST,
    /** Swallowed. */
    HANGS,
    /** A gateway's page. */
    GARBAGE,
    /** Code 5001. */
    FAULT,
    /** Code 4009. */
    QUOTA,
    /** Code 7004, although it is not too large. */
    CALLED_TOO_LARGE,
    /** Code 7005. */
    CALLED_DUPLICATE,
    /** Code 4002. */
    REFUSED
  }

  /** One id, as the platform sees it. */
  final class Seen {
    final KeptId id;
    long deadlineNanos = nowNanos + timeToLiveNanos;
    final long joinedAtNanos = nowNanos;
    long acceptedAtNanos = nowNanos;
    boolean acceptedOnce;

    /** Requests in a row that brought it nothing. */
    int failures;

    /** Whether the last of its requests that has ended failed. */
    boolean failed;

    /** Its states, in order. */
    final List<HeartbeatState> states = new ArrayList<>();

    Seen(KeptId id) {
      this.id = id;
    }

    /** The last requests that it was in. */
    private final ArrayDeque<Sent> requests = new ArrayDeque<>();

    boolean isAlive() {
      return nowNanos - deadlineNanos < 0;
    }

    private void sent(Batch batch, Fate fate, long latencyNanos) {
      if (requests.size() == 12) {
        requests.remove();
      }
      requests.add(
          new Sent(
              deadlineNanos - nowNanos, batch.ids.size(), batch.timeoutNanos, fate, latencyNanos));
    }

    /** Returns what became of it, for the message of a test that fails. */
    @Override
    public String toString() {
      String sent = requests.stream().map(Sent::toString).collect(Collectors.joining("\n  "));
      return id.connId + " " + states + ", sent " + sent + "\n";
    }
  }

  /** A request that an id was in. */
  private record Sent(
      long nanosBeforeEnd, int size, long timeoutNanos, Fate fate, long latencyNanos) {
    @Override
    public String toString() {
      return String.format(
          "%.3f s before its end, of %d ids, with %.3f s: %s after %.3f s",
          (double) nanosBeforeEnd / SECOND,
          size,
          (double) timeoutNanos / SECOND,
          fate,
          (double) latencyNanos / SECOND);
    }
  }

  private record Event(long atNanos, long sequence, Runnable action) {}

  /** The most batches there were in a second. */
  private static final class Crowd {
    final long sinceNanos;
    int batches;

    Crowd(long sinceNanos, int batches) {
      this.sinceNanos = sinceNanos;
      this.batches = batches;
    }
  }

  private final PolicyTimes times;
  final Random random;
  final BatchPlan plan;
  final Map<String, Seen> ids = new LinkedHashMap<>();

  /** Ids that the plan said are dead; the platform agreed. */
  final List<Seen> expired = new ArrayList<>();

  /** Whoever decides what happens to a request for these ids. */
  java.util.function.Function<List<Seen>, Fate> fates = sent -> Fate.ANSWERED;

  /** How long answers take. */
  java.util.function.LongSupplier latencyNanos = () -> SECOND / 50;

  /** How many ids the platform takes. */
  int platformLimit = 200;

  /** Negative, as a monotonic clock may be: its origin means nothing. */
  long nowNanos = -Duration.ofDays(30).toNanos();

  long requests;

  /** How often the plan asked to be stepped. */
  long wakes;

  long largestGapNanos;
  long latestFirstNanos;
  int batchLimit;

  private final long timeToLiveNanos;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::sequence));
  private final ArrayDeque<Crowd> crowds = new ArrayDeque<>();

  /** When the requests of the last second began. */
  private final ArrayDeque<Long> begun = new ArrayDeque<>();

  private long sequence;
  private int nextId;

  PlanWorld(HeartbeatPolicy policy, long seed) {
    random = new Random(seed);
    times = new PolicyTimes(policy);
    timeToLiveNanos = times.timeToLiveNanos;
    plan = new BatchPlan(policy, random, nowNanos, this);
  }

  /** Starts a connection on the platform, and keeps it alive. */
  Seen join() {
    KeptId id = new KeptId("id" + nextId++, new Acknowledgement(nowNanos));
    Seen seen = new Seen(id);
    ids.put(id.connId, seen);
    plan.join(id, nowNanos);
    return seen;
  }

  void join(int count) {
    for (int i = 0; i < count; i++) {
      join();
    }
  }

  void leave(Seen seen) {
    ids.remove(seen.id.connId);
    seen.id.become(HeartbeatState.CLOSED);
    plan.leave(seen.id);
  }

  Seen any() {
    int index = random.nextInt(ids.size());
    return ids.values().stream().skip(index).findFirst().orElseThrow();
  }

  /** The machine sleeps, or a long pause of the virtual machine: nothing runs. */
  void sleep(long nanos) {
    nowNanos += nanos;
  }

  /** Lets time pass, each thing at its own time. */
  void run(long nanos) {
    long endNanos = nowNanos + nanos;
    while (true) {
      step();
      long untilNext = plan.nanosUntilNext(nowNanos);
      check(untilNext > 0, "there is something to do, and it is not done");
      long next = untilNext > endNanos - nowNanos ? endNanos : nowNanos + untilNext;
      if (!events.isEmpty()) {
        next = Math.min(next, events.peek().atNanos);
      }
      wakes += next == nowNanos + untilNext ? 1 : 0;
      nowNanos = Math.max(nowNanos, Math.min(next, endNanos));
      boolean over = nowNanos >= endNanos;
      while (!events.isEmpty() && events.peek().atNanos <= nowNanos) {
        events.remove().action.run();
        over = false;
      }
      if (over) {
        step();
        return;
      }
    }
  }

  private void step() {
    plan.checkStates(nowNanos);
    noteBatches();
    for (Batch batch = plan.begin(nowNanos); batch != null; batch = plan.begin(nowNanos)) {
      send(batch);
      noteBatches();
    }
  }

  /** The states are what the ages say. */
  void checkStates() {
    plan.checkStates(nowNanos);
    for (Seen seen : ids.values()) {
      long age = nowNanos - seen.id.aliveAtNanos();
      HeartbeatState state = seen.id.state();
      boolean right =
          age >= timeToLiveNanos
              ? state == HeartbeatState.UNKNOWN
              : age >= times.atRiskAfterNanos
                  ? state == HeartbeatState.AT_RISK
                  : state == HeartbeatState.NEW || state == HeartbeatState.ALIVE;
      check(right, "%s at the age of %d ns", state, age);
      check(seen.isAlive() || state != HeartbeatState.ALIVE, "dead, and said to be alive");
    }
  }

  private static void check(boolean holds, String otherwise, Object... arguments) {
    if (!holds) {
      throw new AssertionError(String.format(otherwise, arguments));
    }
  }

  private void send(Batch batch) {
    requests++;
    check(!batch.ids.isEmpty(), "a request without ids");
    check(batch.ids.size() <= plan.batchLimit(), "%d ids", batch.ids.size());
    check(new HashSet<>(batch.connIds()).size() == batch.ids.size(), "an id twice in a request");
    check(batch.timeoutNanos > 0, "no time for an answer");
    checkPace();
    checkDeadline(batch);
    List<Seen> sent = new ArrayList<>();
    for (KeptId id : batch.ids) {
      check(!id.state().isFinal(), "%s was sent", id.state());
      sent.add(ids.get(id.connId));
    }
    Fate fate = batch.ids.size() > platformLimit ? Fate.CALLED_TOO_LARGE : fates.apply(sent);
    long latency = latencyNanos.getAsLong();
    for (Seen seen : sent) {
      seen.failures = fate == Fate.ANSWERED ? 0 : seen.failures + 1;
      seen.sent(batch, fate, latency);
    }
    long arrival = (long) (random.nextDouble() * latency);
    Set<String> dead = new HashSet<>();
    boolean carriedOut =
        fate == Fate.ANSWERED || fate == Fate.ANSWER_LOST || fate == Fate.ANSWER_HANGS;
    if (carriedOut) {
      at(arrival, () -> carryOut(sent, dead));
    }
    boolean hangs = fate == Fate.HANGS || fate == Fate.ANSWER_HANGS;
    if (hangs || latency > batch.timeoutNanos) {
      at(batch.timeoutNanos, () -> fail(batch, new IOException("given up")));
    } else {
      at(latency, () -> answer(batch, fate, dead));
    }
  }

  /** Notes the most batches of each second of the last three intervals, those to be split too. */
  private void noteBatches() {
    int batches = plan.pacedBatches();
    Crowd last = crowds.peekLast();
    if (last != null && nowNanos - last.sinceNanos < SECOND) {
      last.batches = Math.max(last.batches, batches);
      return;
    }
    crowds.add(new Crowd(nowNanos, batches));
    while (nowNanos - crowds.peek().sinceNanos > 3 * times.intervalNanos) {
      crowds.remove();
    }
  }

  /** No more requests begin in a second than an even spread of the last intervals, and two. */
  private void checkPace() {
    begun.add(nowNanos);
    while (nowNanos - begun.peek() >= SECOND) {
      begun.remove();
    }
    int batches = crowds.stream().mapToInt(crowd -> crowd.batches).max().orElseThrow();
    long most = (batches * SECOND + times.intervalNanos - 1) / times.intervalNanos + 2;
    check(begun.size() <= most, "%d begin in one second, %d may", begun.size(), most);
  }

  /** The deadline is that of the first of its ids to die, but for those that are presumed dead. */
  private void checkDeadline(Batch batch) {
    long first = Long.MAX_VALUE;
    for (KeptId id : batch.ids) {
      long remaining = id.aliveAtNanos() + timeToLiveNanos - nowNanos;
      first = remaining > 0 ? Math.min(first, remaining) : first;
    }
    boolean presumedDead = first == Long.MAX_VALUE;
    check(presumedDead || !batch.presumedDead, "presumed dead, and is not");
    check(
        presumedDead || batch.deadlineNanos - nowNanos <= first, "an id dies before the deadline");
  }

  private void carryOut(Collection<Seen> sent, Set<String> dead) {
    for (Seen seen : sent) {
      if (!seen.isAlive()) {
        dead.add(seen.id.connId);
        continue;
      }
      if (seen.acceptedOnce) {
        largestGapNanos = Math.max(largestGapNanos, nowNanos - seen.acceptedAtNanos);
      } else {
        latestFirstNanos = Math.max(latestFirstNanos, nowNanos - seen.joinedAtNanos);
      }
      seen.acceptedOnce = true;
      seen.acceptedAtNanos = nowNanos;
      seen.deadlineNanos = nowNanos + timeToLiveNanos;
    }
  }

  private void answer(Batch batch, Fate fate, Set<String> dead) {
    switch (fate) {
      case ANSWERED -> {
        note(batch, false);
        plan.acknowledged(batch, dead, nowNanos);
      }
      case ANSWER_LOST, LOST -> fail(batch, new IOException("connection reset"));
      case GARBAGE ->
          fail(
              batch,
              new InvalidResponseException("batchHeartbeat", "garbage", 502, null, "<html>", null));
      case FAULT -> fail(batch, refusal(5001));
      case QUOTA -> fail(batch, refusal(4009));
      case CALLED_TOO_LARGE -> fail(batch, refusal(7004));
      case CALLED_DUPLICATE -> fail(batch, refusal(7005));
      case REFUSED -> fail(batch, refusal(4002));
      case HANGS, ANSWER_HANGS -> throw new AssertionError("these do not answer");
    }
  }

  private static PlatformException refusal(int code) {
    return new PlatformException("batchHeartbeat", code, "refused", null);
  }

  private void fail(Batch batch, IOException cause) {
    fail(batch, new NetworkException("batchHeartbeat", "platform.test", cause));
  }

  private void fail(Batch batch, BiliLiveException cause) {
    note(batch, true);
    long pause = plan.failed(batch, FailureClassifier.kindOf(cause), cause, nowNanos);
    check(pause > 0, "no pause");
  }

  private void note(Batch batch, boolean failed) {
    for (KeptId id : batch.ids) {
      Seen seen = ids.get(id.connId);
      if (seen != null) {
        seen.failed = failed;
      }
    }
  }

  private void at(long delayNanos, Runnable action) {
    events.add(new Event(nowNanos + delayNanos, sequence++, action));
  }

  @Override
  public void stateChanged(KeptId id, HeartbeatState state, @Nullable BiliLiveException cause) {
    Seen seen = ids.get(id.connId);
    check(seen != null, "an id that left changes its state");
    HeartbeatState before =
        seen.states.isEmpty() ? HeartbeatState.NEW : seen.states.get(seen.states.size() - 1);
    check(state != before, "%s comes twice", state);
    check(cause == null || seen.failed, "%s for a cause that has gone", state);
    boolean young = nowNanos - id.aliveAtNanos() < times.atRiskAfterNanos;
    check(state != HeartbeatState.ALIVE || young, "alive after all that time");
    seen.states.add(state);
    if (state == HeartbeatState.EXPIRED) {
      check(!seen.isAlive(), "alive, and said to be dead");
      expired.add(seen);
      ids.remove(id.connId);
    }
  }

  @Override
  public void batchLimitChanged(int limit, @Nullable BiliLiveException cause) {
    batchLimit = limit;
  }
}
