package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.token.OAuthToken;

/**
 * The pair of a broadcaster that is in memory, and what is known of it. The state's lock guards it.
 */
final class CurrentToken {
  final OAuthToken token;
  final AccessToken accessToken;
  final TokenLifetime lifetime;

  /** Whether a refresh of ours has brought it. */
  final boolean isRenewed;

  /** Whether the store holds it. Its access token is not used before. */
  boolean isSaved;

  /** Whether the platform has refused its access token. */
  boolean isRefused;

  /** Whether a refresh of it has failed, in a way that may pass, or takes long. */
  boolean isTried;

  private CurrentToken(
      OAuthToken token, RefresherDependencies shared, boolean isRenewed, boolean isSaved) {
    this.token = token;
    this.isRenewed = isRenewed;
    this.isSaved = isSaved;
    lifetime = new TokenLifetime(token, shared);
    accessToken = AccessToken.of(token.getAccessToken());
  }

  static CurrentToken loaded(OAuthToken token, RefresherDependencies shared) {
    return new CurrentToken(token, shared, false, true);
  }

  static CurrentToken given(OAuthToken token, RefresherDependencies shared) {
    return new CurrentToken(token, shared, false, false);
  }

  /** Returns a pair that a refresh brought. */
  static CurrentToken renewed(OAuthToken token, RefresherDependencies shared) {
    return new CurrentToken(token, shared, true, false);
  }

  /**
   * Returns whether whoever asks may be answered with it. One that came due, or looks expired, is
   * first tried to be renewed; if that cannot be done now, it is used until the platform refuses
   * it.
   */
  boolean isUsable() {
    return isSaved
        && !isRefused
        && (isTried || !(lifetime.wasDueWhenItCame() || lifetime.looksExpired()));
  }

  boolean isToBeRenewed() {
    return isRefused || lifetime.isToBeRenewed();
  }
}
