package io.github.bililive.heartbeat;

import io.github.bililive.error.BiliLiveException;
import java.util.List;

/**
 * Hears of every heartbeat request of a client, for metrics and logs: one call at a time, in order,
 * on the client's callback executor. Override what is of use.
 */
public abstract class HeartbeatEvents {
  /** Hears nothing. */
  public static final HeartbeatEvents NONE = new HeartbeatEvents() {};

  /** Called by subclasses. */
  protected HeartbeatEvents() {}

  /** A request begins. The list is unmodifiable and holds 1 to 200 ids. */
  public void requestBegan(List<String> connIds) {}

  /**
   * The platform answered.
   *
   * @param connIds the ids of the request
   * @param expired those among them that the platform says are dead
   * @param tookMillis from the beginning to the answer, in milliseconds
   */
  public void requestAcknowledged(List<String> connIds, List<String> expired, long tookMillis) {}

  /**
   * The request failed and is tried again.
   *
   * @param connIds the ids of the request
   * @param retryInMillis the pause before the next attempt, in milliseconds
   */
  public void requestFailed(List<String> connIds, BiliLiveException cause, long retryInMillis) {}
}
