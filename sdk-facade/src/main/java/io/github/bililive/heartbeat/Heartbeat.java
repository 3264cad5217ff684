package io.github.bililive.heartbeat;

import java.io.Closeable;

/**
 * One {@code conn_id} that is kept alive, until it is closed or the platform says that it is dead.
 *
 * <p>Safe for use by several threads.
 */
public final class Heartbeat extends KeptId implements Closeable {
  private final HeartbeatListener listener;
  private final Heartbeats heartbeats;

  /** Whether the listener is the SDK's own, and is called on the scheduler's thread. */
  final boolean direct;

  Heartbeat(
      String connId,
      HeartbeatListener listener,
      boolean direct,
      Heartbeats heartbeats,
      Acknowledgement registration) {
    super(connId, registration);
    this.listener = listener;
    this.direct = direct;
    this.heartbeats = heartbeats;
  }

  /** Returns the id that is kept alive. */
  public String connId() {
    return connId;
  }

  /** Returns where it stands. */
  @Override
  public HeartbeatState state() {
    return super.state();
  }

  /**
   * Returns how long ago the request began that the platform last acknowledged for this id, in
   * milliseconds; before the first of them, how long ago the id was registered.
   */
  public long millisSinceAcknowledged() {
    return heartbeats.millisSince(aliveAtNanos());
  }

  /**
   * Ends the heartbeats, so that the platform gives the connection up within its 30 s. The listener
   * hears nothing that happens after. Idempotent, any thread; does not wait for a request under
   * way.
   */
  @Override
  public void close() {
    if (become(HeartbeatState.CLOSED)) {
      heartbeats.left(this);
    }
  }

  HeartbeatListener listener() {
    return listener;
  }

  /** Returns id and state. */
  @Override
  public String toString() {
    return "Heartbeat{connId=" + connId + ", state=" + state() + "}";
  }
}
