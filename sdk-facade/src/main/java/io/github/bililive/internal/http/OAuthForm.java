package io.github.bililive.internal.http;

import io.github.bililive.Credentials;
import java.io.IOException;
import okhttp3.FormBody;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * What one OAuth call really sends. It rides on the request as a tag, so that its secrets travel
 * past the user's interceptors unseen.
 */
final class OAuthForm {
  private final String grantType;
  private final String secretName;
  private final String secret;

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

  /** Returns the code or the refresh token; the app secret is the client's. */
  String secret() {
    return secret;
  }

  /** Returns what puts the secrets into the forms of an app. */
  static Wire.Filling filling(Credentials credentials) {
    return (request, trace) -> {
      OAuthForm form = of(request);
      if (form == null) {
        throw new IOException("not sent: the request has no form");
      }
      return form.filledIn(request, credentials);
    };
  }

  private Request filledIn(Request request, Credentials credentials) {
    FormBody body =
        new FormBody.Builder()
            .add("client_id", credentials.getClientId())
            .add("client_secret", credentials.getAppSecret())
            .add("grant_type", grantType)
            .add(secretName, secret)
            .build();
    return request
        .newBuilder()
        .header("Accept", "application/json")
        .header("Content-Type", String.valueOf(body.contentType()))
        .header("Content-Length", Long.toString(body.contentLength()))
        .removeHeader("Transfer-Encoding")
        .post(body)
        .build();
  }

  /** Shows nothing: a tag is printed with its request, and this one holds a secret. */
  @Override
  public String toString() {
    return "OAuthForm";
  }
}
