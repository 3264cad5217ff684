package io.github.bililive.heartbeat;

import io.github.bililive.error.BiliLiveException;

/**
 * Hears of one id that is kept alive: one call at a time, in order, on the client's callback
 * executor, and nothing once the {@link Heartbeat} or the client is closed.
 */
public interface HeartbeatListener {
  /**
   * The platform says that the connection is dead. It is not kept alive any more; start a new one.
   * This is the last thing the listener hears.
   */
  void onExpired(String connId);

  /**
   * A heartbeat failed. It is tried again by itself, several times before the connection is in
   * danger, so there is nothing to do; by default nothing is done.
   */
  default void onFailure(String connId, BiliLiveException cause) {}
}
