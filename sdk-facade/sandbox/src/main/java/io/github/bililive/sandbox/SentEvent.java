package io.github.bililive.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * An event of a room, and what became of it on one socket.
 *
 * @param number 1 for the first entry of this log, and so on
 * @param roomId the room
 * @param cmd its cmd; null if it has none
 * @param msgId its msg_id; null if it has none
 * @param socket the socket's {@link SeenSocket#number}; null if the room had none
 * @param connId the socket's conn_id; null if the room had none
 * @param fate whether it went out
 * @param atNanos when, in monotonic nanoseconds of the sandbox's clock
 * @param atWallMillis when, in wall milliseconds of the sandbox's clock
 */
public record SentEvent(
    long number,
    long roomId,
    @Nullable String cmd,
    @Nullable String msgId,
    @Nullable Long socket,
    @Nullable String connId,
    Fate fate,
    long atNanos,
    long atWallMillis) {

  /** What became of an event. */
  public enum Fate {
    /**
     * It was put on a healthy socket. Unless the socket is later {@linkplain SandboxSocket#reset
     * reset} or its client leaves, the client gets it.
     */
    SENT,

    /** The socket is silent or deaf, or about to end. */
    WITHHELD,

    /** The socket's conn_id has expired. */
    EXPIRED,

    /** The room had no authenticated socket. */
    UNHEARD
  }
}
