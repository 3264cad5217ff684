package io.github.bililive.internal.http;

import io.github.bililive.AccessToken;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.TokenException;
import io.github.bililive.token.AccessTokenProvider;

/** Waits on the caller's own thread for a provider's answer. */
public final class TokenWait {
  private TokenWait() {}

  /**
   * Returns the provider's token.
   *
   * @throws BiliLiveException if there is none, it takes too long, or the thread is interrupted
   */
  public static AccessToken of(AccessTokenProvider provider, long timeoutNanos) {
    Waiting<AccessToken> waiting = new Waiting<>();
    PendingCall asked = provider.accessToken(waiting);
    boolean isOver;
    try {
      isOver = waiting.awaitOver(timeoutNanos);
    } catch (InterruptedException e) {
      asked.cancel();
      Thread.currentThread().interrupt();
      throw new TokenException("accessToken", "interrupted while waiting for a token", e, 0);
    }
    if (!isOver) {
      asked.cancel();
      throw TokenStart.tokenTimedOut(timeoutNanos);
    }
    return waiting.result();
  }
}
