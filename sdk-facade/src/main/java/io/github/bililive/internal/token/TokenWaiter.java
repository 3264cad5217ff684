package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.TokenException;
import io.github.bililive.internal.time.CallbackErrors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Somebody who waits for a token; is answered once. What a callback throws is logged, so that the
 * others who wait hear, too. Safe for use by several threads.
 */
public final class TokenWaiter {
  /** What everyone who waits is told. */
  interface Answer {
    void tell(TokenWaiter waiter);
  }

  private final AnswerCallback<AccessToken> callback;
  private final AtomicBoolean answered = new AtomicBoolean();

  public TokenWaiter(AnswerCallback<AccessToken> callback) {
    this.callback = callback;
  }

  public void answer(AccessToken token) {
    if (answered.compareAndSet(false, true)) {
      CallbackErrors.run(() -> callback.onSuccess(token));
    }
  }

  public void fail(BiliLiveException error) {
    if (answered.compareAndSet(false, true)) {
      CallbackErrors.run(() -> callback.onFailure(error));
    }
  }

  /** Ends the wait: nobody needs the token any more. */
  public void takeBack() {
    fail(new TokenException("accessToken", "nobody waits for the access token any more", null, 0));
  }

  /** Returns what a list holds, and empties it. */
  public static List<TokenWaiter> takeAll(Collection<TokenWaiter> waiters) {
    List<TokenWaiter> taken = new ArrayList<>(waiters);
    waiters.clear();
    return taken;
  }
}
