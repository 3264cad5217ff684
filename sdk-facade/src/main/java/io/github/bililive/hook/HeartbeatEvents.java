package io.github.bililive.hook;

import io.github.bililive.error.BiliLiveException;
import java.util.List;

/**
 * Hears of every heartbeat request of a client, for metrics and logs: one call at a time, in order,
 * on the client's callback executor. Override what is of use. No secret can be reached through it.
 */
public interface HeartbeatEvents {
  /** Hears nothing. */
  HeartbeatEvents NONE = new HeartbeatEvents() {};

  /** A request begins. The list is unmodifiable and holds 1 to 200 ids. */
  default void requestBegan(List<String> connIds) {}

  /**
   * The platform answered.
   *
   * @param connIds the ids of the request
   * @param expired those of them that the platform says are dead
   * @param tookMillis the time from the beginning of the request to its answer, in milliseconds
   */
  default void requestAcknowledged(List<String> connIds, List<String> expired, long tookMillis) {}

  /**
   * The request failed and will be retried.
   *
   * @param connIds the ids of the request
   * @param kind what the SDK does about it
   * @param retryInMillis the pause before the next attempt, in milliseconds
   */
  default void requestFailed(
      List<String> connIds, FailureKind kind, BiliLiveException cause, long retryInMillis) {}

  /**
   * The platform refuses heartbeats until a person changes something ({@link FailureKind#REFUSED}).
   * Called once for each cause, however many requests it hits, and again if it comes back after a
   * minute without. The log has a warning for each such call.
   */
  default void refused(BiliLiveException cause) {}

  /** The platform says that an id is dead. No more heartbeats are sent for it. */
  default void expired(String connId) {}

  /**
   * The number of ids that share a request has changed: it is halved when the platform refuses a
   * batch as too large (7004), and back at the policy's limit an hour later. The log has a warning
   * for each change.
   *
   * @param batchLimit the most ids that go in one request from now on: 1 to 200
   */
  default void batchLimitChanged(int batchLimit) {}
}
