package io.github.bililive.heartbeat;

import io.github.bililive.call.AnswerCallback;
import io.github.bililive.call.LiveRoomCalls;
import io.github.bililive.call.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.internal.Cancellable;
import io.github.bililive.internal.Reporting;
import io.github.bililive.internal.Scheduler;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
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
 * <p>Everything that happens (an id joins or leaves, an answer comes, time passes) is put into one
 * inbox and handled in turn on the scheduler's thread, which alone touches the plan. Listeners are
 * called on the callback executor, so a slow one delays no heartbeat.
 */
public final class Heartbeats implements Closeable {
  private final Transport transport;
  private final Scheduler scheduler;
  private final Executor callbacks;
  private final HeartbeatEvents events;

  /** Active heartbeats by conn_id: what {@link #register} checks. */
  private final ConcurrentMap<String, Heartbeat> active = new ConcurrentHashMap<>();

  /** What the scheduler's thread has still to handle. */
  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();

  /** Whether the scheduler's thread has been told of the inbox. */
  private final AtomicBoolean told = new AtomicBoolean();

  /** Requests under way, to be cancelled by {@link #close}. */
  private final Set<PendingCall> inFlight =
      Collections.newSetFromMap(new ConcurrentHashMap<PendingCall, Boolean>());

  private volatile boolean closed;

  /** Owned by the scheduler's thread. */
  private final BatchPlan plan;

  /** The alarm for the next batch. Owned by the scheduler's thread; null if none is set. */
  private @Nullable Cancellable alarm;

  /**
   * Creates the heartbeats of one client; its first registered id sets them going.
   *
   * @param callbackExecutor runs what it is given in order and one at a time
   */
  public Heartbeats(
      LiveRoomCalls calls,
      Scheduler scheduler,
      Executor callbackExecutor,
      HeartbeatTiming timing,
      HeartbeatEvents events) {
    this(
        new CallsTransport(calls),
        scheduler,
        callbackExecutor,
        new BatchPlan(timing, LiveRoomCalls.MAX_BATCH, new Random()),
        events);
  }

  Heartbeats(
      Transport transport,
      Scheduler scheduler,
      Executor callbackExecutor,
      BatchPlan plan,
      HeartbeatEvents events) {
    this.transport = transport;
    this.scheduler = scheduler;
    this.callbacks = callbackExecutor;
    this.plan = plan;
    this.events = events;
  }

  /**
   * Keeps an id alive from now on.
   *
   * @throws IllegalArgumentException if the id is empty
   * @throws IllegalStateException if the id is kept alive already, or this is closed
   */
  public Heartbeat register(String connId, HeartbeatListener listener) {
    return register(connId, listener, callbacks);
  }

  /**
   * Keeps an id alive from now on, for a part of the SDK that must hear of it at once.
   *
   * @param executor where the listener is called; a direct one calls it on the scheduler's thread
   * @throws IllegalArgumentException if the id is empty
   * @throws IllegalStateException if the id is kept alive already, or this is closed
   */
  public Heartbeat register(String connId, HeartbeatListener listener, Executor executor) {
    if (connId.isEmpty()) {
      throw new IllegalArgumentException("connId is empty: give the conn_id that start answered");
    }
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
    Heartbeat heartbeat = new Heartbeat(connId, listener, executor, this, scheduler.nanoTime());
    if (active.putIfAbsent(connId, heartbeat) != null) {
      throw new IllegalStateException(
          "conn_id " + connId + " is kept alive already: close its Heartbeat first");
    }
    post(() -> heartbeat.keptId = plan.join(connId, heartbeat, scheduler.nanoTime()));
    return heartbeat;
  }

  long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(scheduler.nanoTime() - nanos);
  }

  void leave(Heartbeat heartbeat) {
    active.remove(heartbeat.connId(), heartbeat);
    post(
        () -> {
          KeptId id = heartbeat.keptId;
          if (id != null && id.owner == heartbeat) {
            plan.leave(id);
          }
        });
  }

  /**
   * Ends all heartbeats: cancels what is under way, lets no listener hear anything more, and
   * returns without waiting for the network. Idempotent, any thread.
   */
  @Override
  public void close() {
    closed = true;
    for (Heartbeat heartbeat : active.values()) {
      heartbeat.end(Heartbeat.State.CLOSED);
    }
    active.clear();
    for (PendingCall call : inFlight) {
      call.cancel();
    }
  }

  /** Calls a listener on its executor, unless this is closed by then. */
  private void tell(Executor executor, Runnable callback) {
    executor.execute(
        () -> {
          if (!closed) {
            Reporting.run(callback);
          }
        });
  }

  private void post(Runnable event) {
    inbox.add(event);
    if (told.compareAndSet(false, true)) {
      scheduler.schedule(this::handleAll, 0);
    }
  }

  /** On the scheduler's thread: handles the inbox, then begins what is due. */
  private void handleAll() {
    told.set(false);
    for (Runnable event = inbox.poll(); event != null; event = inbox.poll()) {
      event.run();
    }
    if (closed) {
      return;
    }
    for (Batch batch = begin(); batch != null; batch = begin()) {
      send(batch);
    }
    setAlarm();
  }

  private @Nullable Batch begin() {
    return plan.begin(scheduler.nanoTime());
  }

  private void setAlarm() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
    long nanos = plan.nanosUntilNext(scheduler.nanoTime());
    if (nanos != Long.MAX_VALUE) {
      alarm = scheduler.schedule(this::handleAll, nanos);
    }
  }

  private void send(Batch batch) {
    List<String> connIds = Collections.unmodifiableList(batch.connIds());
    tell(callbacks, () -> events.requestBegan(connIds));
    new Flight(batch, connIds).begin();
  }

  /** One request under way. */
  private final class Flight implements AnswerCallback<Set<String>> {
    private final Batch batch;
    private final List<String> connIds;

    /** Set right after it began; the answer may be there before. */
    private volatile @Nullable PendingCall call;

    private volatile boolean ended;

    Flight(Batch batch, List<String> connIds) {
      this.batch = batch;
      this.connIds = connIds;
    }

    void begin() {
      PendingCall begun = transport.send(connIds, plan.requestTimeoutNanos(batch), this);
      call = begun;
      inFlight.add(begun);
      if (ended) {
        inFlight.remove(begun);
      }
      if (closed) {
        begun.cancel();
      }
    }

    @Override
    public void onAnswer(Set<String> deadConnIds) {
      end(() -> acknowledged(this, deadConnIds));
    }

    @Override
    public void onFailure(BiliLiveException cause) {
      end(() -> failed(this, cause));
    }

    private void end(Runnable event) {
      ended = true;
      PendingCall begun = call;
      if (begun != null) {
        inFlight.remove(begun);
      }
      post(event);
    }
  }

  private void acknowledged(Flight flight, Set<String> deadConnIds) {
    long tookNanos = scheduler.nanoTime() - flight.batch.beganAtNanos;
    List<KeptId> dropped = plan.acknowledged(flight.batch, deadConnIds);
    List<String> expired = new ArrayList<>(dropped.size());
    for (KeptId id : dropped) {
      expired.add(id.connId);
    }
    tell(
        callbacks,
        () ->
            events.requestAcknowledged(
                flight.connIds,
                Collections.unmodifiableList(expired),
                TimeUnit.NANOSECONDS.toMillis(tookNanos)));
    for (KeptId id : flight.batch.ids) {
      id.owner.aliveAtNanos = id.aliveAtNanos;
    }
    for (KeptId id : dropped) {
      expire(id.owner);
    }
  }

  private void expire(Heartbeat heartbeat) {
    if (heartbeat.end(Heartbeat.State.EXPIRED)) {
      active.remove(heartbeat.connId(), heartbeat);
      tell(heartbeat.executor, () -> heartbeat.listener().onExpired(heartbeat.connId()));
    }
  }

  private void failed(Flight flight, BiliLiveException cause) {
    Collection<Heartbeat> owners = ownersOf(flight.batch);
    long pauseNanos = pauseAfter(flight.batch, cause);
    tell(
        callbacks,
        () ->
            events.requestFailed(flight.connIds, cause, TimeUnit.NANOSECONDS.toMillis(pauseNanos)));
    for (Heartbeat owner : owners) {
      tell(
          owner.executor,
          () -> {
            if (owner.state() == Heartbeat.State.ACTIVE) {
              owner.listener().onFailure(owner.connId(), cause);
            }
          });
    }
  }

  private static Collection<Heartbeat> ownersOf(Batch batch) {
    List<Heartbeat> owners = new ArrayList<>(batch.ids.size());
    for (KeptId id : batch.ids) {
      owners.add(id.owner);
    }
    return owners;
  }

  private long pauseAfter(Batch batch, BiliLiveException cause) {
    long nowNanos = scheduler.nanoTime();
    PlatformCode code =
        cause instanceof PlatformException ? ((PlatformException) cause).knownCode() : null;
    if (batch.ids.size() > 1 && isAboutContent(code)) {
      return plan.split(batch, code == PlatformCode.BATCH_TOO_LARGE, nowNanos);
    }
    return cause.remedy() == Remedy.RETRY
        ? plan.failed(batch, nowNanos)
        : plan.refused(batch, nowNanos);
  }

  /** Whether a batch was refused for the ids it holds. */
  private static boolean isAboutContent(@Nullable PlatformCode code) {
    return code == PlatformCode.BATCH_TOO_LARGE
        || code == PlatformCode.BATCH_HOLDS_DUPLICATES
        || code == PlatformCode.HEARTBEAT_EXPIRED;
  }
}
