package io.github.bililive;

import io.github.bililive.error.BiliLiveException;
import org.jspecify.annotations.Nullable;

/**
 * Hears of one id that is kept alive: one call at a time, in order, on the client's callback
 * executor, and nothing once the {@link KeepAlive} or the client is closed.
 */
public interface HeartbeatListener {
  /**
   * The id has changed its state. Only {@link HeartbeatState#EXPIRED} asks for action: the platform
   * says that the connection is dead, so start a new one. It is the last call.
   *
   * @param connId the id
   * @param state its new state
   * @param cause the last failure, for {@link HeartbeatState#AT_RISK} and {@link
   *     HeartbeatState#UNKNOWN}; null if there was none, as after sleep, and for other states
   */
  void onStateChanged(String connId, HeartbeatState state, @Nullable BiliLiveException cause);
}
