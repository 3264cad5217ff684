package io.github.bililive.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * A connection that was started, and how well it was kept alive. All times are monotonic
 * nanoseconds of the sandbox's clock.
 *
 * @param connId its id: a conn_id, or the game_id of a session by identity code
 * @param roomId the room it belongs to
 * @param state whether it lives
 * @param startedAtNanos when it was started
 * @param endedAtNanos when it ended: the moment its time to live was over, noticed or not, the
 *     moment of {@link Sandbox#expire}, or that of the call that ended it; null while it lives
 * @param lastBeatAtNanos when the last heartbeat was accepted; the start if there was none
 * @param beats how many heartbeats were accepted
 * @param largestGapNanos the longest time between two accepted heartbeats, the start taken as the
 *     first; 0 before the first heartbeat
 */
public record SeenConnection(
    String connId,
    long roomId,
    State state,
    long startedAtNanos,
    @Nullable Long endedAtNanos,
    long lastBeatAtNanos,
    long beats,
    long largestGapNanos) {

  /** Whether a connection lives. */
  public enum State {
    /** Heartbeats are accepted. */
    ALIVE,

    /** Its time to live is over; heartbeats are refused with 7003. */
    EXPIRED,

    /** The client ended it, which only a session by identity code can be. */
    ENDED
  }
}
