package io.github.bililive.internal.http;

import io.github.bililive.Credentials;
import java.io.IOException;
import java.util.Date;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Puts the secrets into an OAuth call's form as it leaves, as the last of OkHttp's network
 * interceptors, and notes that it left. They go to the configured host alone.
 */
final class OAuthFormInterceptor implements Interceptor {
  private final Credentials credentials;
  private final HttpUrl baseUrl;

  OAuthFormInterceptor(Credentials credentials, HttpUrl baseUrl) {
    this.credentials = credentials;
    this.baseUrl = baseUrl;
  }

  /** Stands behind the user's interceptors, as the last application interceptor. */
  Response sendOnce(Chain chain) throws IOException {
    Request request = chain.request();
    requireConfiguredHost(request.url());
    RequestBody body = request.body();
    return chain.proceed(
        body == null
            ? request
            : request.newBuilder().method(request.method(), new OneShotBody(body)).build());
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    requireConfiguredHost(request.url());
    OAuthForm form = OAuthForm.of(request);
    if (form == null) {
      throw new IOException("not sent: no call of the SDK's");
    }
    form.isBeingSent();
    Response response = chain.proceed(filledIn(request, form));
    form.answeredAt(timeOf(response));
    return response.newBuilder().request(request).build();
  }

  @SuppressWarnings("JavaUtilDate") // It is OkHttp's; java.time is missing on Android 21.
  private static @Nullable Long timeOf(Response response) {
    Date date = response.headers().getDate("Date");
    return date == null ? null : date.getTime();
  }

  private Request filledIn(Request request, OAuthForm form) {
    FormBody body = form.filledIn(credentials);
    return request
        .newBuilder()
        .header("Accept", "application/json")
        .header("Content-Type", String.valueOf(body.contentType()))
        .header("Content-Length", Long.toString(body.contentLength()))
        .removeHeader("Transfer-Encoding")
        .post(body)
        .build();
  }

  private void requireConfiguredHost(HttpUrl url) throws IOException {
    if (!url.host().equals(baseUrl.host())
        || url.port() != baseUrl.port()
        || !url.scheme().equals(baseUrl.scheme())) {
      throw new IOException(
          "not sent: the request is for "
              + url.host()
              + ", but the app secret is for "
              + baseUrl.host()
              + " alone; an interceptor must not turn it elsewhere, set the OAuth base URL instead");
    }
  }
}
