package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatListener;
import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.HeartbeatStatistics;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.FailureKind;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.internal.http.ConnectionApi;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.Scheduler;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * Keeps any number of ids alive: waits, sends and notifies as {@link BatchPlan} decides.
 *
 * <p>Whatever happens (an id joins or leaves, an answer comes, time passes) is handled in a turn on
 * the scheduler's thread, which alone touches the plan. Any thread may put into the inbox: {@link
 * #joinedOrLeft} and {@link #outcomes}.
 */
public final class Heartbeats implements Closeable {
  /** How many ids join or leave in one turn before requests that are due begin. */
  private static final int IDS_PER_TURN = 10_000;

  private static final long MILLISECOND_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Transport transport;
  private final Scheduler scheduler;
  private final ListenerNotifier notifier;
  private final long timeToLiveNanos;
  private final long answerNanos;

  /** Ids that are kept alive, by conn_id: what {@link #register} checks. */
  private final ConcurrentMap<String, HeartbeatHandle> active = new ConcurrentHashMap<>();

  /** Ids that have joined or left since the last turn. */
  private final Queue<HeartbeatHandle> joinedOrLeft = new ConcurrentLinkedQueue<>();

  /** Outcomes of requests since the last turn. */
  private final Queue<Runnable> outcomes = new ConcurrentLinkedQueue<>();

  /** Whether a turn is scheduled because of the inbox, or running. */
  private final AtomicBoolean awake = new AtomicBoolean();

  /** To be cancelled by {@link #close}. */
  private final Set<InFlightRequest> inFlight =
      Collections.newSetFromMap(new ConcurrentHashMap<InFlightRequest, Boolean>());

  private final HeartbeatCounters counters = new HeartbeatCounters();

  /** When ids were last registered, to a millisecond. */
  private volatile Acknowledgement registration;

  private volatile boolean closed;

  /** Owned by the scheduler's thread, as all fields below. */
  private final BatchPlan plan;

  private final RefusalLog refusalLog = new RefusalLog();

  /** The alarm for the next turn; null if none is set. */
  private @Nullable Cancellable alarm;

  /** When the alarm goes off; of no meaning if there is none. */
  private long alarmAtNanos;

  /** Creates the heartbeats of one client. Its executor runs one task at a time, in order. */
  public Heartbeats(
      ConnectionApi<?> api,
      Scheduler scheduler,
      Executor callbackExecutor,
      HeartbeatPolicy policy,
      EventPoster<HeartbeatEvents> hook) {
    this(api::heartbeat, scheduler, callbackExecutor, policy, new Random(), hook);
  }

  Heartbeats(
      Transport transport,
      Scheduler scheduler,
      Executor callbackExecutor,
      HeartbeatPolicy policy,
      Random random,
      HeartbeatEvents events) {
    this(
        transport,
        scheduler,
        callbackExecutor,
        policy,
        random,
        new EventPoster<>(events, HeartbeatEvents.NONE, callbackExecutor));
  }

  private Heartbeats(
      Transport transport,
      Scheduler scheduler,
      Executor callbackExecutor,
      HeartbeatPolicy policy,
      Random random,
      EventPoster<HeartbeatEvents> hook) {
    this.transport = transport;
    this.scheduler = scheduler;
    notifier = new ListenerNotifier(callbackExecutor, hook);
    timeToLiveNanos = TimeUnit.MILLISECONDS.toNanos(policy.getTimeToLiveMillis());
    registration = new Acknowledgement(scheduler.nanoTime());
    answerNanos = new PolicyTimes(policy).answerNanos;
    plan = new BatchPlan(policy, random, scheduler.nanoTime(), new PlanListener());
    counters.batchLimit = plan.batchLimit();
  }

  /**
   * Keeps an id alive from now on; its listener hears on the callback executor.
   *
   * @throws IllegalArgumentException if the id is empty
   * @throws IllegalStateException if the id is kept alive already, or this is closed
   */
  public HeartbeatHandle register(String connId, HeartbeatListener listener) {
    return register(connId, listener, false, false);
  }

  /** As {@link #register}, for a part of the SDK: it hears at once, on the scheduler's thread. */
  public HeartbeatHandle registerDirectly(String connId, HeartbeatListener listener) {
    return register(connId, listener, true, false);
  }

  /** As {@link #registerDirectly}, for an id that may be old: a heartbeat is sent at once. */
  public HeartbeatHandle registerTakenOver(String connId, HeartbeatListener listener) {
    return register(connId, listener, true, true);
  }

  private HeartbeatHandle register(
      String connId, HeartbeatListener listener, boolean isDirect, boolean isUrgent) {
    Objects.requireNonNull(connId, "connId is null: give the conn_id that start answered");
    Objects.requireNonNull(
        listener,
        "listener is null: give one that starts a new connection when the state is EXPIRED");
    if (connId.isEmpty()) {
      throw new IllegalArgumentException("connId is empty: give the conn_id that start answered");
    }
    HeartbeatHandle handle =
        new HeartbeatHandle(connId, listener, isDirect, isUrgent, this, registrationNow());
    if (active.putIfAbsent(connId, handle) != null) {
      throw new IllegalStateException(
          "conn_id " + connId + " is kept alive already: close its KeepAlive first");
    }
    if (closed) { // Checked last, so that close() misses none.
      handle.become(HeartbeatState.CLOSED);
      active.remove(connId, handle);
      throw new IllegalStateException("the client is closed");
    }
    joinedOrLeft.add(handle);
    wake();
    return handle;
  }

  /** Ids that are registered within a millisecond share an object: there may be a million. */
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

  public long timeToLiveNanos() {
    return timeToLiveNanos;
  }

  long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(scheduler.nanoTime() - nanos);
  }

  void left(HeartbeatHandle handle) {
    active.remove(handle.getConnId(), handle);
    joinedOrLeft.add(handle);
    wake();
  }

  /** Returns statistics of this moment. Any thread; looks at each id once. */
  public HeartbeatStatistics snapshot() {
    long nowNanos = scheduler.nanoTime();
    Map<HeartbeatState, Integer> ids = new EnumMap<>(HeartbeatState.class);
    long oldestNanos = 0;
    for (HeartbeatHandle handle : active.values()) {
      HeartbeatState state = handle.state();
      Integer before = ids.get(state);
      ids.put(state, before == null ? 1 : before + 1);
      oldestNanos = Math.max(oldestNanos, nowNanos - handle.aliveAtNanos());
    }
    return counters
        .toStatistics()
        .ids(ids)
        .oldestAcknowledgementMillis(
            ids.isEmpty() ? null : TimeUnit.NANOSECONDS.toMillis(oldestNanos))
        .build();
  }

  /** Cancels requests in flight and calls no listener any more. Waits for nothing; any thread. */
  @Override
  public void close() {
    closed = true;
    notifier.close();
    for (HeartbeatHandle handle : active.values()) {
      handle.become(HeartbeatState.CLOSED);
    }
    active.clear();
    for (InFlightRequest request : inFlight) {
      request.cancel();
    }
  }

  // The scheduler's thread

  private void wake() {
    if (!awake.get() && awake.compareAndSet(false, true)) {
      scheduler.schedule(this::turn, 0);
    }
  }

  /** Handles the inbox and begins requests that are due, until there is neither. */
  private void turn() {
    if (closed) {
      joinedOrLeft.clear();
      return;
    }
    awake.set(true);
    try {
      do {
        joinAndLeave();
        handleOutcomes();
        plan.checkStates(scheduler.nanoTime());
        notifier.deliver();
        sendDue();
      } while (!outcomes.isEmpty());
    } finally { // An exception must not end the heartbeats.
      counters.batches = plan.batches();
      counters.inFlight = plan.inFlight();
      setAlarm();
      awake.set(false);
      // Checked last, so that none is forgotten.
      if (!joinedOrLeft.isEmpty() || !outcomes.isEmpty()) {
        wake();
      }
    }
  }

  private void handleOutcomes() {
    for (Runnable outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
      outcome.run();
    }
  }

  private void sendDue() {
    Batch batch = plan.begin(scheduler.nanoTime());
    while (batch != null) {
      send(batch);
      batch = plan.begin(scheduler.nanoTime());
    }
  }

  private void joinAndLeave() {
    long nowNanos = scheduler.nanoTime();
    for (int i = 0; i < IDS_PER_TURN; i++) {
      HeartbeatHandle handle = joinedOrLeft.poll();
      if (handle == null) {
        return;
      }
      if (handle.state().isFinal()) {
        plan.leave(handle);
      } else {
        plan.join(handle, handle.isUrgent, nowNanos);
      }
    }
  }

  private void setAlarm() {
    long nowNanos = scheduler.nanoTime();
    long nanos = plan.nanosUntilNext(nowNanos);
    if (alarm != null) {
      if (nanos != Long.MAX_VALUE && alarmAtNanos == nowNanos + nanos) {
        return;
      }
      alarm.cancel();
      alarm = null;
    }
    if (nanos != Long.MAX_VALUE) {
      alarmAtNanos = nowNanos + nanos;
      alarm = scheduler.schedule(this::goOff, nanos);
    }
  }

  private void goOff() {
    alarm = null;
    turn();
  }

  private void send(Batch batch) {
    List<String> connIds = batch.connIds();
    counters.attempts.incrementAndGet();
    notifier.post(events -> events.requestBegan(connIds));
    InFlightRequest request = new InFlightRequest(batch, connIds, this);
    inFlight.add(request);
    request.begin(transport, scheduler, answerNanos);
    if (closed) { // Checked last, so that close() misses none.
      request.cancel();
    }
  }

  /** A request has ended; {@code outcome} handles that in the next turn. Any thread. */
  void ended(InFlightRequest request, Runnable outcome) {
    inFlight.remove(request);
    givenUp(outcome);
  }

  /** A request is not waited for any more, but its answer may still come. */
  void givenUp(Runnable outcome) {
    outcomes.add(outcome);
    wake();
  }

  void acknowledged(InFlightRequest request, Set<String> deadConnIds) {
    long nowNanos = scheduler.nanoTime();
    long tookMillis = TimeUnit.NANOSECONDS.toMillis(nowNanos - request.batch.beganAtNanos);
    List<String> expired = new ArrayList<>();
    if (!deadConnIds.isEmpty()) {
      expired.addAll(request.connIds);
      expired.retainAll(deadConnIds);
    }
    counters.acknowledged.incrementAndGet();
    notifier.post(events -> events.requestAcknowledged(request.connIds, expired, tookMillis));
    plan.acknowledged(request.batch, deadConnIds, nowNanos);
  }

  void answeredLate(InFlightRequest request, Set<String> deadConnIds) {
    List<HeartbeatHandle> alive = new ArrayList<>();
    for (String connId : request.connIds) {
      HeartbeatHandle handle = active.get(connId);
      if (handle != null && !deadConnIds.contains(connId)) {
        alive.add(handle);
      }
    }
    plan.answeredLate(alive, request.beganAtNanos, scheduler.nanoTime());
  }

  void failed(InFlightRequest request, BiliLiveException cause) {
    long nowNanos = scheduler.nanoTime();
    FailureKind kind = FailureClassifier.kindOf(cause);
    counters.failed(kind);
    long pauseMillis =
        TimeUnit.NANOSECONDS.toMillis(plan.failed(request.batch, kind, cause, nowNanos));
    notifier.post(events -> events.requestFailed(request.connIds, kind, cause, pauseMillis));
    if (kind == FailureKind.REFUSED && refusalLog.isNew(cause, nowNanos)) {
      CallbackErrors.warn(
          "heartbeats are refused, and ids will expire unless this is fixed: "
              + cause.getMessage());
      notifier.post(events -> events.refused(cause));
    }
  }

  /** Hears of the plan's decisions while it is stepped. */
  private final class PlanListener implements BatchPlan.Listener {
    @Override
    public void stateChanged(KeptId id, HeartbeatState state, @Nullable BiliLiveException cause) {
      HeartbeatHandle handle = (HeartbeatHandle) id;
      if (state == HeartbeatState.EXPIRED) {
        active.remove(handle.getConnId(), handle);
        counters.expired.incrementAndGet();
        notifier.post(events -> events.expired(handle.getConnId()));
      }
      notifier.add(handle, state, cause);
    }

    @Override
    public void batchLimitChanged(int batchLimit, @Nullable BiliLiveException cause) {
      counters.batchLimit = batchLimit;
      CallbackErrors.warn(
          cause == null
              ? "heartbeat batches hold up to " + batchLimit + " ids again"
              : "heartbeat batches hold at most "
                  + batchLimit
                  + " ids for an hour, since the platform refused a larger one: "
                  + cause.getMessage());
      notifier.post(events -> events.batchLimitChanged(batchLimit));
    }
  }
}
