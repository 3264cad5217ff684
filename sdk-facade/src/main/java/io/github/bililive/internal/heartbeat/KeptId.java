package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatState;
import org.jspecify.annotations.Nullable;

/**
 * One id in the {@link BatchPlan}. There may be a million: it is small, and the {@link
 * HeartbeatHandle} that a user holds is the same object.
 */
class KeptId {
  private static final HeartbeatState[] STATES = HeartbeatState.values();

  final String connId;

  /** The batch that it is in; null before it joined and after it left. Owned by the plan. */
  @Nullable Batch batch;

  /** Shared with the ids of its batch, at first with those registered with it. */
  volatile Acknowledgement acknowledgement;

  /** Its place in the batch. Owned by the plan. */
  short slot;

  /** The ordinal of its state, which takes a byte. Written under this object's lock. */
  private volatile byte state;

  KeptId(String connId, Acknowledgement registration) {
    this.connId = connId;
    acknowledgement = registration;
  }

  /** Any thread. */
  long aliveAtNanos() {
    return acknowledgement.atNanos;
  }

  /** Any thread. */
  HeartbeatState state() {
    return STATES[state];
  }

  /** Changes its state. Returns false if it is in that state already, or in a final one. */
  @SuppressWarnings("EnumOrdinal") // It is never stored or sent.
  synchronized boolean become(HeartbeatState next) {
    if (state() == next || state().isFinal()) {
      return false;
    }
    state = (byte) next.ordinal();
    return true;
  }
}
