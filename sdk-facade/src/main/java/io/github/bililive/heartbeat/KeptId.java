package io.github.bililive.heartbeat;

import org.jspecify.annotations.Nullable;

/** One id that is kept alive. Owned by the thread that steps the {@link BatchPlan}. */
final class KeptId {
  final String connId;

  /** Who hears of it. Changes only when an id is registered again while it is under way. */
  Heartbeat owner;

  /** Where it waits or is under way. Null before it has joined and after it was dropped. */
  @Nullable Batch batch;

  /** Its place in the batch. */
  int slot;

  /**
   * When the platform last surely knew that it is alive: the beginning of its last acknowledged
   * request, at first the time when it joined.
   */
  long aliveAtNanos;

  /** Whether it left while its batch was under way; it is dropped when the answer is here. */
  boolean left;

  KeptId(String connId, Heartbeat owner, long nowNanos) {
    this.connId = connId;
    this.owner = owner;
    this.aliveAtNanos = nowNanos;
  }
}
