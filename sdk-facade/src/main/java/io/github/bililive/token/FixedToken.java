package io.github.bililive.token;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import java.util.Objects;

/** A token that never changes. */
final class FixedToken implements AccessTokenProvider {
  private static final PendingCall ANSWERED = () -> {};

  private final AccessToken token;

  FixedToken(AccessToken token) {
    this.token = token;
  }

  @Override
  public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
    Objects.requireNonNull(callback, "callback is null: give the one that hears of the token");
    callback.onSuccess(token);
    return ANSWERED;
  }

  @Override
  public void invalidate(AccessToken refused) {
    Objects.requireNonNull(refused, "token is null: give the one that the platform refused");
    // There is no other.
  }

  @Override
  public String toString() {
    return "AccessTokenProvider.fixed(██)";
  }
}
