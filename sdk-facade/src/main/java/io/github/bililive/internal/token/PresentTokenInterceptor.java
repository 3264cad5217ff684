package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.token.AccessTokenProvider;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Gives each request the access token that the client's own provider has at that time. For calls of
 * the generated interface, which hold no token themselves. Stands behind the user's interceptors.
 */
public final class PresentTokenInterceptor implements Interceptor {
  private final AccessTokenProvider provider;
  private final Redaction redaction;
  private final long timeoutMillis;

  /**
   * Creates the interceptor.
   *
   * @param redaction is told the tokens
   * @param timeoutMillis how long a request waits for its token, in milliseconds
   */
  public PresentTokenInterceptor(
      AccessTokenProvider provider, Redaction redaction, long timeoutMillis) {
    this.provider = provider;
    this.redaction = redaction;
    this.timeoutMillis = timeoutMillis;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    AccessToken token;
    try {
      token = TokenWait.of(provider, TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
    } catch (BiliLiveException e) { // OkHttp takes IOExceptions alone.
      throw new IOException(e.getMessage(), e);
    }
    redaction.remember(token.getText());
    return chain.proceed(chain.request().newBuilder().tag(AccessToken.class, token).build());
  }
}
