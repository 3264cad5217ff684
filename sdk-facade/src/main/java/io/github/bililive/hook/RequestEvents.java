package io.github.bililive.hook;

import io.github.bililive.error.BiliLiveException;

/**
 * Hears of every request that a client's calls, heartbeats and connections make, for metrics and
 * logs: one call at a time, in order, on the client's callback executor. Override what is of use.
 * No secret can be reached through it. Calls of the generated interface are heard of as well, each
 * as one attempt that is not made again.
 */
public interface RequestEvents {
  /** Hears nothing. */
  RequestEvents NONE = new RequestEvents() {};

  /** The failure is not followed by another attempt of the same call. */
  long NOT_RETRIED = -1;

  /**
   * A request begins.
   *
   * @param operation the call, such as {@code "start"}
   * @param attempt which one of this call, from 1
   */
  default void requestBegan(String operation, int attempt) {}

  /**
   * The platform answered.
   *
   * @param operation the call, such as {@code "start"}
   * @param code 0 for success; {@link #requestFailed} is called next for others
   * @param tookMillis from the beginning to the answer, in milliseconds
   */
  default void requestAnswered(String operation, int code, long tookMillis) {}

  /**
   * The request failed, or was refused.
   *
   * @param operation the call, such as {@code "start"}
   * @param retryInMillis the pause before the next attempt of the same call, in milliseconds;
   *     {@link #NOT_RETRIED} if there is none. Heartbeats and connections, which have pauses of
   *     their own, make a new call.
   */
  default void requestFailed(String operation, BiliLiveException cause, long retryInMillis) {}

  /**
   * Requests are signed with another time from now on.
   *
   * @param offsetMillis the platform's time less this machine's wall clock, in milliseconds
   */
  default void clockCorrected(long offsetMillis) {}
}
