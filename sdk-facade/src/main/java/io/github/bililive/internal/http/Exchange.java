package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import io.github.bililive.AnswerCallback;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/**
 * One call of the generated client, from sending it to the envelope's data or one of our errors.
 *
 * @param <E> the generated envelope
 * @param <T> what the call answers with
 */
final class Exchange<E, T extends @Nullable Object> {
  /** Takes an answer's data out of its envelope, whose code was 0. */
  interface Reading<E, T extends @Nullable Object> {
    /**
     * Returns the data.
     *
     * @param envelope null if it could not be read as {@code E}
     * @throws JsonDataException if the call's answer cannot do without something it lacks
     */
    T read(@Nullable E envelope);
  }

  private final String operation;
  private final Call<E> call;
  private final Reading<E, T> reading;
  private final Redaction redaction;
  private final PlatformClock clock;

  Exchange(
      String operation,
      Call<E> call,
      Reading<E, T> reading,
      Redaction redaction,
      PlatformClock clock) {
    this.operation = operation;
    this.call = call;
    this.reading = reading;
    this.redaction = redaction;
    this.clock = clock;
  }

  String operation() {
    return operation;
  }

  /** Returns the failure of a call that got no answer. */
  NetworkException failure(Throwable thrown) {
    SigningTrace signing = call.request().tag(SigningTrace.class);
    boolean sent = signing == null || signing.isSent();
    return new NetworkException(
        operation, call.request().url().host(), sent, withoutSecrets(thrown));
  }

  /** Sends it and waits for the answer, on the caller's thread. */
  T execute() throws BiliLiveException {
    try {
      Response<E> response = call.execute();
      return answer(response.body(), null);
    } catch (IOException | JsonDataException e) {
      return answerOrFail(e);
    }
  }

  /** Sends it; the callback hears of it on a thread of OkHttp's. */
  void enqueue(AnswerCallback<T> callback) {
    call.enqueue(
        new Callback<E>() {
          @Override
          public void onResponse(Call<E> call, Response<E> response) {
            T answer;
            try {
              answer = answer(response.body(), null);
            } catch (BiliLiveException e) {
              callback.onFailure(e);
              return;
            }
            callback.onSuccess(answer);
          }

          @Override
          public void onFailure(Call<E> call, Throwable thrown) {
            T answer;
            try {
              answer = answerOrFail(thrown);
            } catch (BiliLiveException e) {
              callback.onFailure(e);
              return;
            }
            callback.onSuccess(answer);
          }
        });
  }

  void cancel() {
    call.cancel();
  }

  /**
   * Returns what is wrong with an answer; null if nothing is.
   *
   * @param body the envelope, null if it could not be read as one
   */
  @Nullable BiliLiveException problemOf(@Nullable E body) {
    try {
      answer(body, null);
      return null;
    } catch (BiliLiveException e) {
      return e;
    }
  }

  /** Returns what is wrong with a call that threw; null if nothing is. */
  @Nullable BiliLiveException problemThrown(Throwable thrown) {
    try {
      answerOrFail(thrown);
      return null;
    } catch (BiliLiveException e) {
      return e;
    }
  }

  /** Nothing could be made of the call: because nothing came, or because of what came. */
  private T answerOrFail(Throwable thrown) throws BiliLiveException {
    AnswerTrace trace = trace();
    if (thrown instanceof UnusableAnswer) {
      throw notUnderstood(
          String.valueOf(thrown.getMessage()), ((UnusableAnswer) thrown).bodyStart, null);
    }
    if (!trace.isComplete()) {
      throw failure(thrown);
    }
    return answer(null, thrown);
  }

  /**
   * Judges a whole answer.
   *
   * @param body the envelope, null if it could not be read as one
   * @param unreadable why not
   */
  private T answer(@Nullable E body, @Nullable Throwable unreadable) throws BiliLiveException {
    AnswerTrace trace = trace();
    boolean httpOk = trace.httpStatus() >= 200 && trace.httpStatus() < 300;
    Envelope envelope = trace.envelope();
    if (envelope == null) {
      throw notUnderstood(
          httpOk ? "it is not the platform's JSON" : httpProblem(trace), trace.unreadable());
    }
    if (envelope.code != 0) {
      throw refused(envelope, trace);
    }
    if (!httpOk) {
      throw notUnderstood(httpProblem(trace), null);
    }
    try {
      return reading.read(body);
    } catch (JsonDataException e) {
      Throwable cause = unreadable == null ? e : unreadable;
      throw notUnderstood(String.valueOf(cause.getMessage()), cause);
    }
  }

  private PlatformException refused(Envelope envelope, AnswerTrace trace) {
    return new PlatformException(
        operation,
        envelope.code,
        shown(envelope.message),
        shownOrNull(envelope.requestId),
        trace.askedMillis(clock.currentTimeMillis()),
        Finding.of(envelope.code, call.request(), clock));
  }

  /**
   * OkHttp quotes a status line that it cannot read, and a hostile server may put anything there.
   */
  private IOException withoutSecrets(Throwable thrown) {
    boolean harmless = true;
    for (Throwable link = thrown; link != null; link = link.getCause()) {
      harmless &= isHarmless(link);
      for (Throwable suppressed : link.getSuppressed()) {
        harmless &= isHarmless(suppressed);
      }
    }
    if (harmless && thrown instanceof IOException) {
      return (IOException) thrown;
    }
    String message = thrown.getMessage() == null ? "" : ": " + shown(thrown.getMessage());
    IOException cause = new IOException(thrown.getClass().getSimpleName() + message);
    cause.setStackTrace(thrown.getStackTrace());
    return cause;
  }

  private boolean isHarmless(Throwable link) {
    String message = link.getMessage();
    return message == null || message.equals(shown(message));
  }

  private static String httpProblem(AnswerTrace trace) {
    if (trace.location() == null) {
      return "it has an HTTP error's status";
    }
    return "it redirects to "
        + trace.location()
        + ", which is not followed: signature and token are for the configured host alone";
  }

  private InvalidResponseException notUnderstood(String problem, @Nullable Throwable cause) {
    return notUnderstood(problem, trace().text(), cause);
  }

  private InvalidResponseException notUnderstood(
      String problem, String text, @Nullable Throwable cause) {
    AnswerTrace trace = trace();
    return new InvalidResponseException(
        operation,
        shown(problem),
        trace.httpStatus(),
        shownOrNull(trace.contentType()),
        shown(text),
        trace.askedMillis(clock.currentTimeMillis()),
        cause == null ? null : withoutSecrets(cause));
  }

  /** Text of the platform's as a message may show it: its beginning, on one line, no secrets. */
  private String shown(String text) {
    return redaction.startOf(text, call.request());
  }

  private @Nullable String shownOrNull(@Nullable String text) {
    return text == null ? null : shown(text);
  }

  private AnswerTrace trace() {
    AnswerTrace trace = AnswerTrace.of(call.request());
    if (trace == null) {
      throw new IllegalStateException("the call was not made by CallFactory");
    }
    return trace;
  }
}
