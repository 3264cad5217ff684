package io.github.bililive.token;

import io.github.bililive.call.AnswerCallback;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.TokenException;
import io.github.bililive.signing.AccessToken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Somebody who waits for a token; is answered once. Safe for use by several threads. */
final class Question {
  private final AnswerCallback<AccessToken> callback;
  private final AtomicBoolean answered = new AtomicBoolean();

  Question(AnswerCallback<AccessToken> callback) {
    this.callback = callback;
  }

  void answer(AccessToken token) {
    if (answered.compareAndSet(false, true)) {
      callback.onAnswer(token);
    }
  }

  void fail(BiliLiveException error) {
    if (answered.compareAndSet(false, true)) {
      callback.onFailure(error);
    }
  }

  void takeBack() {
    fail(new TokenException("accessToken", "nobody waits for the access token any more", null, 0));
  }

  /** Returns what a list holds, and empties it. */
  static List<Question> takeAll(Collection<Question> questions) {
    List<Question> taken = new ArrayList<>(questions);
    questions.clear();
    return taken;
  }
}
