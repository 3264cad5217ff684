package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.TokenException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Somebody who waits for a token; is answered once. Safe for use by several threads. */
public final class TokenWaiter {
  private final AnswerCallback<AccessToken> callback;
  private final AtomicBoolean answered = new AtomicBoolean();

  public TokenWaiter(AnswerCallback<AccessToken> callback) {
    this.callback = callback;
  }

  public void answer(AccessToken token) {
    if (answered.compareAndSet(false, true)) {
      callback.onSuccess(token);
    }
  }

  public void fail(BiliLiveException error) {
    if (answered.compareAndSet(false, true)) {
      callback.onFailure(error);
    }
  }

  public void takeBack() {
    fail(new TokenException("accessToken", "nobody waits for the access token any more", null, 0));
  }

  /** Returns what a list holds, and empties it. */
  public static List<TokenWaiter> takeAll(Collection<TokenWaiter> questions) {
    List<TokenWaiter> taken = new ArrayList<>(questions);
    questions.clear();
    return taken;
  }
}
