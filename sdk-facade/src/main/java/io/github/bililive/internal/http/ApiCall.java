package io.github.bililive.internal.http;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Deadline;
import io.github.bililive.internal.time.EventPoster;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/**
 * One call of ours, its attempts and the pauses between them. The callback hears of its end once,
 * on a thread of OkHttp's or the scheduler's. {@code E} is the generated envelope.
 */
final class ApiCall<E, T extends @Nullable Object> implements PendingCall, Callback<E> {
  /** Makes the call anew, for each attempt. */
  interface Maker<E> {
    Call<E> make();
  }

  private final Retries retries;
  private final Judge judge;
  private final RetrySession session;
  private final Maker<E> maker;
  private final Judge.Reading<E, T> reading;
  private final AnswerCallback<T> callback;

  /** The attempt under way, or the last one. Guarded by this object's lock, as is what follows. */
  private Call<E> present;

  private long beganAtNanos;

  /** Whether the call is between two attempts. */
  private boolean pausing;

  /** Ends the pause under way; null if there is none, or it is just beginning. */
  private @Nullable Cancellable timer;

  /** Why no attempt may follow; null as long as one may. */
  private @Nullable String ended;

  /**
   * Creates a call.
   *
   * @param isRetried whether it is made again after a failure that may pass
   * @param deadline when it has to be over, attempts and pauses together
   */
  ApiCall(
      Retries retries,
      Judge judge,
      Maker<E> maker,
      boolean isRetried,
      Deadline deadline,
      Judge.Reading<E, T> reading,
      AnswerCallback<T> callback) {
    this.retries = retries;
    this.judge = judge;
    this.maker = maker;
    this.reading = reading;
    this.callback = callback;
    present = maker.make();
    boolean repeatable = CalledOperation.of(present.request()).repeatable;
    session = retries.session(isRetried, repeatable, deadline);
  }

  /** Makes the call; returns at once. */
  PendingCall begin() {
    attempt();
    return this;
  }

  /** Begins an attempt. Nothing is called under the lock: hooks may run at once. */
  private void attempt() {
    Call<E> begun;
    String why;
    synchronized (this) {
      begun = present;
      why = ended;
      beganAtNanos = retries.scheduler.nanoTime();
    }
    if (why != null) {
      callback.onFailure(judge.failure(begun.request(), new IOException(why)));
      return;
    }
    began(retries.events, operation(begun), session.attempt());
    // The user's client may have a limit of its own, which holds for each attempt.
    long limitNanos = begun.timeout().timeoutNanos();
    long leftNanos = session.leftNanos();
    begun
        .timeout()
        .timeout(
            limitNanos == 0 ? leftNanos : Math.min(limitNanos, leftNanos), TimeUnit.NANOSECONDS);
    try {
      begun.enqueue(this);
    } catch (RuntimeException e) { // Of an EventListener of the user's, say.
      onFailure(begun, e);
    }
  }

  @Override
  public void onResponse(Call<E> call, Response<E> response) {
    judged(call.request(), response.body(), null);
  }

  @Override
  public void onFailure(Call<E> call, Throwable thrown) {
    judged(call.request(), null, thrown);
  }

  private void judged(Request request, @Nullable E body, @Nullable Throwable thrown) {
    long tookNanos;
    synchronized (this) {
      tookNanos = retries.scheduler.nanoTime() - beganAtNanos;
    }
    String operation = CalledOperation.of(request).name;
    T answer;
    try {
      answer = judge.judge(request, body, thrown, reading);
    } catch (BiliLiveException e) {
      failed(operation, e, tookNanos);
      return;
    } catch (RuntimeException e) { // Or the caller would never hear.
      failed(operation, judge.failure(request, e), tookNanos);
      return;
    }
    answered(retries.events, operation, 0, tookNanos);
    callback.onSuccess(answer);
  }

  private void failed(String operation, BiliLiveException failure, long tookNanos) {
    long pauseNanos =
        isEnded() || retries.isClosed()
            ? RetrySession.GIVE_UP
            : session.pauseNanos(failure, retries.scheduler.nanoTime());
    failed(retries.events, operation, failure, tookNanos, pauseNanos);
    if (pauseNanos == RetrySession.GIVE_UP) {
      callback.onFailure(failure);
    } else {
      pause(pauseNanos);
    }
  }

  private void pause(long nanos) {
    synchronized (this) {
      pausing = true;
    }
    retries.pauseBegan(this);
    Cancellable started = retries.scheduler.schedule(this::resume, nanos);
    boolean isOver;
    synchronized (this) {
      isOver = !pausing;
      timer = isOver ? null : started;
    }
    if (isOver) {
      started.cancel();
    } else if (isEnded()) {
      resume();
    }
  }

  /** Ends the pause, if there is one: in its time, or before. */
  private void resume() {
    Cancellable started;
    synchronized (this) {
      if (!pausing) {
        return;
      }
      pausing = false;
      started = timer;
      timer = null;
      if (ended == null) {
        present = maker.make();
      }
    }
    if (started != null) {
      started.cancel();
    }
    retries.pauseEnded(this);
    attempt();
  }

  @Override
  public void cancel() {
    end("Canceled");
  }

  void clientClosed() {
    end("the client is closed");
  }

  private void end(String why) {
    Call<E> underWay;
    synchronized (this) {
      ended = ended == null ? why : ended;
      underWay = present;
    }
    underWay.cancel();
    resume();
  }

  private synchronized boolean isEnded() {
    return ended != null;
  }

  private static String operation(Call<?> call) {
    return CalledOperation.of(call.request()).name;
  }

  static void began(EventPoster<RequestEvents> events, String operation, int attempt) {
    events.post(hook -> hook.requestBegan(operation, attempt));
  }

  static void answered(
      EventPoster<RequestEvents> events, String operation, int code, long tookNanos) {
    long tookMillis = TimeUnit.NANOSECONDS.toMillis(tookNanos);
    events.post(hook -> hook.requestAnswered(operation, code, tookMillis));
  }

  static void failed(
      EventPoster<RequestEvents> events,
      String operation,
      BiliLiveException failure,
      long tookNanos,
      long pauseNanos) {
    if (failure instanceof PlatformException) {
      answered(events, operation, ((PlatformException) failure).getCode(), tookNanos);
    }
    long retryInMillis =
        pauseNanos == RetrySession.GIVE_UP
            ? RequestEvents.NOT_RETRIED
            : TimeUnit.NANOSECONDS.toMillis(pauseNanos);
    events.post(hook -> hook.requestFailed(operation, failure, retryInMillis));
  }
}
