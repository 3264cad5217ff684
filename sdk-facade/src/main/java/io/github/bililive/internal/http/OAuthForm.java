package io.github.bililive.internal.http;

import io.github.bililive.Credentials;
import okhttp3.FormBody;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * What one OAuth call really sends: rides on the request as a tag, so that its secrets travel past
 * the user's interceptors unseen. {@link OAuthFormInterceptor} fills them in.
 */
final class OAuthForm {
  private final String grantType;
  private final String secretName;
  private final String secret;

  /** Whether a connection stood and the form was about to be written to it. */
  private volatile boolean sent;

  /** The platform's time in its answer, Unix milliseconds; null if it did not say. */
  private volatile @Nullable Long answeredAtMillis;

  private OAuthForm(String grantType, String secretName, String secret) {
    this.grantType = grantType;
    this.secretName = secretName;
    this.secret = secret;
  }

  static OAuthForm ofCode(String code) {
    return new OAuthForm("authorization_code", "code", code);
  }

  static OAuthForm ofRefreshToken(String refreshToken) {
    return new OAuthForm("refresh_token", "refresh_token", refreshToken);
  }

  /** Returns the request's form, or null if it is of another call. */
  static @Nullable OAuthForm of(Request request) {
    return request.tag(OAuthForm.class);
  }

  String grantType() {
    return grantType;
  }

  /** The code or the refresh token; the app secret is the client's. */
  String secret() {
    return secret;
  }

  FormBody filledIn(Credentials credentials) {
    return new FormBody.Builder()
        .add("client_id", credentials.getClientId())
        .add("client_secret", credentials.getAppSecret())
        .add("grant_type", grantType)
        .add(secretName, secret)
        .build();
  }

  void isBeingSent() {
    sent = true;
  }

  boolean wasSent() {
    return sent;
  }

  void answeredAt(@Nullable Long millis) {
    answeredAtMillis = millis;
  }

  @Nullable Long answeredAtMillis() {
    return answeredAtMillis;
  }

  /** Nothing: a tag is printed with its request, and this one holds a secret. */
  @Override
  public String toString() {
    return "OAuthForm";
  }
}
