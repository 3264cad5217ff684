package io.github.bililive.internal.token;

import io.github.bililive.internal.http.Redaction;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.TokenStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The user's store. What it loads or saves is blackened in messages from then on. */
final class RedactedTokenStore implements TokenStore {
  private final TokenStore store;
  private final Redaction redaction;

  RedactedTokenStore(TokenStore store, Redaction redaction) {
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

  @Override
  public void remove(String broadcaster) throws IOException {
    store.remove(broadcaster);
  }

  private void remember(OAuthToken token) {
    redaction.remember(token.getAccessToken());
    redaction.remember(token.getRefreshToken());
  }
}
