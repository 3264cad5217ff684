package io.github.bililive.hook;

import io.github.bililive.error.BiliLiveException;

/**
 * Hears of every request that a client's calls, heartbeats and rooms make, for metrics and logs:
 * one call at a time, in order, on the client's callback executor. Override what you need. No
 * secret can be reached through it. Calls of the generated interface are reported too, each as one
 * attempt. OAuth calls are not.
 *
 * <p>{@code operation} is the call's {@code operationId} in the API's document: {@code "start"},
 * {@code "heartbeat"} or {@code "batchHeartbeat"}.
 */
public interface RequestEvents {
  /** Hears nothing. */
  RequestEvents NONE = new RequestEvents() {};

  /** There is no other attempt of the same call. */
  long NOT_RETRIED = -1;

  /**
   * A request begins.
   *
   * @param attempt which one of this call, from 1
   */
  default void requestBegan(String operation, int attempt) {}

  /**
   * The platform answered.
   *
   * @param code 0 for success; {@link #requestFailed} is called next for others
   * @param tookMillis from the beginning to the answer, in milliseconds
   */
  default void requestAnswered(String operation, int code, long tookMillis) {}

  /**
   * The request failed, or was refused.
   *
   * @param cause why
   * @param retryInMillis the pause before the next attempt of the same call, in milliseconds;
   *     {@link #NOT_RETRIED} if there is none. Heartbeats and connections, which have pauses of
   *     their own, make a new call.
   */
  default void requestFailed(String operation, BiliLiveException cause, long retryInMillis) {}

  /**
   * The platform refused a request's time (4003), and its answer told another one. Requests are
   * signed with that from now on.
   *
   * @param offsetMillis the platform's time minus this machine's wall clock, in milliseconds
   */
  default void clockCorrected(long offsetMillis) {}
}
