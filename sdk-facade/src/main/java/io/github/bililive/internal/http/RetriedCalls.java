package io.github.bililive.internal.http;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The API's three calls as a user makes them: again, after a failure that may pass, as long as
 * policy, budget and deadline allow. A {@code start} is made again only if the platform certainly
 * did not carry it out: another would take a second of the room's five places.
 *
 * <p>Safe for use by several threads.
 */
public final class RetriedCalls implements StartCalls {
  private final LiveRoomCalls calls;
  private final Retries retries;

  /** Creates the calls. */
  public RetriedCalls(LiveRoomCalls calls, Retries retries) {
    this.calls = calls;
    this.retries = retries;
  }

  @Override
  public StartedConnection start(AccessToken token, long timeoutNanos) throws BiliLiveException {
    return startAttempts(token, timeoutNanos).execute();
  }

  @Override
  public PendingCall start(
      AccessToken token, long timeoutNanos, AnswerCallback<StartedConnection> callback) {
    return startAttempts(token, timeoutNanos).enqueue(callback);
  }

  /** Keeps one connection alive, and waits for the answer. */
  public void heartbeat(String connId) throws BiliLiveException {
    heartbeatAttempts(connId).execute();
  }

  /** Keeps one connection alive. */
  public PendingCall heartbeat(String connId, AnswerCallback<@Nullable Void> callback) {
    return heartbeatAttempts(connId).enqueue(callback);
  }

  /** Keeps several connections alive, waits for the answer and returns the ids that are dead. */
  public Set<String> batchHeartbeat(Collection<String> connIds) throws BiliLiveException {
    return batchAttempts(connIds).execute();
  }

  /** Keeps several connections alive; the answer is the ids that are dead. */
  public PendingCall batchHeartbeat(
      Collection<String> connIds, AnswerCallback<Set<String>> callback) {
    return batchAttempts(connIds).enqueue(callback);
  }

  private Attempts<StartedConnection> startAttempts(AccessToken token, long timeoutNanos) {
    return new Attempts<>(
        retries,
        retries.session(false, timeoutNanos),
        timeout -> calls.startExchange(token, timeout));
  }

  private Attempts<@Nullable Void> heartbeatAttempts(String connId) {
    return new Attempts<@Nullable Void>(
        retries,
        retries.session(true, retries.callTimeoutNanos),
        timeout -> calls.heartbeatExchange(connId, timeout));
  }

  private Attempts<Set<String>> batchAttempts(Collection<String> connIds) {
    return new Attempts<>(
        retries,
        retries.session(true, retries.callTimeoutNanos),
        timeout -> calls.batchExchange(connIds, timeout));
  }
}
