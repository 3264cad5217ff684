package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatState;
import org.jspecify.annotations.Nullable;

/**
 * One id in the {@link BatchPlan}. There may be a million: it is small, and the {@link
 * HeartbeatHandle} that a user holds is the same object.
 */
public class KeptId {
  private static final HeartbeatState[] STATES = HeartbeatState.values();

  public final String connId;

  /** Where it waits or is under way; null before it joined and after it left. Owned by the plan. */
  @Nullable Batch batch;

  /** Shared with ids of the same request, at first of the same moment. Written by the plan. */
  public volatile Acknowledgement acknowledgement;

  /** Its place in the batch. Owned by the plan. */
  short slot;

  /** The ordinal of its state, for a byte is all it takes. Written under this object's lock. */
  private volatile byte state;

  public KeptId(String connId, Acknowledgement registration) {
    this.connId = connId;
    acknowledgement = registration;
  }

  /**
   * Returns when the platform last surely kept it alive: the beginning of its last acknowledged
   * request, at first the time when it was registered. Any thread.
   */
  long aliveAtNanos() {
    return acknowledgement.atNanos;
  }

  /** Returns where it stands. Any thread. */
  HeartbeatState state() {
    return STATES[state];
  }

  /**
   * Moves on to another state.
   *
   * @return false if it is there already, or is in a last state, which it never leaves
   */
  @SuppressWarnings("EnumOrdinal") // It is never stored or sent.
  synchronized boolean become(HeartbeatState next) {
    if (state() == next || state().isLast()) {
      return false;
    }
    state = (byte) next.ordinal();
    return true;
  }
}
