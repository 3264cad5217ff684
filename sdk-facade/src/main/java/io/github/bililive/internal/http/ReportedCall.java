package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.Cancellable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import okhttp3.Request;
import okio.Timeout;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.CallAdapter;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;

/**
 * A user's call of the generated interface, of which {@link RequestEvents} hear as of the SDK's
 * own. What the caller gets is what Retrofit gives.
 */
final class ReportedCall<E> implements Call<E> {
  private final Call<E> call;
  private final Retries retries;
  private final Judge judge;

  private ReportedCall(Call<E> call, Retries retries, Judge judge) {
    this.call = call;
    this.retries = retries;
    this.judge = judge;
  }

  /** Returns what wraps every call of an interface. */
  static CallAdapter.Factory factory(Retries retries, Judge judge) {
    return new CallAdapter.Factory() {
      @Override
      public @Nullable CallAdapter<?, ?> get(
          Type returnType, Annotation[] annotations, Retrofit retrofit) {
        if (getRawType(returnType) != Call.class || !(returnType instanceof ParameterizedType)) {
          return null;
        }
        Type envelope = getParameterUpperBound(0, (ParameterizedType) returnType);
        return new CallAdapter<Object, Call<Object>>() {
          @Override
          public Type responseType() {
            return envelope;
          }

          @Override
          public Call<Object> adapt(Call<Object> call) {
            return new ReportedCall<>(call, retries, judge);
          }
        };
      }
    };
  }

  @Override
  public Response<E> execute() throws IOException {
    Attempt attempt = begin();
    Response<E> response;
    try {
      response = call.execute();
    } catch (Throwable e) { // Checked ones, too: an EventListener of the user's may throw any.
      if (attempt.isPassedOn(e)) {
        attempt.ended(null, e);
        throw e;
      }
      throw attempt.failed(e);
    }
    attempt.ended(response.body(), null);
    return response;
  }

  @Override
  public void enqueue(Callback<E> callback) {
    Attempt attempt = begin();
    Callback<E> reported =
        new Callback<E>() {
          @Override
          public void onResponse(Call<E> same, Response<E> response) {
            attempt.ended(response.body(), null);
            callback.onResponse(ReportedCall.this, response);
          }

          @Override
          public void onFailure(Call<E> same, Throwable thrown) {
            if (attempt.isPassedOn(thrown)) {
              attempt.ended(null, thrown);
              callback.onFailure(ReportedCall.this, thrown);
            } else {
              callback.onFailure(ReportedCall.this, attempt.failed(thrown));
            }
          }
        };
    try {
      call.enqueue(reported);
    } catch (Throwable e) {
      if (attempt.isPassedOn(e)) {
        attempt.ended(null, e);
        throw e;
      }
      callback.onFailure(this, attempt.failed(e)); // An EventListener of the user's threw.
    }
  }

  private Attempt begin() {
    Request request = null;
    if (!call.isExecuted()) {
      try {
        request = call.request();
      } catch (Throwable e) { // Of an argument that is null, say: the call tells its caller.
      }
    }
    return new Attempt(request);
  }

  @Override
  public boolean isExecuted() {
    return call.isExecuted();
  }

  @Override
  public void cancel() {
    CallbackErrors.run(call::cancel); // An EventListener of the user's hears of it.
  }

  @Override
  public boolean isCanceled() {
    return call.isCanceled();
  }

  @Override
  public Call<E> clone() {
    return new ReportedCall<>(call.clone(), retries, judge);
  }

  @Override
  public Request request() {
    return call.request();
  }

  @Override
  public Timeout timeout() {
    return call.timeout();
  }

  /** Judges what comes, and tells. */
  private final class Attempt {
    /** Null if nothing will be sent: then there is nothing to tell. */
    private final @Nullable Request request;

    private final long beganAtNanos = retries.scheduler.nanoTime();

    /** Ends the call in time; null if nothing will be sent. */
    private final @Nullable Cancellable limit;

    private volatile boolean tooSlow;

    Attempt(@Nullable Request request) {
      this.request = request;
      if (request == null) {
        limit = null;
        return;
      }
      limit = retries.scheduler.schedule(this::timedOut, retries.attemptTimeoutNanos);
      ApiCall.began(retries.events, CalledOperation.of(request).name, 1);
    }

    private void timedOut() {
      tooSlow = true;
      cancel();
    }

    /** Returns whether it is for the caller: an argument, or Retrofit's word for odd JSON. */
    boolean isPassedOn(Throwable thrown) {
      return thrown instanceof JsonDataException
          || (request == null && thrown instanceof RuntimeException);
    }

    /** Ends it with what a call throws; returns that as an IOException. */
    IOException failed(Throwable thrown) {
      IOException told;
      if (tooSlow) {
        told = new InterruptedIOException(ApiCall.TIMEOUT);
        told.initCause(thrown);
      } else {
        told = thrown instanceof IOException ? (IOException) thrown : Wire.told(thrown);
      }
      ended(null, told);
      return told;
    }

    void ended(@Nullable E body, @Nullable Throwable thrown) {
      if (limit != null) {
        limit.cancel();
      }
      if (request == null || !retries.events.isHeard()) {
        return;
      }
      String operation = CalledOperation.of(request).name;
      long tookNanos = retries.scheduler.nanoTime() - beganAtNanos;
      try {
        judge.judge(request, body, thrown, ReportedCall::requireEnvelope);
      } catch (BiliLiveException e) {
        ApiCall.failed(retries.events, operation, e, tookNanos, RetrySession.GIVE_UP);
        return;
      }
      ApiCall.answered(retries.events, operation, 0, tookNanos);
    }
  }

  private static <E> E requireEnvelope(@Nullable E envelope) {
    if (envelope == null) {
      throw new JsonDataException("the envelope cannot be read");
    }
    return envelope;
  }
}
