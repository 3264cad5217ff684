package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatListener;
import io.github.bililive.HeartbeatState;
import io.github.bililive.KeepAlive;

/**
 * One {@code conn_id} that is kept alive, until it is closed or the platform says that it is dead.
 *
 * <p>Safe for use by several threads.
 */
public final class HeartbeatHandle extends KeptId implements KeepAlive {
  private final HeartbeatListener listener;
  private final Heartbeats heartbeats;

  /** Whether the listener is the SDK's own, and is called on the scheduler's thread. */
  public final boolean direct;

  HeartbeatHandle(
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

  @Override
  public String getConnId() {
    return connId;
  }

  /** Returns where it stands. */
  @Override
  public HeartbeatState getState() {
    return state();
  }

  @Override
  public long getMillisSinceAcknowledged() {
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

  public HeartbeatListener listener() {
    return listener;
  }

  /** Returns id and state. */
  @Override
  public String toString() {
    return "KeepAlive{connId=" + connId + ", state=" + state() + "}";
  }
}
