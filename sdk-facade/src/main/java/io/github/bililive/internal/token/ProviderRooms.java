package io.github.bililive.internal.token;

import io.github.bililive.token.AccessTokenProvider;

/** The rooms of a client, as far as the tokens' side has to end them. */
public interface ProviderRooms {
  /**
   * Ends the rooms that this provider's tokens start.
   *
   * @param reason why, in words that go into their last state and the log
   */
  void close(AccessTokenProvider provider, String reason);
}
