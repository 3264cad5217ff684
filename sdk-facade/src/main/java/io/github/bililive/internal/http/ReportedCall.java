package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.RequestEvents;
import java.io.IOException;
import java.util.List;
import okhttp3.Request;
import okio.Timeout;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/**
 * A call of the generated interface of which {@link RequestEvents} hear, in the same words as of
 * the SDK's own. What the caller gets is as it is without.
 *
 * @param <E> the generated envelope
 */
final class ReportedCall<E> implements Call<E> {
  private final Call<E> call;
  private final ReportedCalls shared;

  ReportedCall(Call<E> call, ReportedCalls shared) {
    this.call = call;
    this.shared = shared;
  }

  @Override
  public Response<E> execute() throws IOException {
    Attempt attempt = begin();
    if (attempt == null) {
      return call.execute();
    }
    Response<E> response;
    try {
      response = call.execute();
    } catch (IOException | RuntimeException e) {
      attempt.failed(e);
      throw e;
    }
    attempt.answered(response.body());
    return response;
  }

  @Override
  public void enqueue(Callback<E> callback) {
    Attempt attempt = begin();
    call.enqueue(
        new Callback<E>() {
          @Override
          public void onResponse(Call<E> same, Response<E> response) {
            if (attempt != null) {
              attempt.answered(response.body());
            }
            callback.onResponse(ReportedCall.this, response);
          }

          @Override
          public void onFailure(Call<E> same, Throwable thrown) {
            if (attempt != null) {
              attempt.failed(thrown);
            }
            callback.onFailure(ReportedCall.this, thrown);
          }
        });
  }

  /** Returns null if nothing will be sent, which the call itself tells its caller. */
  private @Nullable Attempt begin() {
    if (call.isExecuted()) {
      return null;
    }
    try {
      call.request();
    } catch (RuntimeException e) { // Such as an argument that is null.
      return null;
    }
    return new Attempt();
  }

  @Override
  public boolean isExecuted() {
    return call.isExecuted();
  }

  @Override
  public void cancel() {
    call.cancel();
  }

  @Override
  public boolean isCanceled() {
    return call.isCanceled();
  }

  @Override
  public Call<E> clone() {
    return new ReportedCall<>(call.clone(), shared);
  }

  @Override
  public Request request() {
    return call.request();
  }

  @Override
  public Timeout timeout() {
    return call.timeout();
  }

  /** Returns what the SDK calls it: {@code batchHeartbeat} for {@code …/ws-batch-heartbeat}. */
  static String operation(Request request) {
    List<String> path = request.url().pathSegments();
    String last = path.get(path.size() - 1);
    String[] words = (last.startsWith("ws-") ? last.substring(3) : last).split("-", -1);
    StringBuilder operation = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      if (!words[i].isEmpty()) {
        operation.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
      }
    }
    return operation.toString();
  }

  /** Judges what comes, and tells. */
  private final class Attempt {
    private final Exchange<E, @Nullable Void> exchange =
        new Exchange<E, @Nullable Void>(
            operation(call.request()),
            call,
            ReportedCall::anyEnvelope,
            shared.redaction,
            shared.clock);

    private final long beganAtNanos = shared.scheduler.nanoTime();

    Attempt() {
      shared.report.began(exchange.operation(), 1);
    }

    void answered(@Nullable E body) {
      tell(exchange.problemOf(body));
    }

    void failed(Throwable thrown) {
      tell(exchange.problemThrown(thrown));
    }

    private void tell(@Nullable BiliLiveException problem) {
      long tookNanos = shared.scheduler.nanoTime() - beganAtNanos;
      if (problem == null) {
        shared.report.answered(exchange.operation(), 0, tookNanos);
      } else {
        shared.report.failed(exchange.operation(), problem, tookNanos, RetrySession.GIVE_UP);
      }
    }
  }

  @SuppressWarnings("NullAway") // It does not know that T may be nullable.
  private static <E> Void anyEnvelope(@Nullable E envelope) {
    if (envelope == null) {
      throw new JsonDataException("the envelope cannot be read");
    }
    return null;
  }
}
