package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.HeartbeatListener;
import io.github.bililive.KeepAlive;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.token.AccessTokenProvider;
import org.jspecify.annotations.Nullable;

/** What starts the connections of one room, keeps them alive and ends them. */
public interface Door {
  /** Starts a connection. The callback hears on any thread. */
  PendingCall start(AnswerCallback<StartedConnection> callback);

  /**
   * Keeps a connection alive until what is returned is closed; null if it needs no heartbeats. The
   * listener hears on the scheduler's thread.
   *
   * @throws IllegalStateException if it is kept alive already, or the client is closed
   */
  @Nullable KeepAlive keepAlive(StartedConnection started, HeartbeatListener listener);

  /** Keeps a connection alive likewise that another process has started: beats at once. */
  default @Nullable KeepAlive takeOver(StartedConnection started, HeartbeatListener listener) {
    return keepAlive(started, listener);
  }

  /** Leaves a connection to another process. */
  default void forget(StartedConnection started) {}

  /**
   * Ends a connection that is not used any more, where that is possible. Returns at once, and
   * whether it is.
   */
  boolean end(StartedConnection started);

  /** Returns how long a connection lives that nobody keeps alive, in nanoseconds. */
  long timeToLiveNanos();

  /** Returns what judges the addresses that its starts answer. */
  WssLinks links();

  /**
   * Lets another token open a door whose key is an access token's provider. Heartbeats of the
   * connection that lives carry it, too; null if there is none.
   */
  default void replaceToken(AccessTokenProvider accessToken, @Nullable String connId) {}

  /** Returns the API whose quota its starts take from. */
  Object api();

  /** Returns what opens it, such as an access token's provider. */
  Object key();
}
