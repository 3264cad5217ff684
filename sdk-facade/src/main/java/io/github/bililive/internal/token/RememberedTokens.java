package io.github.bililive.internal.token;

import io.github.bililive.internal.http.Redaction;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.TokenStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The user's store, whose tokens go into no message once they were loaded or are to be saved. */
public final class RememberedTokens implements TokenStore {
  private final TokenStore store;
  private final Redaction redaction;

  public RememberedTokens(TokenStore store, Redaction redaction) {
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
    redaction.remember(token.getAccessToken());
    redaction.remember(token.getRefreshToken());
  }
}
