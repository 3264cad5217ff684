package io.github.bililive.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that was opened, and what happened on it. All times are monotonic nanoseconds of the
 * sandbox's clock.
 *
 * @param number 1 for the first socket of this sandbox, and so on
 * @param target the path that was dialled
 * @param connId the conn_id that its auth body belongs to; null before it has come, and if it is
 *     not known
 * @param roomId the room of the conn_id; null as that is
 * @param state how far it got
 * @param openedAtNanos when it was opened
 * @param authenticatedAtNanos when the auth body was accepted; null if it was not
 * @param closedAtNanos when the client's end was seen, or the sandbox hung up; null while open
 * @param closedBy who ended it and how, in words; null while open
 * @param heartbeats how many heartbeats came, answered or not
 * @param lastHeartbeatAtNanos when the last came; null if none did
 * @param events how many events were put on it; {@link Sandbox#events(long)} lists them
 * @param protocolErrors what the client did wrong, in words without secrets
 */
public record SeenSocket(
    long number,
    String target,
    @Nullable String connId,
    @Nullable Long roomId,
    State state,
    long openedAtNanos,
    @Nullable Long authenticatedAtNanos,
    @Nullable Long closedAtNanos,
    @Nullable String closedBy,
    long heartbeats,
    @Nullable Long lastHeartbeatAtNanos,
    long events,
    List<String> protocolErrors) {

  /** How far a socket got. */
  public enum State {
    /** It is open and not authenticated. */
    OPENED,

    /** It is open, and events go to it. */
    AUTHENTICATED,

    /** It is over, as far as the sandbox is concerned. */
    CLOSED
  }

  /**
   * Says whether the sandbox has accepted its auth body, be it open still or not.
   *
   * @return whether it ever was authenticated
   */
  public boolean wasAuthenticated() {
    return authenticatedAtNanos != null;
  }

  /**
   * Says whether it is open.
   *
   * @return whether it is not closed
   */
  public boolean isOpen() {
    return state != State.CLOSED;
  }
}
