package io.github.bililive.internal.room;

import io.github.bililive.ConnectionState.Reason;
import org.jspecify.annotations.Nullable;

/** One WebSocket, from dialling to its end. It is never opened again. */
interface LiveSocket {
  /**
   * Hears what the socket goes through, on the socket's threads. Nothing comes after {@link #lost},
   * and nothing needs to come after {@link LiveSocket#cancel}.
   */
  interface Events {
    /** It is open; the auth body may be sent. */
    void opened();

    /** The platform has answered the auth body; 0 is success. */
    void authReply(int code);

    default void heartbeatReply() {}

    /** What was told before could not be handled. */
    default void failed(Throwable e) {}

    /** The platform says that it has ended the pushing for this id. */
    void interactionEnded(String connId);

    /**
     * It is over: it could not be opened, broke, was closed, or carried what cannot be read. The
     * close code is the platform's, null if it did not close it; the message holds no secret.
     */
    void lost(Reason reason, String message, @Nullable Integer closeCode);
  }

  void authenticate(String authBody);

  void beat();

  /**
   * Returns whether the reader has waited for a slow listener at any time since then: while it
   * waits it reads no replies, and is not dead for that.
   */
  boolean heldBackSince(long nanos);

  /** Says goodbye and ends in order, if the other side does its part. */
  void close();

  /** Ends at once. Idempotent. */
  void cancel();
}
