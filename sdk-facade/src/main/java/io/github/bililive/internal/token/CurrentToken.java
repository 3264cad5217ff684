package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.token.OAuthToken;

/** The pair of a broadcaster that is in memory, and what is known of it. Immutable. */
final class CurrentToken {
  final OAuthToken token;
  final AccessToken accessToken;
  final TokenLifetime lifetime;

  /** Whether a refresh of ours has brought it. */
  final boolean isRenewed;

  /** Whether the store holds it. Its access token is not used before. */
  final boolean isSaved;

  /** Whether the platform has refused its access token. */
  final boolean isRefused;

  private CurrentToken(
      OAuthToken token,
      TokenLifetime lifetime,
      boolean isRenewed,
      boolean isSaved,
      boolean isRefused) {
    this.token = token;
    this.lifetime = lifetime;
    this.isRenewed = isRenewed;
    this.isSaved = isSaved;
    this.isRefused = isRefused;
    accessToken = AccessToken.of(token.getAccessToken());
  }

  static CurrentToken loaded(OAuthToken token, TokenLifetime lifetime) {
    return new CurrentToken(token, lifetime, false, true, false);
  }

  static CurrentToken given(OAuthToken token, TokenLifetime lifetime) {
    return new CurrentToken(token, lifetime, false, false, false);
  }

  /** Returns a pair that a refresh brought. */
  static CurrentToken renewed(OAuthToken token, TokenLifetime lifetime) {
    return new CurrentToken(token, lifetime, true, false, false);
  }

  CurrentToken asSaved() {
    return new CurrentToken(token, lifetime, isRenewed, true, isRefused);
  }

  CurrentToken asRefused() {
    return new CurrentToken(token, lifetime, isRenewed, isSaved, true);
  }

  /** Returns whether whoever asks may be answered with it. */
  boolean isUsable() {
    return isSaved && !isRefused && !lifetime.isOver();
  }

  boolean isToBeRenewed() {
    return isRefused || lifetime.isToBeRenewed();
  }
}
