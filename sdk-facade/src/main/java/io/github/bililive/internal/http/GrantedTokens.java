package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import io.github.bililive.error.TokenException;
import io.github.bililive.generated.oauth.model.TokenData;
import io.github.bililive.generated.oauth.model.TokenResponse;
import io.github.bililive.token.OAuthToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the pair that the platform's OAuth service has granted. */
final class GrantedTokens {
  private GrantedTokens() {}

  /**
   * Reads an answer whose code was 0.
   *
   * @param refreshed the refresh token that stays if none was granted; null for a first pair
   * @param nowSeconds the time by this machine's clock, Unix seconds
   * @throws JsonDataException if it has no access token; the message holds no secret
   * @throws TokenException if there is no refresh token
   */
  static OAuthToken read(
      @Nullable TokenResponse envelope, @Nullable String refreshed, long nowSeconds) {
    TokenData data = envelope == null ? null : envelope.getData();
    String accessToken = data == null ? null : data.getAccessToken();
    if (data == null || accessToken == null || accessToken.isEmpty()) {
      throw new JsonDataException("Required value 'access_token' missing at $.data");
    }
    String granted = data.getRefreshToken();
    String refreshToken = granted == null || granted.isEmpty() ? refreshed : granted;
    if (refreshToken == null) {
      throw new TokenException(
          "token", "the platform granted an access token without a refresh token", null, 0);
    }
    Long expiresAt = data.getExpiresIn();
    try {
      return OAuthToken.of(
          accessToken,
          refreshToken,
          expiresAt == null ? 0 : Math.max(0, expiresAt),
          scopesOf(data.getScopes()),
          nowSeconds);
    } catch (IllegalArgumentException e) { // Its message holds no secret.
      throw new JsonDataException("Value 'access_token' cannot be used: " + e.getMessage());
    }
  }

  /** An array of texts, or one text with separators; whatever else is left out. */
  static List<String> scopesOf(@Nullable Object json) {
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
    return scopes;
  }
}
