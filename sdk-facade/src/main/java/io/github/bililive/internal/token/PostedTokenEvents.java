package io.github.bililive.internal.token;

import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.TokenEvents;
import java.util.concurrent.Executor;

/** Takes events to the user's on the callback executor. */
public final class PostedTokenEvents implements TokenEvents {
  private final TokenEvents users;
  private final Executor executor;

  public PostedTokenEvents(TokenEvents users, Executor executor) {
    this.users = users;
    this.executor = executor;
  }

  @Override
  public void refreshBegan(String broadcaster) {
    post(() -> users.refreshBegan(broadcaster));
  }

  @Override
  public void refreshed(String broadcaster, long expiresAtSeconds) {
    post(() -> users.refreshed(broadcaster, expiresAtSeconds));
  }

  @Override
  public void refreshFailed(String broadcaster, BiliLiveException cause, long retryInMillis) {
    post(() -> users.refreshFailed(broadcaster, cause, retryInMillis));
  }

  @Override
  public void stored(String broadcaster) {
    post(() -> users.stored(broadcaster));
  }

  @Override
  public void storeFailed(String broadcaster, BiliLiveException cause, long retryInMillis) {
    post(() -> users.storeFailed(broadcaster, cause, retryInMillis));
  }

  @Override
  public void authorisationRequired(String broadcaster, AuthorisationRequiredException cause) {
    post(() -> users.authorisationRequired(broadcaster, cause));
  }

  private void post(Runnable event) {
    if (users != NONE) {
      executor.execute(event);
    }
  }
}
