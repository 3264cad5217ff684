package io.github.bililive.heartbeat;

import java.io.Closeable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One {@code conn_id} that is kept alive, until it is closed or the platform says that it is dead.
 *
 * <p>Safe for use by several threads.
 */
public final class Heartbeat implements Closeable {
  /** Where an id stands. */
  public enum State {
    /** Heartbeats are sent. */
    ACTIVE,
    /** The platform says that the id is dead; heartbeats have ended. */
    EXPIRED,
    /** It was closed, by itself or with its client; heartbeats have ended. */
    CLOSED
  }

  private final String connId;
  private final HeartbeatListener listener;
  private final Heartbeats heartbeats;

  /** Where the listener is called. */
  final Executor executor;

  /** Leaves ACTIVE once. Written under this object's lock. */
  private volatile State state = State.ACTIVE;

  /** Its place in the plan. Owned by the scheduler's thread; null until it has joined. */
  @Nullable KeptId keptId;

  /** When the platform last surely kept it alive. Written by the scheduler's thread. */
  volatile long aliveAtNanos;

  Heartbeat(
      String connId,
      HeartbeatListener listener,
      Executor executor,
      Heartbeats heartbeats,
      long nowNanos) {
    this.connId = connId;
    this.listener = listener;
    this.executor = executor;
    this.heartbeats = heartbeats;
    this.aliveAtNanos = nowNanos;
  }

  /** Returns the id that is kept alive. */
  public String connId() {
    return connId;
  }

  /** Returns where it stands. Once it is not active it does not change any more. */
  public State state() {
    return state;
  }

  /**
   * Returns how long ago the request began that the platform last acknowledged for this id, in
   * milliseconds; before the first of them, how long ago the id was registered.
   */
  public long millisSinceAcknowledged() {
    return heartbeats.millisSince(aliveAtNanos);
  }

  /**
   * Ends the heartbeats, so that the platform gives the connection up within its 30 s. The listener
   * hears nothing that happens after. Idempotent; does not wait for a request under way.
   */
  @Override
  public void close() {
    if (end(State.CLOSED)) {
      heartbeats.leave(this);
    }
  }

  HeartbeatListener listener() {
    return listener;
  }

  /** Leaves the active state. Returns false if it had left before. */
  synchronized boolean end(State ended) {
    if (state != State.ACTIVE) {
      return false;
    }
    state = ended;
    return true;
  }

  /** Returns id and state. */
  @Override
  public String toString() {
    return "Heartbeat{connId=" + connId + ", state=" + state + "}";
  }
}
