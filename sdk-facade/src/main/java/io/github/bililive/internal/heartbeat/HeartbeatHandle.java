package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatListener;
import io.github.bililive.HeartbeatState;
import io.github.bililive.KeepAlive;

/** What a user holds of one id. Safe for use by several threads. */
public final class HeartbeatHandle extends KeptId implements KeepAlive {
  final HeartbeatListener listener;
  private final Heartbeats heartbeats;

  /** Whether the listener is the SDK's own, and is called on the scheduler's thread. */
  final boolean isDirect;

  /** Whether it may be old already: its first heartbeat waits for no others. */
  final boolean isUrgent;

  HeartbeatHandle(
      String connId,
      HeartbeatListener listener,
      boolean isDirect,
      boolean isUrgent,
      Heartbeats heartbeats,
      Acknowledgement registration) {
    super(connId, registration);
    this.listener = listener;
    this.isDirect = isDirect;
    this.isUrgent = isUrgent;
    this.heartbeats = heartbeats;
  }

  @Override
  public String getConnId() {
    return connId;
  }

  @Override
  public HeartbeatState getState() {
    return state();
  }

  @Override
  public long getMillisSinceAcknowledged() {
    return heartbeats.millisSince(aliveAtNanos());
  }

  @Override
  public void close() {
    if (become(HeartbeatState.CLOSED)) {
      heartbeats.left(this);
    }
  }

  /** Returns id and state. */
  @Override
  public String toString() {
    return "KeepAlive{connId=" + connId + ", state=" + state() + "}";
  }
}
