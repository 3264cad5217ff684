package io.github.bililive.token;

import io.github.bililive.call.Redaction;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The user's store, whose tokens go into no message once they were loaded or are to be saved. */
final class RememberedTokens implements TokenStore {
  private final TokenStore store;
  private final Redaction redaction;

  RememberedTokens(TokenStore store, Redaction redaction) {
    this.store = store;
    this.redaction = redaction;
  }

  @Override
  public @Nullable OAuthToken load(String broadcaster) throws IOException {
    OAuthToken token = store.load(broadcaster);
    if (token != null) {
      remember(token);
    }
    return token;
  }

  @Override
  public void save(String broadcaster, OAuthToken token) throws IOException {
    remember(token);
    store.save(broadcaster, token);
  }

  private void remember(OAuthToken token) {
    redaction.remember(token.accessToken());
    redaction.remember(token.refreshToken());
  }
}
