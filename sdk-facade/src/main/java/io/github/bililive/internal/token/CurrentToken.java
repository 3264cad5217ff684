package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.token.OAuthToken;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pair of a broadcaster that is in memory, and what is known of it. The state's lock guards it.
 */
final class CurrentToken {
  final OAuthToken token;
  final AccessToken accessToken;
  final TokenLifetime lifetime;

  /** Whether a refresh has brought it, of ours or another client's. */
  final boolean isRenewed;

  /** The pair that it replaces in the store; null if it replaces whatever is there. */
  final @Nullable OAuthToken replaced;

  /** Whether the store holds it. Its access token is not used before. */
  boolean isSaved;

  /** Whether the platform has refused its access token. */
  boolean isRefused;

  /** Whether a refresh of it has failed, in a way that may pass, or takes long. */
  boolean isTried;

  private CurrentToken(
      OAuthToken token,
      RefresherDependencies shared,
      boolean isRenewed,
      @Nullable OAuthToken replaced,
      boolean isSaved) {
    this.token = token;
    this.isRenewed = isRenewed;
    this.replaced = replaced;
    this.isSaved = isSaved;
    lifetime = new TokenLifetime(token, shared);
    accessToken = AccessToken.of(token.getAccessToken());
  }

  static CurrentToken loaded(OAuthToken token, RefresherDependencies shared) {
    return new CurrentToken(token, shared, false, null, true);
  }

  /** Returns a pair that the user gave; one that does not say when it was granted was just now. */
  static CurrentToken given(OAuthToken token, RefresherDependencies shared) {
    return new CurrentToken(dated(token, shared), shared, false, null, false);
  }

  private static OAuthToken dated(OAuthToken token, RefresherDependencies shared) {
    return token.getGrantedAtSeconds() > 0
        ? token
        : OAuthToken.of(
            token.getAccessToken(),
            token.getRefreshToken(),
            token.getExpiresAtSeconds(),
            token.getScopes(),
            Math.max(0, TimeUnit.MILLISECONDS.toSeconds(shared.wallClock.currentTimeMillis())));
  }

  /** Returns a pair that a refresh brought. */
  static CurrentToken renewed(OAuthToken token, OAuthToken old, RefresherDependencies shared) {
    return new CurrentToken(token, shared, true, old, false);
  }

  /** Returns a pair that another client has stored in place of the one in memory. */
  static CurrentToken takenUp(OAuthToken token, RefresherDependencies shared) {
    return new CurrentToken(token, shared, true, null, true);
  }

  /** Returns whether two pairs are one: a platform may renew one token of a pair alone. */
  static boolean isSame(OAuthToken token, OAuthToken other) {
    return token.getAccessToken().equals(other.getAccessToken())
        && token.getRefreshToken().equals(other.getRefreshToken());
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
