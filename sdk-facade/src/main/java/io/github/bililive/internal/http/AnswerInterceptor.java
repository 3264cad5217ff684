package io.github.bililive.internal.http;

import io.github.bililive.error.PlatformCode;
import java.io.IOException;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Writes down what came back, for error messages, and puts the auth body back in its place. Learns
 * the platform's time, and sends a request again, once, whose time the platform refused: that is
 * safe for every call, since it was not carried out. Stands in front of all interceptors of the
 * user's, as the first application interceptor.
 */
final class AnswerInterceptor implements Interceptor {
  private final Dispatcher dispatcher;

  private final PlatformClock clock;
  private final Redaction redaction;

  AnswerInterceptor(Dispatcher dispatcher, PlatformClock clock, Redaction redaction) {
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.redaction = redaction;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    if (dispatcher.executorService().isShutdown()) {
      // A blocking call does not need the dispatcher's threads: it would go on after close().
      throw new IOException("the client is closed");
    }
    Request request = chain.request();
    AnswerTrace trace = AnswerTrace.of(request);
    if (trace == null) {
      return chain.proceed(request);
    }
    Response response = proceed(chain, request, trace);
    if (hadItsTimeCorrected(request, trace)) {
      response.close();
      response = proceed(chain, request, trace);
      hadItsTimeCorrected(request, trace); // It tells the time again.
    }
    return response;
  }

  private Response proceed(Chain chain, Request request, AnswerTrace trace) throws IOException {
    Response response = chain.proceed(request);
    trace.headersArrived(response);
    String text = AuthBodySeal.unseal(AnswerBody.read(response), trace.sealed);
    for (String secret : trace.sealed) {
      redaction.remember(AuthBodySeal.unquoted(secret));
    }
    trace.bodyArrived(text);
    return AnswerBody.replace(response, text);
  }

  /** What has no envelope is not the platform's answer, and does not tell its time. */
  private boolean hadItsTimeCorrected(Request request, AnswerTrace trace) {
    SigningTrace signing = request.tag(SigningTrace.class);
    Envelope envelope = trace.envelope();
    if (signing == null || envelope == null) {
      return false;
    }
    TimeSample sample = signing.sample();
    if (envelope.code == PlatformCode.TIMESTAMP_EXPIRED.getNumber()) {
      return clock.correct(sample);
    }
    if (sample != null) {
      clock.learn(sample);
    }
    return false;
  }
}
