package io.github.bililive.internal.token;

import io.github.bililive.token.OAuthToken;

/** A pair in memory, and what is known of it. Immutable. */
final class HeldToken {
  final OAuthToken token;
  final TokenLifetime lifetime;

  /** Whether the platform has granted it to us by a refresh. */
  final boolean isRenewed;

  /** Whether the store has it: its access token is not used before. */
  final boolean isSaved;

  /** Whether the platform has refused its access token. */
  final boolean isRefused;

  private HeldToken(
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
  }

  static HeldToken loaded(OAuthToken token, TokenLifetime lifetime) {
    return new HeldToken(token, lifetime, false, true, false);
  }

  static HeldToken handedIn(OAuthToken token, TokenLifetime lifetime) {
    return new HeldToken(token, lifetime, false, false, false);
  }

  static HeldToken renewed(OAuthToken token, TokenLifetime lifetime) {
    return new HeldToken(token, lifetime, true, false, false);
  }

  HeldToken asSaved() {
    return new HeldToken(token, lifetime, isRenewed, true, isRefused);
  }

  HeldToken asRefused() {
    return new HeldToken(token, lifetime, isRenewed, isSaved, true);
  }

  boolean isUsable() {
    return isSaved && !isRefused && !lifetime.isOver();
  }

  boolean isToBeRenewed() {
    return isRefused || lifetime.isToBeRenewed();
  }
}
