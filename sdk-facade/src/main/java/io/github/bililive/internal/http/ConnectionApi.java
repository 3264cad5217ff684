package io.github.bililive.internal.http;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.token.AccessTokenProvider;
import java.util.List;
import java.util.Set;

/**
 * What starts connections and keeps them alive, in single attempts: rooms and heartbeats have
 * pauses of their own. The platform's API by access token is the first; it has no call to end a
 * connection, so there is none here.
 *
 * <p>Safe for use by several threads. Callbacks are called once, on any thread.
 */
public interface ConnectionApi {
  /**
   * Starts a connection to the room of a provider's token. A token that is refused is reported to
   * the provider, and the start made once more with the next.
   */
  PendingCall start(AccessTokenProvider provider, AnswerCallback<StartedConnection> callback);

  /**
   * Keeps connections alive.
   *
   * @param connIds 1 to 200 ids without duplicates
   * @param timeoutNanos when it is given up and the callback told so, in nanoseconds
   * @param callback hears which of the ids are dead
   */
  PendingCall heartbeat(
      List<String> connIds, long timeoutNanos, AnswerCallback<Set<String>> callback);
}
