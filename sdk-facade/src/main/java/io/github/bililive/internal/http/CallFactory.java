package io.github.bililive.internal.http;

import io.github.bililive.AccessToken;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Gives each request its traces and the broadcaster's token, as tags. */
final class CallFactory implements Call.Factory {
  private final OkHttpClient http;
  private final @Nullable AccessToken accessToken;

  CallFactory(OkHttpClient http, @Nullable AccessToken accessToken, Redaction redaction) {
    this.http = http;
    this.accessToken = accessToken;
    if (accessToken != null) {
      redaction.remember(accessToken.getText());
    }
  }

  @Override
  public Call newCall(Request request) {
    return http.newCall(
        request
            .newBuilder()
            .tag(AnswerTrace.class, new AnswerTrace())
            .tag(SigningTrace.class, new SigningTrace())
            .tag(AccessToken.class, accessToken)
            .build());
  }
}
