package io.github.bililive.internal.http;

import io.github.bililive.Credentials;
import io.github.bililive.generated.oauth.api.OAuthApi;
import io.github.bililive.generated.oauth.model.TokenResponse;
import java.io.IOException;
import okhttp3.FormBody;
import okhttp3.Request;
import retrofit2.Call;

/**
 * What one OAuth call really sends. It rides on the request's trace, so that its secrets travel
 * past the user's interceptors unseen.
 */
final class OAuthForm {
  /** The code of an authorisation, or a refresh token. */
  final String secret;

  final boolean isRefresh;

  private OAuthForm(String secret, boolean isRefresh) {
    this.secret = secret;
    this.isRefresh = isRefresh;
  }

  static OAuthForm ofCode(String code) {
    return new OAuthForm(code, false);
  }

  static OAuthForm ofRefreshToken(String refreshToken) {
    return new OAuthForm(refreshToken, true);
  }

  String operation() {
    return isRefresh ? "refreshToken" : "token";
  }

  private String grantType() {
    return isRefresh ? "refresh_token" : "authorization_code";
  }

  /** Returns the call, with bars in the places of secrets. */
  Call<TokenResponse> call(OAuthApi api, String clientId) {
    return isRefresh
        ? api.refreshToken(clientId, AuthBodySeal.BAR, grantType(), AuthBodySeal.BAR)
        : api.token(clientId, AuthBodySeal.BAR, grantType(), AuthBodySeal.BAR);
  }

  static Wire.Filling filling(Credentials credentials) {
    return (request, trace) -> {
      OAuthForm form = (OAuthForm) trace.key;
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
            .add("grant_type", grantType())
            .add(isRefresh ? "refresh_token" : "code", secret)
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
}
