package io.github.bililive.internal.http;

import io.github.bililive.AccessToken;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.token.AccessTokenProvider;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Gives each request the access token that the client's own provider has at that time. For calls of
 * the generated interface, which hold no token themselves. Stands behind the user's interceptors.
 */
final class PresentTokenInterceptor implements Interceptor {
  private final AccessTokenProvider provider;
  private final Redaction redaction;
  private final long timeoutNanos;

  /**
   * Creates the interceptor.
   *
   * @param redaction is told the tokens
   * @param timeoutNanos how long a request waits for its token, in nanoseconds
   */
  PresentTokenInterceptor(AccessTokenProvider provider, Redaction redaction, long timeoutNanos) {
    this.provider = provider;
    this.redaction = redaction;
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    AccessToken token;
    try {
      token = TokenWait.of(provider, timeoutNanos);
    } catch (BiliLiveException e) { // OkHttp takes IOExceptions alone.
      throw new IOException(e.getMessage(), e);
    }
    redaction.remember(token.getText());
    return chain.proceed(chain.request().newBuilder().tag(AccessToken.class, token).build());
  }
}
