package io.github.bililive.call;

import java.io.IOException;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Writes down what came back, for error messages, and puts the auth body back in its place. Stands
 * in front of all interceptors of the user's, as the first application interceptor.
 */
final class AnswerInterceptor implements Interceptor {
  private final Dispatcher dispatcher;

  AnswerInterceptor(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    if (dispatcher.executorService().isShutdown()) {
      // A blocking call does not need the dispatcher's threads: it would go on after close().
      throw new IOException("the client is closed");
    }
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
