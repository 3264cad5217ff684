package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.ConnectionHealth;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.Remedy;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Scheduler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Owns one connection: every socket, call and timer of a room is begun and ended here, on the
 * scheduler's thread, and nowhere else.
 *
 * <pre>
 *        connect           started             opened                accepted
 *   IDLE ──────▶ STARTING ────────▶ CONNECTING ──────▶ AUTHENTICATING ────────▶ OPEN
 *                 ▲  │                ▲   │                 │                     │
 *                 │  │ failed,        │   │ lost, or too    │ lost, refused, or   │ lost, silent,
 *                 │  │ refused        │   │ slow            │ no reply in 5 s     │ or expired
 *                 │  ▼                │   ▼                 ▼                     ▼
 *                 └──────────────── BACKING_OFF ◀─────────────────────────────────┘
 *               no living conn_id     a living conn_id
 *
 *   any ── close, or a refusal that waiting does not heal ──▶ CLOSED, for good
 * </pre>
 *
 * <ul>
 *   <li>A {@code conn_id} lives on when its socket is lost, and the next socket uses it: only five
 *       fit in a room, and there is no call that ends one. It is given up when the platform says
 *       that it is dead (an HTTP heartbeat, {@code INTERACTION_END}), when the platform refuses its
 *       auth body, or when this machine slept for longer than ids live.
 *   <li>A start whose answer is lost, and an id that is given up while it may live, still take a
 *       slot of the room for a while: {@link AbandonedStarts} says when another start may be made.
 *   <li>What comes from a socket or a call that is not the present one is ignored: each is an
 *       object of its own, compared by identity.
 *   <li>There is one timer at a time, and what it means follows from the state.
 * </ul>
 */
public final class ConnectionMachine {
  /** How long opening a socket may take; OkHttp's own limits for its steps are 10 s each. */
  static final long DIAL_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** The platform answers the auth body within 5 s, or never. */
  static final long AUTH_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /**
   * The longest time between socket heartbeats: the platform hangs up after about 70 s without, and
   * public clients use 15 to 30 s.
   */
  static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** How long a socket that is closed in order may take for it. */
  static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RoomIo surroundings;
  private final Scheduler scheduler;
  private final BackOff backOff;
  private final AttemptBudget budget;
  private final AbandonedStarts abandoned;
  private final long timeToLiveNanos;
  private final ConnectionReport report;

  /** Where it stands. Written on the scheduler's thread alone, as all that follows. */
  private volatile ConnectionState state = ConnectionState.of(Phase.IDLE);

  /** The living conn_id; null if there is none. */
  private @Nullable StartedConnection started;

  /** Its heartbeats; null exactly when {@link #started} is. */
  private volatile RoomIo.@Nullable KeptAlive keptAlive;

  /** The start under way; null in every state but STARTING. */
  private @Nullable StartAttempt starting;

  /** The present socket; null in every state but CONNECTING, AUTHENTICATING and OPEN. */
  private @Nullable SocketAttempt attempt;

  /** The timer of the present state; null if it has none. */
  private @Nullable Alarm alarm;

  /** Which of the addresses is dialled next. */
  private int nextLink;

  public ConnectionMachine(
      RoomIo surroundings,
      Scheduler scheduler,
      BackOff backOff,
      AttemptBudget budget,
      long timeToLiveNanos,
      ConnectionReport report) {
    this.surroundings = surroundings;
    this.scheduler = scheduler;
    this.backOff = backOff;
    this.budget = budget;
    this.timeToLiveNanos = timeToLiveNanos;
    this.report = report;
    abandoned = new AbandonedStarts(timeToLiveNanos);
  }

  /** Returns where it stands. Any thread. */
  public ConnectionState state() {
    return state;
  }

  /** Returns the age of the last acknowledged HTTP heartbeat. Any thread. */
  public long httpHeartbeatAgeMillis() {
    RoomIo.KeptAlive present = keptAlive;
    return present == null ? ConnectionHealth.NEVER : present.millisSinceAcknowledged();
  }

  /** Begins. Any thread. */
  public void connect() {
    post(
        () -> {
          if (state.getPhase() == Phase.IDLE) {
            start();
          }
        });
  }

  /** Ends everything, for good. Any thread. */
  public void close() {
    close(ConnectionState.of(Phase.CLOSED));
  }

  /** Ends everything, for good, in this state. Any thread. */
  void close(ConnectionState closed) {
    post(() -> end(closed));
  }

  private void post(Runnable event) {
    scheduler.schedule(event, 0);
  }

  // STARTING

  private void start() {
    enter(ConnectionState.of(Phase.STARTING));
    StartAttempt begun = new StartAttempt();
    starting = begun;
    begun.call = surroundings.start(begun);
  }

  /** One call of start. */
  private final class StartAttempt implements AnswerCallback<StartedConnection> {
    /** Null until the call has begun. */
    @Nullable PendingCall call;

    @Override
    public void onSuccess(StartedConnection answer) {
      post(
          () -> {
            if (starting == this) {
              starting = null;
              started(answer);
            }
          });
    }

    @Override
    public void onFailure(BiliLiveException error) {
      post(
          () -> {
            if (starting == this) {
              starting = null;
              startFailed(error);
            }
          });
    }
  }

  private void started(StartedConnection answer) {
    WssLinks usable = WssLinks.of(answer.getWssLinks());
    if (usable.isEmpty()) {
      abandoned.add(scheduler.nanoTime());
      backOff(usable.problem(), null, 0);
      return;
    }
    started = new StartedConnection(answer.getConnId(), answer.getAuthBody(), usable.links());
    nextLink = 0;
    try {
      keptAlive = surroundings.keepAlive(answer.getConnId(), () -> expired(answer.getConnId()));
    } catch (IllegalStateException e) { // The client is closed, or a user keeps this id alive.
      end(new ConnectionState(Phase.CLOSED, String.valueOf(e.getMessage()), null, 0));
      return;
    }
    report.started(answer.getConnId());
    dial();
  }

  private void startFailed(BiliLiveException error) {
    abandoned.failed(error, scheduler.nanoTime());
    String reason = String.valueOf(error.getMessage());
    if (error.getRemedy() == Remedy.GIVE_UP || error.getRemedy() == Remedy.SIGN_IN_AGAIN) {
      end(new ConnectionState(Phase.CLOSED, reason, error, 0));
    } else {
      backOff(reason, error, TimeUnit.MILLISECONDS.toNanos(error.getRetryAfterMillis()));
    }
  }

  // CONNECTING, AUTHENTICATING, OPEN

  private void dial() {
    StartedConnection present = started;
    if (present == null) {
      start();
      return;
    }
    enter(ConnectionState.of(Phase.CONNECTING));
    setAlarm(DIAL_TIMEOUT_NANOS);
    String link = present.getWssLinks().get(nextLink++ % present.getWssLinks().size());
    SocketAttempt begun = new SocketAttempt();
    attempt = begun;
    report.dialled(link);
    begun.socket = surroundings.dial(link, begun);
    surroundings.listenTo(begun.socket);
  }

  /** One socket, from dialling to its end. Its events come from the socket's threads. */
  private final class SocketAttempt implements LiveSocket.Events {
    /** Null until it is dialled. */
    @Nullable LiveSocket socket;

    /** When the heartbeat was sent that has no reply yet; null if there is none. */
    @Nullable Long beatSentAtNanos;

    @Override
    public void opened() {
      postPresent(() -> authenticate(this));
    }

    @Override
    public void authReply(int code) {
      postPresent(() -> authenticated(code));
    }

    @Override
    public void heartbeatReply() {
      postPresent(this::beatAnswered);
    }

    @Override
    public void interactionEnded(String connId) {
      postPresent(
          () -> {
            if (started != null) {
              // Without an id it can only mean the one that this socket is for.
              expired(connId.isEmpty() ? started.getConnId() : connId);
            }
          });
    }

    @Override
    public void lost(String reason) {
      postPresent(() -> backOff(reason, null, 0));
    }

    private void postPresent(Runnable event) {
      post(
          () -> {
            if (attempt == this) {
              event.run();
            }
          });
    }

    void beat() {
      if (socket != null) {
        beatSentAtNanos = scheduler.nanoTime();
        socket.beat();
      }
    }

    private void beatAnswered() {
      if (beatSentAtNanos != null) {
        report.heartbeatAnswered(scheduler.nanoTime() - beatSentAtNanos);
        beatSentAtNanos = null;
      }
    }

    boolean isSilent() {
      return socket != null && beatSentAtNanos != null && !socket.heldBackSince(beatSentAtNanos);
    }
  }

  private void authenticate(SocketAttempt opened) {
    if (state.getPhase() != Phase.CONNECTING || started == null || opened.socket == null) {
      return;
    }
    enter(ConnectionState.of(Phase.AUTHENTICATING));
    setAlarm(AUTH_TIMEOUT_NANOS);
    opened.socket.authenticate(started.getAuthBody());
  }

  private void authenticated(int code) {
    if (state.getPhase() != Phase.AUTHENTICATING || attempt == null) {
      return;
    }
    if (code != 0) {
      report.refused(code);
      abandoned.add(scheduler.nanoTime());
      forget();
      backOff("the platform refused the auth body with code " + code, null, 0);
      return;
    }
    enter(ConnectionState.of(Phase.OPEN));
    backOff.opened(scheduler.nanoTime());
    attempt.beat();
    setAlarm(BEAT_NANOS);
  }

  /** In OPEN, one beat after the last. */
  private void beatAgain(SocketAttempt present) {
    if (present.isSilent()) {
      backOff("a socket heartbeat was not answered until the next", null, 0);
      return;
    }
    if (present.beatSentAtNanos == null) {
      backOff.reset(); // Open for a whole beat, and answered: it is stable.
    }
    present.beat();
    // Spread, or rooms that opened in one moment would all beat in one moment, for ever.
    setAlarm(backOff.spreadNanos(BEAT_NANOS));
  }

  // BACKING_OFF

  /**
   * Ends what is under way and waits.
   *
   * @param atLeastNanos what the platform asks for. The back-off comes on top of it, or of the time
   *     until a start may be made; with a living conn_id that is none, as none was abandoned since.
   */
  private void backOff(String reason, @Nullable BiliLiveException cause, long atLeastNanos) {
    stopAttempts();
    long nowNanos = scheduler.nanoTime();
    long untilStartNanos = abandoned.waitNanos(nowNanos);
    long pauseNanos = Math.max(atLeastNanos, untilStartNanos) + backOff.nextNanos(nowNanos);
    enter(
        new ConnectionState(
            Phase.BACKING_OFF, reason, cause, TimeUnit.NANOSECONDS.toMillis(pauseNanos)));
    setAlarm(pauseNanos);
  }

  private void tryAgain() {
    long waitNanos = budget.book(scheduler.nanoTime());
    if (waitNanos > 0) {
      report.postponed(waitNanos);
      alarm = new Alarm(waitNanos, this::dial);
    } else {
      dial();
    }
  }

  /** The platform, or the clock, says that a conn_id is dead. */
  private void expired(String connId) {
    if (started == null || !started.getConnId().equals(connId)) {
      return;
    }
    report.expired(connId);
    forget();
    if (state.getPhase() != Phase.BACKING_OFF) {
      backOff("conn_id " + connId + " has expired", null, 0);
    }
  }

  /** Gives the conn_id up. */
  private void forget() {
    RoomIo.KeptAlive present = keptAlive;
    if (present != null) {
      present.close();
    }
    keptAlive = null;
    started = null;
  }

  // CLOSED

  private void end(ConnectionState closed) {
    if (state.getPhase() == Phase.CLOSED) {
      return;
    }
    SocketAttempt present = attempt;
    if (present != null && present.socket != null && state.getPhase() == Phase.OPEN) {
      LiveSocket open = present.socket;
      open.close();
      scheduler.schedule(open::cancel, GOODBYE_NANOS);
      attempt = null;
    }
    stopAttempts();
    forget();
    enter(closed);
  }

  private void stopAttempts() {
    cancelAlarm();
    surroundings.listenTo(null);
    StartAttempt call = starting;
    starting = null;
    if (call != null && call.call != null) {
      call.call.cancel();
    }
    SocketAttempt present = attempt;
    attempt = null;
    if (present != null && present.socket != null) {
      present.socket.cancel();
    }
  }

  private void enter(ConnectionState next) {
    cancelAlarm();
    state = next;
    surroundings.stateChanged(next);
    report.stateChanged(next);
  }

  // The timer

  private void setAlarm(long delayNanos) {
    cancelAlarm();
    alarm = new Alarm(delayNanos, this::timeIsUp);
  }

  private void cancelAlarm() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  private final class Alarm {
    private final long dueAtNanos;
    private final Runnable action;
    private final Cancellable timer;

    Alarm(long delayNanos, Runnable action) {
      this.action = action;
      dueAtNanos = scheduler.nanoTime() + delayNanos;
      timer = scheduler.schedule(this::ring, delayNanos);
    }

    void cancel() {
      timer.cancel();
    }

    private void ring() {
      if (alarm != this) {
        return;
      }
      alarm = null;
      long lateNanos = scheduler.nanoTime() - dueAtNanos;
      if (lateNanos >= timeToLiveNanos && started != null) {
        overslept(started.getConnId(), lateNanos);
      } else {
        action.run();
      }
    }
  }

  /** The machine slept, and no heartbeat went out for longer than a conn_id lives. */
  private void overslept(String connId, long lateNanos) {
    report.expired(connId);
    forget();
    backOff(
        "asleep for " + TimeUnit.NANOSECONDS.toSeconds(lateNanos) + " s: conn_id has expired",
        null,
        0);
  }

  private void timeIsUp() {
    SocketAttempt present = attempt;
    switch (state.getPhase()) {
      case CONNECTING:
        backOff("the socket did not open in time", null, 0);
        return;
      case AUTHENTICATING:
        backOff("the auth body was not answered in 5 s", null, 0);
        return;
      case OPEN:
        if (present != null) {
          beatAgain(present);
        }
        return;
      case BACKING_OFF:
        tryAgain();
        return;
      case IDLE:
      case STARTING:
      case CLOSED:
        return; // These set no timer.
    }
  }
}
