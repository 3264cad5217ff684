package io.github.bililive.internal.room;

import io.github.bililive.HeartbeatListener;
import io.github.bililive.HeartbeatState;
import io.github.bililive.KeepAlive;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.internal.time.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection alive that is being taken over, until the room's machine has it. On the
 * scheduler's thread alone.
 */
final class EarlyKeepAlive implements HeartbeatListener {
  final StartedConnection started;
  private final Scheduler scheduler;
  private final Runnable dead;

  /** Null if it needs no heartbeats. */
  private final @Nullable KeepAlive keepAlive;

  /** The machine's; null before. */
  private @Nullable HeartbeatListener listener;

  private boolean isDead;
  private boolean closed;

  /**
   * Begins; {@code dead} is told if the connection is dead before the machine has it.
   *
   * @throws IllegalStateException if it is kept alive already
   */
  EarlyKeepAlive(RoomIo io, StartedConnection started, Scheduler scheduler, Runnable dead) {
    this.started = started;
    this.scheduler = scheduler;
    this.dead = dead;
    keepAlive = io.takeOver(started, this);
  }

  @Override
  public void onStateChanged(
      String connId, HeartbeatState state, @Nullable BiliLiveException cause) {
    isDead |= state == HeartbeatState.EXPIRED;
    if (listener != null) {
      listener.onStateChanged(connId, state, cause);
    } else if (isDead && !closed) {
      dead.run();
    }
  }

  /** The machine has it from now on. */
  @Nullable KeepAlive heardBy(HeartbeatListener its) {
    listener = its;
    if (isDead) {
      scheduler.schedule(
          () -> its.onStateChanged(started.getConnId(), HeartbeatState.EXPIRED, null), 0);
    }
    return keepAlive;
  }

  void close() {
    closed = true;
    if (keepAlive != null) {
      keepAlive.close();
    }
  }
}
