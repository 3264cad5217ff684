package io.github.bililive.internal.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Takes the auth body out of each answer before any interceptor of the user's can log it. Stands
 * behind them all, as a network interceptor; {@link AnswerInterceptor} puts it back in front of
 * them.
 */
final class SealInterceptor implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    AnswerTrace trace = AnswerTrace.of(request);
    if (trace == null) {
      return chain.proceed(request);
    }
    trace.sealed.clear();
    Response response = chain.proceed(request);
    trace.headersArrived(response);
    return AnswerBody.replace(response, AuthBodySeal.seal(AnswerBody.read(response), trace.sealed));
  }
}
