package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatListener;
import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.HeartbeatStatistics;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.FailureKind;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.internal.http.ConnectionApi;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Scheduler;
import java.io.Closeable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps any number of ids alive: a thin shell of timing, sending and notifying around {@link
 * BatchPlan}.
 *
 * <p>Everything that happens (an id joins or leaves, an answer comes, time passes) is put into an
 * inbox and handled in turn on the scheduler's thread, which alone touches the plan. Listeners are
 * called on the callback executor, so a slow one delays no heartbeat.
 */
public final class Heartbeats implements Closeable {
  /** How many ids a turn takes in before what is due gets its turn. */
  private static final int IDS_PER_TURN = 10_000;

  private static final long MILLISECOND_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Transport transport;
  private final Scheduler scheduler;
  private final ListenerNotifier notices;

  /** Ids that are kept alive, by conn_id: what {@link #register} checks. */
  private final ConcurrentMap<String, HeartbeatHandle> active = new ConcurrentHashMap<>();

  /** Ids that have joined or left since the last turn. */
  private final Queue<HeartbeatHandle> moved = new ConcurrentLinkedQueue<>();

  /** Answers that have come since the last turn. */
  private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();

  /** Whether the scheduler's thread has been told of the inbox, or is just at it. */
  private final AtomicBoolean told = new AtomicBoolean();

  /** Requests under way, to be cancelled by {@link #close}. */
  private final Set<InFlightRequest> flights =
      Collections.newSetFromMap(new ConcurrentHashMap<InFlightRequest, Boolean>());

  private final HeartbeatCounters tally = new HeartbeatCounters();

  /** When ids were last registered, to a millisecond. */
  private volatile Acknowledgement registration;

  private volatile boolean closed;

  /** Owned by the scheduler's thread, as all that follows. */
  private final BatchPlan plan;

  private final RefusalLog refusals = new RefusalLog();

  /** Requests under way, the one to be given up first at the head; some may be over. */
  private final PriorityQueue<InFlightRequest> timed =
      new PriorityQueue<>(
          BatchQueue.INITIAL_CAPACITY, (a, b) -> Long.signum(a.endAtNanos - b.endAtNanos));

  /** The alarm for the next turn; null if none is set. */
  private @Nullable Cancellable alarm;

  /** When it rings; of no meaning if there is none. */
  private long alarmAtNanos;

  /**
   * Creates the heartbeats of one client; its first registered id sets them going.
   *
   * @param callbackExecutor runs what it is given in order and one at a time
   */
  public Heartbeats(
      ConnectionApi api,
      Scheduler scheduler,
      Executor callbackExecutor,
      HeartbeatPolicy policy,
      HeartbeatEvents events) {
    this(api::heartbeat, scheduler, callbackExecutor, policy, new Random(), events);
  }

  Heartbeats(
      Transport transport,
      Scheduler scheduler,
      Executor callbackExecutor,
      HeartbeatPolicy policy,
      Random random,
      HeartbeatEvents events) {
    this.transport = transport;
    this.scheduler = scheduler;
    notices = new ListenerNotifier(callbackExecutor, events);
    registration = new Acknowledgement(scheduler.nanoTime());
    plan = new BatchPlan(policy, random, scheduler.nanoTime(), new Told());
    tally.batchLimit = plan.batchLimit();
  }

  /**
   * Keeps an id alive from now on.
   *
   * @param listener hears on the callback executor
   * @throws IllegalArgumentException if the id is empty
   * @throws IllegalStateException if the id is kept alive already, or this is closed
   */
  public HeartbeatHandle register(String connId, HeartbeatListener listener) {
    return register(connId, listener, false);
  }

  /**
   * Keeps an id alive from now on, for a part of the SDK that must hear of it at once: on the
   * scheduler's thread.
   *
   * @throws IllegalArgumentException if the id is empty
   * @throws IllegalStateException if the id is kept alive already, or this is closed
   */
  public HeartbeatHandle registerDirectly(String connId, HeartbeatListener listener) {
    return register(connId, listener, true);
  }

  private HeartbeatHandle register(String connId, HeartbeatListener listener, boolean direct) {
    if (connId.isEmpty()) {
      throw new IllegalArgumentException("connId is empty: give the conn_id that start answered");
    }
    HeartbeatHandle heartbeat =
        new HeartbeatHandle(connId, listener, direct, this, registrationNow());
    if (active.putIfAbsent(connId, heartbeat) != null) {
      throw new IllegalStateException(
          "conn_id " + connId + " is kept alive already: close its Heartbeat first");
    }
    if (closed) { // Looked at last, so that close() misses none.
      heartbeat.become(HeartbeatState.CLOSED);
      active.remove(connId, heartbeat);
      throw new IllegalStateException("the client is closed");
    }
    moved.add(heartbeat);
    wake();
    return heartbeat;
  }

  /** Returns what ids share that are registered within a millisecond: a million may be. */
  private Acknowledgement registrationNow() {
    long nowNanos = scheduler.nanoTime();
    Acknowledgement last = registration;
    if (nowNanos - last.atNanos < MILLISECOND_NANOS) {
      return last;
    }
    Acknowledgement next = new Acknowledgement(nowNanos);
    registration = next;
    return next;
  }

  long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(scheduler.nanoTime() - nanos);
  }

  public void left(HeartbeatHandle heartbeat) {
    active.remove(heartbeat.getConnId(), heartbeat);
    moved.add(heartbeat);
    wake();
  }

  /** Returns what all heartbeats are like now. Any thread; looks at each id once. */
  public HeartbeatStatistics snapshot() {
    long nowNanos = scheduler.nanoTime();
    Map<HeartbeatState, Integer> ids = new EnumMap<>(HeartbeatState.class);
    long oldestNanos = -1;
    for (HeartbeatHandle heartbeat : active.values()) {
      HeartbeatState state = heartbeat.state();
      Integer before = ids.get(state);
      ids.put(state, before == null ? 1 : before + 1);
      oldestNanos = Math.max(oldestNanos, nowNanos - heartbeat.aliveAtNanos());
    }
    long oldestMillis =
        ids.isEmpty() ? HeartbeatStatistics.NONE : TimeUnit.NANOSECONDS.toMillis(oldestNanos);
    return new HeartbeatStatistics(ids, oldestMillis, tally);
  }

  /**
   * Ends all heartbeats: cancels what is under way, lets no listener hear anything more, and
   * returns without waiting for the network. Idempotent, any thread.
   */
  @Override
  public void close() {
    closed = true;
    notices.close();
    for (HeartbeatHandle heartbeat : active.values()) {
      heartbeat.become(HeartbeatState.CLOSED);
    }
    active.clear();
    for (InFlightRequest flight : flights) {
      flight.cancel();
    }
  }

  // The scheduler's thread

  private void wake() {
    if (!told.get() && told.compareAndSet(false, true)) {
      scheduler.schedule(this::turn, 0);
    }
  }

  /** Handles the inbox and begins what is due, until there is neither. */
  private void turn() {
    if (closed) {
      moved.clear();
      return;
    }
    told.set(true);
    try {
      do {
        takeIn();
        giveUp();
        settle();
        plan.watch(scheduler.nanoTime());
        notices.tellChanges();
        sendDue();
      } while (!answers.isEmpty());
    } finally { // Nothing that may be thrown ends the heartbeats.
      tally.batches = plan.batches();
      tally.inFlight = plan.inFlight();
      setAlarm();
      told.set(false);
      if (!moved.isEmpty() || !answers.isEmpty()) { // Looked at last, so that none is forgotten.
        wake();
      }
    }
  }

  private void giveUp() {
    for (InFlightRequest first = nextToGiveUp(); first != null; first = nextToGiveUp()) {
      if (first.endAtNanos - scheduler.nanoTime() > 0) {
        return;
      }
      timed.remove();
      first.giveUp();
    }
  }

  private @Nullable InFlightRequest nextToGiveUp() {
    while (!timed.isEmpty() && timed.peek().isOver()) {
      timed.remove();
    }
    return timed.peek();
  }

  private void settle() {
    for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
      answer.run();
    }
  }

  private void sendDue() {
    for (Batch batch = plan.begin(scheduler.nanoTime());
        batch != null;
        batch = plan.begin(scheduler.nanoTime())) {
      send(batch);
    }
  }

  private void takeIn() {
    long nowNanos = scheduler.nanoTime();
    for (int i = 0; i < IDS_PER_TURN; i++) {
      HeartbeatHandle heartbeat = moved.poll();
      if (heartbeat == null) {
        return;
      }
      if (heartbeat.state().isLast()) {
        plan.leave(heartbeat);
      } else {
        plan.join(heartbeat, nowNanos);
      }
    }
  }

  private void setAlarm() {
    long nowNanos = scheduler.nanoTime();
    long nanos = plan.nanosUntilNext(nowNanos);
    InFlightRequest first = nextToGiveUp();
    if (first != null) {
      nanos = Math.max(0, Math.min(nanos, first.endAtNanos - nowNanos));
    }
    if (alarm != null && nanos != Long.MAX_VALUE && alarmAtNanos == nowNanos + nanos) {
      return;
    }
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
    if (nanos != Long.MAX_VALUE) {
      alarmAtNanos = nowNanos + nanos;
      alarm = scheduler.schedule(this::ring, nanos);
    }
  }

  private void ring() {
    alarm = null;
    turn();
  }

  private void send(Batch batch) {
    List<String> connIds = batch.connIds();
    tally.attempts.incrementAndGet();
    notices.tell(events -> events.requestBegan(connIds));
    InFlightRequest flight = new InFlightRequest(batch, connIds, this);
    flights.add(flight);
    timed.add(flight); // First, so that one whose sending throws is given up and tried again.
    flight.begin(transport);
    if (closed) { // Looked at last, so that close() misses none.
      flight.cancel();
    }
  }

  /** A request has ended, as {@code outcome} tells; any thread. */
  void ended(InFlightRequest flight, Runnable outcome) {
    flights.remove(flight);
    answers.add(outcome);
    wake();
  }

  void acknowledged(InFlightRequest flight, Set<String> deadConnIds) {
    long nowNanos = scheduler.nanoTime();
    long tookMillis = TimeUnit.NANOSECONDS.toMillis(nowNanos - flight.batch.beganAtNanos);
    List<String> expired = flight.among(deadConnIds);
    tally.acknowledged.incrementAndGet();
    notices.tell(events -> events.requestAcknowledged(flight.connIds, expired, tookMillis));
    plan.acknowledged(flight.batch, deadConnIds, nowNanos);
  }

  void failed(InFlightRequest flight, BiliLiveException cause) {
    long nowNanos = scheduler.nanoTime();
    FailureKind kind = FailureKind.of(cause);
    tally.failed(kind);
    long pauseMillis =
        TimeUnit.NANOSECONDS.toMillis(plan.failed(flight.batch, kind, cause, nowNanos));
    notices.tell(events -> events.requestFailed(flight.connIds, kind, cause, pauseMillis));
    if (kind == FailureKind.REFUSED && refusals.isNew(cause, nowNanos)) {
      notices.tell(events -> events.refused(cause));
    }
  }

  /** Writes down what the plan tells while it is stepped. */
  private final class Told implements BatchPlan.Changes {
    @Override
    public void stateChanged(KeptId id, HeartbeatState state, @Nullable BiliLiveException cause) {
      HeartbeatHandle heartbeat = (HeartbeatHandle) id;
      if (state == HeartbeatState.EXPIRED) {
        active.remove(heartbeat.getConnId(), heartbeat);
        tally.expired.incrementAndGet();
        notices.tell(events -> events.expired(heartbeat.getConnId()));
      }
      notices.add(heartbeat, state, cause);
    }

    @Override
    public void limitLearned(int limit) {
      tally.batchLimit = limit;
      notices.tell(events -> events.batchLimitLearned(limit));
    }
  }
}
