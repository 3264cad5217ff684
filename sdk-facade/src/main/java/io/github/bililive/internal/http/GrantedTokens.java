package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import io.github.bililive.AccessToken;
import io.github.bililive.generated.oauth.model.TokenData;
import io.github.bililive.generated.oauth.model.TokenResponse;
import io.github.bililive.token.OAuthToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the platform's OAuth service has granted. Immutable; {@link #toString} hides the tokens. */
public final class GrantedTokens {
  private final AccessToken accessToken;
  private final @Nullable String refreshToken;
  private final long expiresAtSeconds;
  private final List<String> scopes;
  private final @Nullable Long grantedAtMillis;

  private GrantedTokens(
      AccessToken accessToken,
      @Nullable String refreshToken,
      long expiresAtSeconds,
      List<String> scopes,
      @Nullable Long grantedAtMillis) {
    this.accessToken = accessToken;
    this.refreshToken = refreshToken;
    this.expiresAtSeconds = expiresAtSeconds;
    this.scopes = scopes;
    this.grantedAtMillis = grantedAtMillis;
  }

  /**
   * Reads an answer whose code was 0.
   *
   * @throws JsonDataException if it has no access token; the message holds no secret
   */
  static GrantedTokens read(@Nullable TokenResponse envelope, @Nullable Long grantedAtMillis) {
    TokenData data = envelope == null ? null : envelope.getData();
    String accessToken = data == null ? null : data.getAccessToken();
    if (data == null || accessToken == null || accessToken.isEmpty()) {
      throw new JsonDataException("Required value 'access_token' missing at $.data");
    }
    Long expiresAt = data.getExpiresIn();
    String refreshToken = data.getRefreshToken();
    return new GrantedTokens(
        tokenOf(accessToken),
        refreshToken == null || refreshToken.isEmpty() ? null : refreshToken,
        expiresAt == null ? 0 : Math.max(0, expiresAt),
        scopesOf(data.getScopes()),
        grantedAtMillis);
  }

  private static AccessToken tokenOf(String text) {
    try {
      return AccessToken.of(text);
    } catch (IllegalArgumentException e) { // Its message holds no secret.
      throw new JsonDataException("Value 'access_token' cannot be used: " + e.getMessage());
    }
  }

  /** An array of texts, or one text with separators; whatever else is left out. */
  private static List<String> scopesOf(@Nullable Object json) {
    List<String> scopes = new ArrayList<>();
    if (json instanceof Collection) {
      for (Object scope : (Collection<?>) json) {
        if (scope instanceof String) {
          scopes.add((String) scope);
        }
      }
    } else if (json instanceof String && !((String) json).trim().isEmpty()) {
      scopes.addAll(Arrays.asList(((String) json).trim().split("[\\s,]+", -1)));
    }
    return Collections.unmodifiableList(scopes);
  }

  /**
   * Returns the pair that was granted.
   *
   * @param otherwise the refresh token that stays if none was granted
   */
  public OAuthToken toToken(String otherwise) {
    return OAuthToken.of(
        accessToken.getText(),
        refreshToken == null ? otherwise : refreshToken,
        expiresAtSeconds,
        scopes);
  }

  /** Returns the access token. */
  public AccessToken accessToken() {
    return accessToken;
  }

  /** Returns the refresh token, or null if the answer held none. */
  public @Nullable String refreshToken() {
    return refreshToken;
  }

  /** Returns when the access token expires, in Unix seconds; 0 if the platform did not say. */
  public long expiresAtSeconds() {
    return expiresAtSeconds;
  }

  /** Returns what was allowed. Unmodifiable; may be empty. */
  public List<String> scopes() {
    return scopes;
  }

  /** Returns when it was granted by the platform's own clock, in Unix milliseconds, or null. */
  public @Nullable Long grantedAtMillis() {
    return grantedAtMillis;
  }

  /** Returns black bars and the expiry. */
  @Override
  public String toString() {
    return "GrantedTokens{accessToken=██, refreshToken=██, expiresAtSeconds="
        + expiresAtSeconds
        + ", scopes="
        + scopes
        + "}";
  }
}
