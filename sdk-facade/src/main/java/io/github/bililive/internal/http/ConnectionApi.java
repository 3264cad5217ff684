package io.github.bililive.internal.http;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.token.AccessTokenProvider;
import java.io.Closeable;
import java.util.List;
import java.util.Set;

/**
 * What starts connections, keeps them alive and ends them, in single attempts: rooms and heartbeats
 * have pauses of their own. {@code K} is what opens a room: an access token's provider, or an
 * identity code.
 *
 * <p>Safe for use by several threads. Callbacks are called once, on any thread.
 */
public interface ConnectionApi<K> extends Closeable {
  /** Starts a connection. Cancelling it is for who no longer wants its answer. */
  PendingCall start(K key, AnswerCallback<StartedConnection> callback);

  /**
   * Keeps connections alive.
   *
   * @param connIds 1 to 200 ids without duplicates
   * @param timeoutNanos when it is given up and the callback told so, in nanoseconds
   * @param callback hears which of the ids are dead
   */
  PendingCall heartbeat(
      List<String> connIds, long timeoutNanos, AnswerCallback<Set<String>> callback);

  /** From now on a connection's heartbeats carry another token, if they carry one at all. */
  default void replaceToken(String connId, AccessTokenProvider accessToken) {}

  /** Returns how long one may live after its time to live without heartbeats, in nanoseconds. */
  default long leftBehindNanos() {
    return 0;
  }

  /** Holds a connection that another process has started, as if it were started here. */
  default void adopt(K key, StartedConnection started) {}

  /** Holds a connection no more that lives on, for another process. */
  default void forget(String connId) {}

  /**
   * Ends a connection that nobody holds any more, where the platform has a call for that. Returns
   * whether it has.
   */
  default boolean end(String connId) {
    return false;
  }

  @Override
  void close();
}
