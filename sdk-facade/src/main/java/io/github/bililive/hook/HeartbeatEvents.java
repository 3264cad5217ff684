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
   * @param expired those among them that the platform says are dead
   * @param tookMillis from the beginning to the answer, in milliseconds
   */
  default void requestAcknowledged(List<String> connIds, List<String> expired, long tookMillis) {}

  /**
   * The request failed and is tried again.
   *
   * @param connIds the ids of the request
   * @param kind what is done about it
   * @param retryInMillis the pause before the next attempt, in milliseconds
   */
  default void requestFailed(
      List<String> connIds, FailureKind kind, BiliLiveException cause, long retryInMillis) {}

  /**
   * The platform refuses for a reason on this side, which a person may have to see to. Called once
   * for each cause, however many requests it hits; and once more if it comes back after it was away
   * for a minute.
   */
  default void refused(BiliLiveException cause) {}

  /** The platform says that an id is dead; it is not kept alive any more. */
  default void expired(String connId) {}

  /** The platform takes another number of ids in one request than was thought; 1 to 200. */
  default void batchLimitLearned(int batchLimit) {}
}
