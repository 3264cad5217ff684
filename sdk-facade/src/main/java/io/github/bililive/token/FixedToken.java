package io.github.bililive.token;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;

/** A token that never changes. */
final class FixedToken implements AccessTokenProvider {
  private static final PendingCall ANSWERED = () -> {};

  private final AccessToken token;

  FixedToken(AccessToken token) {
    this.token = token;
  }

  @Override
  public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
    callback.onSuccess(token);
    return ANSWERED;
  }

  @Override
  public void refused(AccessToken refused) {
    // There is no other.
  }

  @Override
  public String toString() {
    return "AccessTokenProvider.fixed(██)";
  }
}
