package io.github.bililive.token;

import io.github.bililive.AccessToken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A pair of tokens, as the platform grants it to an app for one broadcaster: an access token, and
 * the refresh token that renews both, once. Also says when the access token expires and what it
 * allows.
 *
 * <p>Immutable and safe for use by several threads. {@link #toString} hides the tokens; the getters
 * give them, to be stored where only the app can read them.
 */
public final class OAuthToken {
  private final AccessToken accessToken;
  private final String refreshToken;
  private final long expiresAtSeconds;
  private final List<String> scopes;
  private final long grantedAtSeconds;

  private OAuthToken(
      AccessToken accessToken,
      String refreshToken,
      long expiresAtSeconds,
      List<String> scopes,
      long grantedAtSeconds) {
    this.accessToken = accessToken;
    this.refreshToken = refreshToken;
    this.expiresAtSeconds = expiresAtSeconds;
    this.scopes = scopes;
    this.grantedAtSeconds = grantedAtSeconds;
  }

  /** Returns a pair of these tokens, of which it is not known when it was granted. */
  public static OAuthToken of(
      String accessToken, String refreshToken, long expiresAtSeconds, Collection<String> scopes) {
    return of(accessToken, refreshToken, expiresAtSeconds, scopes, 0);
  }

  /**
   * Returns a pair of these tokens.
   *
   * @param expiresAtSeconds when the access token expires: an absolute Unix time in seconds, the
   *     platform's {@code expires_in}; 0 if it is not known
   * @param scopes what is allowed, such as {@code LIVE_ROOM_DATA}; copied
   * @param grantedAtSeconds when the pair was granted: Unix time in seconds, by this machine's
   *     clock; 0 if it is not known, which counts as 30 days before the expiry
   * @throws IllegalArgumentException if a token is empty, the access token cannot stand in an HTTP
   *     header, or a time is negative; the message holds no token
   */
  public static OAuthToken of(
      String accessToken,
      String refreshToken,
      long expiresAtSeconds,
      Collection<String> scopes,
      long grantedAtSeconds) {
    Objects.requireNonNull(accessToken, "accessToken is null: give the broadcaster's token");
    Objects.requireNonNull(
        refreshToken, "refreshToken is null: give the one that came with the access token");
    Objects.requireNonNull(scopes, "scopes is null: give an empty list if they are not known");
    if (refreshToken.isEmpty()) {
      throw new IllegalArgumentException(
          "refreshToken is empty: give the one that came with the access token");
    }
    if (expiresAtSeconds < 0) {
      throw new IllegalArgumentException(
          "expiresAtSeconds is " + expiresAtSeconds + ": give a Unix time in seconds, or 0");
    }
    if (grantedAtSeconds < 0) {
      throw new IllegalArgumentException(
          "grantedAtSeconds is " + grantedAtSeconds + ": give a Unix time in seconds, or 0");
    }
    return new OAuthToken(
        AccessToken.of(accessToken),
        refreshToken,
        expiresAtSeconds,
        Collections.unmodifiableList(new ArrayList<>(scopes)),
        grantedAtSeconds);
  }

  /** Returns the access token. Whoever holds it can read the broadcaster's room: do not log it. */
  public String getAccessToken() {
    return accessToken.getText();
  }

  /** Returns the refresh token. Whoever holds it can renew the access: do not log it. */
  public String getRefreshToken() {
    return refreshToken;
  }

  /** Returns when the access token expires, an absolute Unix time in seconds; 0 if not known. */
  public long getExpiresAtSeconds() {
    return expiresAtSeconds;
  }

  /**
   * Returns when the pair was granted, Unix time in seconds by this machine's clock; 0 if not
   * known. With the expiry it says when the pair is to be renewed, so a store keeps both.
   */
  public long getGrantedAtSeconds() {
    return grantedAtSeconds;
  }

  /** Returns what is allowed. Unmodifiable; may be empty. */
  public List<String> getScopes() {
    return scopes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof OAuthToken)) {
      return false;
    }
    OAuthToken that = (OAuthToken) other;
    return accessToken.equals(that.accessToken)
        && refreshToken.equals(that.refreshToken)
        && expiresAtSeconds == that.expiresAtSeconds
        && grantedAtSeconds == that.grantedAtSeconds
        && scopes.equals(that.scopes);
  }

  @Override
  public int hashCode() {
    return 31 * accessToken.hashCode() + refreshToken.hashCode();
  }

  /** Returns the times and the scopes; black bars for the tokens. */
  @Override
  public String toString() {
    return "OAuthToken{accessToken=██, refreshToken=██, expiresAtSeconds="
        + expiresAtSeconds
        + ", scopes="
        + scopes
        + ", grantedAtSeconds="
        + grantedAtSeconds
        + "}";
  }
}
