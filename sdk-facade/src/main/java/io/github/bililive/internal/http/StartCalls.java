package io.github.bililive.internal.http;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;

/** The call that starts a connection to a token's room, made once or again as it may help. */
public interface StartCalls {
  /**
   * Starts a connection, and waits for the answer on the caller's thread.
   *
   * @param timeoutNanos how long the call may take from end to end, in nanoseconds
   * @throws BiliLiveException if the platform refused, its answer was not understood, or the
   *     network failed
   */
  StartedConnection start(AccessToken token, long timeoutNanos) throws BiliLiveException;

  /**
   * Starts a connection; the callback hears of it, on whatever thread.
   *
   * @param timeoutNanos how long the call may take from end to end, in nanoseconds
   */
  PendingCall start(
      AccessToken token, long timeoutNanos, AnswerCallback<StartedConnection> callback);
}
