package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.TokenException;
import io.github.bililive.token.AccessTokenProvider;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits on the caller's own thread for a provider's answer. */
public final class TokenWait implements AnswerCallback<AccessToken> {
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable AccessToken token;
  private volatile @Nullable BiliLiveException error;

  private TokenWait() {}

  /**
   * Returns the provider's token.
   *
   * @throws BiliLiveException if there is none, it takes too long, or the thread is interrupted
   */
  public static AccessToken of(AccessTokenProvider provider, long timeoutNanos)
      throws BiliLiveException {
    TokenWait wait = new TokenWait();
    PendingCall asked = provider.accessToken(wait);
    try {
      if (!wait.over.await(timeoutNanos, TimeUnit.NANOSECONDS)) {
        asked.cancel();
        throw timedOut(timeoutNanos);
      }
    } catch (InterruptedException e) {
      asked.cancel();
      Thread.currentThread().interrupt();
      throw new TokenException("accessToken", "interrupted while waiting for a token", e, 0);
    }
    AccessToken answer = wait.token;
    BiliLiveException failure = wait.error;
    if (answer != null) {
      return answer;
    }
    throw failure == null ? timedOut(timeoutNanos) : failure;
  }

  static TokenException timedOut(long timeoutNanos) {
    return new TokenException(
        "accessToken",
        "the access token provider did not answer within "
            + TimeUnit.NANOSECONDS.toMillis(timeoutNanos)
            + " ms",
        null,
        0);
  }

  @Override
  public void onSuccess(AccessToken answer) {
    token = answer;
    over.countDown();
  }

  @Override
  public void onFailure(BiliLiveException failure) {
    error = failure;
    over.countDown();
  }
}
