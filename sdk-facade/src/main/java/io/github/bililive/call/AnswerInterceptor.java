package io.github.bililive.call;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Writes down what came back, for error messages, and puts the auth body back in its place. Stands
 * in front of all interceptors of the user's, as the first application interceptor.
 */
final class AnswerInterceptor implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Response response = chain.proceed(request);
    AnswerTrace trace = AnswerTrace.of(request);
    if (trace == null) {
      return response;
    }
    trace.headersArrived(response);
    String text = AuthBodySeal.unseal(AnswerBody.read(response), trace.sealed);
    trace.bodyArrived(text);
    return AnswerBody.replace(response, text);
  }
}
