package io.github.bililive.internal.room;

import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.HeartbeatState;
import io.github.bililive.KeepAlive;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.internal.time.Scheduler;
import java.util.List;
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
 *   any ── close, or a failure that waiting does not heal ──▶ CLOSED, for good
 *   CONNECTING, AUTHENTICATING, OPEN, BACKING_OFF ── redial, restart ──▶ CONNECTING, or STARTING
 *   any ── pause ──▶ PAUSED ── resume ──▶ CONNECTING, STARTING, or BACKING_OFF until its turn
 * </pre>
 *
 * <ul>
 *   <li>If many rooms want to start or dial, each waits for its turn in BACKING_OFF.
 *   <li>A {@code conn_id} lives on when its socket is lost, and the next socket uses it: only five
 *       fit in a room, and there is no call that ends one. It is given up when the platform says
 *       that it is dead (an HTTP heartbeat, {@code INTERACTION_END}), when the platform refuses its
 *       auth body, if all its addresses are dead, or if this machine slept longer than ids live.
 *   <li>A start whose answer is lost, and an id that is given up while it may live, still take a
 *       slot of the room for a while: {@link AbandonedStarts} says when another start may be made.
 *   <li>What comes from a socket or a call that is not the present one is ignored.
 * </ul>
 */
final class ConnectionMachine implements LiveSocket.Events {
  final RoomIo io;
  final Scheduler scheduler;
  final RoomTurn turn;
  private final long timeToLiveNanos;
  final ConnectionReport report;

  /** Set once by {@link #close}; null before. */
  private volatile @Nullable ConnectionState closing;

  /** The present state. Written on the scheduler's thread alone, as all that follows. */
  volatile ConnectionState state = ConnectionState.of(Phase.IDLE);

  /** The living conn_id; null if there is none. */
  volatile @Nullable HeldConnId held;

  /** Whether it was open at any time: then its app and its broadcaster are known to be right. */
  private boolean wasOpen;

  /** The start under way; null in every state but STARTING and PAUSED. */
  @Nullable RoomStart starting;

  /** Null in every state but CONNECTING, AUTHENTICATING and OPEN. */
  @Nullable RoomSocket socket;

  private final RoomTimer timer;
  final RoomCommands commands = new RoomCommands(this);
  final RoomAttempts attempts = new RoomAttempts(this);

  ConnectionMachine(
      RoomIo io,
      Scheduler scheduler,
      RoomTurn turn,
      long timeToLiveNanos,
      ConnectionReport report) {
    this.io = io;
    this.scheduler = scheduler;
    this.turn = turn;
    this.timeToLiveNanos = timeToLiveNanos;
    this.report = report;
    timer = new RoomTimer(scheduler);
  }

  /** Returns the state as it is now; CLOSED as soon as it is being closed. Any thread. */
  public ConnectionState state() {
    ConnectionState last = closing;
    return last == null || state.getPhase() == Phase.CLOSED
        ? turn.now(state, held == null, timer.leftNanos())
        : last;
  }

  public @Nullable Long httpHeartbeatAgeMillis() {
    HeldConnId present = held;
    return present == null ? null : present.heartbeatAgeMillis();
  }

  public void connect() {
    post(
        () -> {
          if (state.getPhase() == Phase.IDLE) {
            attempts.next(RoomAttempts.PACED);
          }
        });
  }

  /** Ends everything, for good. Any thread. */
  public void close(Reason reason, String message) {
    post(closing(reason, message));
  }

  /** Closes for all to see. What is returned ends everything, on the scheduler's thread. */
  Runnable closing(Reason reason, String message) {
    if (closing == null) {
      closing = to(Phase.CLOSED, reason, message).build();
    }
    return () -> run(() -> {});
  }

  void post(Runnable event) {
    scheduler.schedule(() -> run(event), 0);
  }

  /** Whatever an event throws, for want of memory or threads, say, the room goes on. */
  void run(Runnable event) {
    try {
      if (closing == null) {
        event.run();
      } else {
        end(state());
      }
    } catch (Throwable e) {
      failed(e);
    }
  }

  @Override
  public void failed(Throwable e) {
    if (closing != null) {
      end(state());
    } else if (state.getPhase() != Phase.CLOSED && state.getPhase() != Phase.PAUSED) {
      boolean isStart = state.getPhase() == Phase.STARTING;
      turn.leave(); // The platform is not to blame.
      String message = "the attempt could not be made: " + e.getClass().getName();
      backOff(isStart ? Reason.START_FAILED : Reason.SOCKET_LOST, message);
    }
  }

  // STARTING

  void start() {
    if (state.getPhase() != Phase.STARTING) { // Else it has only been looked for what is kept.
      enter(ConnectionState.of(Phase.STARTING));
    }
    starting = new RoomStart(this);
    starting.begin(io);
  }

  void started(StartedConnection answer) {
    starting = null;
    turn.started();
    List<String> usable = io.links().usable(answer.getWssLinks());
    if (usable.isEmpty()) {
      turn.abandon();
      io.end(answer);
      backOff(Reason.NO_USABLE_ADDRESS, io.links().problem(answer.getWssLinks()));
      return;
    }
    String connId = answer.getConnId();
    KeepAlive keepAlive;
    try {
      keepAlive = io.keepAlive(answer, (id, beats, cause) -> heartbeatsBecame(connId, beats));
    } catch (IllegalStateException e) { // Or the client was closed meanwhile.
      end(to(Phase.CLOSED, Reason.KEPT_ALIVE_ELSEWHERE, String.valueOf(e.getMessage())).build());
      return;
    }
    held = new HeldConnId(answer, usable, keepAlive, scheduler.nanoTime());
    report.started(connId);
    if (state.getPhase() == Phase.PAUSED) {
      commands.keepForAWhile();
    } else {
      attempts.next(RoomAttempts.PACED);
    }
  }

  void startFailed(BiliLiveException error) {
    starting = null;
    turn.startFailed(error);
    String message = String.valueOf(error.getMessage());
    Reason end = RoomStart.endBy(error, wasOpen);
    if (end != null) {
      end(to(Phase.CLOSED, end, message).cause(error).build());
      return;
    }
    report.startFailed(error);
    backOff(to(Phase.BACKING_OFF, Reason.START_FAILED, message).cause(error), error);
  }

  // CONNECTING, AUTHENTICATING, OPEN. What the present socket tells comes through RoomSocket.

  void dial(HeldConnId present) {
    enter(ConnectionState.of(Phase.CONNECTING));
    setTimer(
        RoomSocket.DIAL_TIMEOUT_NANOS,
        () -> backOff(Reason.DIAL_TIMEOUT, "the socket did not open in time"));
    socket = new RoomSocket(io, turn.link(present), scheduler, report, this);
  }

  @Override
  public void opened() {
    HeldConnId present = held;
    if (state.getPhase() == Phase.CONNECTING && present != null && socket != null) {
      enter(ConnectionState.of(Phase.AUTHENTICATING));
      setTimer(
          RoomSocket.AUTH_TIMEOUT_NANOS,
          () -> backOff(Reason.AUTHENTICATION_TIMEOUT, "the auth body was not answered in 5 s"));
      socket.authenticate(present.started.getAuthBody());
    }
  }

  @Override
  public void authReply(int code) {
    if (state.getPhase() != Phase.AUTHENTICATING) {
      return;
    }
    if (code == 0) {
      open();
      return;
    }
    report.refused(code);
    if (!io.isShared()) {
      turn.abandon();
      release();
    } else {
      turn.leave();
    }
    backOff(Reason.AUTHENTICATION_REFUSED, "the platform refused the auth body with code " + code);
  }

  @Override
  public void interactionEnded(String connId) {
    expired(connId);
  }

  @Override
  public void lost(Reason reason, String message, @Nullable Integer closeCode) {
    if (reason == Reason.BROTLI_MISSING) { // The platform would send the same again.
      end(to(Phase.CLOSED, reason, message).build());
    } else {
      backOff(to(Phase.BACKING_OFF, reason, message).socketCloseCode(closeCode), null);
    }
  }

  private void open() {
    wasOpen = true;
    turn.opened();
    HeldConnId present = held;
    if (present != null) {
      present.opened();
      enter(present.open());
    }
    beat(RoomSocket.BEAT_NANOS);
  }

  private void beat(long untilNextNanos) {
    if (socket != null) {
      socket.beat();
      setTimer(untilNextNanos, this::beatAgain);
    }
  }

  /** In OPEN, one beat after the last. */
  private void beatAgain() {
    if (socket == null) {
      return;
    }
    if (socket.isSilent()) {
      backOff(Reason.SOCKET_SILENT, "a socket heartbeat was not answered until the next");
      return;
    }
    if (socket.isAnswered()) {
      turn.stable(); // Open for a whole beat, and answered: it is stable.
    }
    // Spread, or rooms that opened in one moment would all beat in one moment, for ever.
    beat(turn.spreadNanos(RoomSocket.BEAT_NANOS));
  }

  // BACKING_OFF

  private void backOff(Reason reason, String message) {
    backOff(to(Phase.BACKING_OFF, reason, message), null);
  }

  /** Ends what is under way and waits: for its own pause, then for its turn. */
  private void backOff(ConnectionState.Builder next, @Nullable BiliLiveException ofStart) {
    Phase from = state.getPhase();
    HeldConnId present = held;
    if (present != null && (from == Phase.CONNECTING || from == Phase.AUTHENTICATING)) {
      turn.dialFailed();
      if (present.failed(scheduler.nanoTime())) {
        report.addressesFailed();
        turn.abandon();
        release();
      }
    }
    stopAttempts();
    long pauseNanos = turn.pauseNanos(ofStart);
    if (from == Phase.PAUSED) {
      return;
    }
    long waitNanos = turn.waitNanos(held == null, pauseNanos);
    setTimer(pauseNanos, attempts::again); // First: whoever sees the state may ask what is left.
    tell(next.retryIn(waitNanos, TimeUnit.NANOSECONDS).build());
  }

  /**
   * Dials anew without a pause, but for what the platform asks for. Any thread, as what follows.
   */
  public void redial() {
    post(commands::redial);
  }

  public void restart() {
    post(commands::restart);
  }

  public void pause() {
    post(commands::pause);
  }

  public void resume() {
    post(commands::resume);
  }

  private void heartbeatsBecame(String connId, HeartbeatState beats) {
    HeldConnId present = held;
    if (beats == HeartbeatState.EXPIRED) {
      expired(connId);
    } else if (present != null && present.id().equals(connId)) {
      present.heartbeats = beats;
      ConnectionState open = present.open();
      if (state.getPhase() == Phase.OPEN && state.getReason() != open.getReason()) {
        tell(open);
      }
    }
  }

  /** The platform says that a conn_id is dead. */
  private void expired(String connId) {
    HeldConnId present = held;
    if (present == null || !present.id().equals(connId)) {
      return;
    }
    report.expired(connId);
    release();
    if (state.getPhase() != Phase.BACKING_OFF) {
      backOff(Reason.CONN_ID_EXPIRED, "conn_id " + connId + " has expired");
    }
  }

  void release() {
    if (held != null) {
      held.release(io);
      held = null;
    }
  }

  // CLOSED

  private void end(ConnectionState last) {
    if (state.getPhase() == Phase.CLOSED) {
      return;
    }
    if (socket != null && state.getPhase() == Phase.OPEN) {
      socket.close();
      socket = null;
    }
    stopAttempts();
    release();
    enter(closing == null ? last : state());
  }

  void stopAttempts() {
    timer.cancel();
    turn.leave();
    io.listenTo(null);
    if (starting != null) {
      starting.drop();
      starting = null;
    }
    if (socket != null) {
      socket.drop();
      socket = null;
    }
  }

  void enter(ConnectionState next) {
    timer.cancel();
    tell(next);
  }

  private void tell(ConnectionState next) {
    report.warn(next); // Before anybody can see the state.
    state = next;
    io.stateChanged(next);
    report.stateChanged(next);
  }

  void setTimer(long delayNanos, Runnable action) {
    timer.set(delayNanos, lateNanos -> run(() -> ring(lateNanos, action)));
  }

  /** If the machine slept, no heartbeat went out for longer than a conn_id lives. */
  private void ring(long lateNanos, Runnable action) {
    if (held == null || lateNanos < timeToLiveNanos) {
      action.run();
      return;
    }
    report.expired(held.id());
    release();
    backOff(
        Reason.CONN_ID_EXPIRED,
        "asleep for " + TimeUnit.NANOSECONDS.toSeconds(lateNanos) + " s: conn_id has expired");
  }

  static ConnectionState.Builder to(Phase phase, Reason reason, String message) {
    return ConnectionState.builder(phase).reason(reason).message(message);
  }
}
