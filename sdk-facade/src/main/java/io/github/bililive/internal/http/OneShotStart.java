package io.github.bililive.internal.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Makes a {@code start} a request that OkHttp does not resend by itself once it has begun to leave:
 * the platform may have carried it out, and another would take a second of the room's five places.
 * Before that, OkHttp still tries the host's other addresses. Stands behind all interceptors of the
 * user's, as the last application interceptor.
 */
final class OneShotStart {
  private static final String PATH_END = "/ws-start";

  private OneShotStart() {}

  static Response intercept(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    RequestBody body = request.body();
    if (body == null || !request.url().encodedPath().endsWith(PATH_END)) {
      return chain.proceed(request);
    }
    return chain.proceed(
        request.newBuilder().method(request.method(), new OneShotBody(body)).build());
  }
}
