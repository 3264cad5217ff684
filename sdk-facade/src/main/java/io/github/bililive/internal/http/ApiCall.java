package io.github.bililive.internal.http;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Deadline;
import io.github.bililive.internal.time.EventPoster;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/**
 * One call of ours, its attempts and the pauses between them. The callback hears of its end once,
 * on a thread of OkHttp's or the scheduler's, or on the one that cancels it or closes the client.
 * {@code E} is the generated envelope.
 */
final class ApiCall<E, T extends @Nullable Object>
    implements PendingCall, Callback<E>, Retries.UnderWay {
  /** Makes the call anew, for each attempt. */
  interface Maker<E> {
    Call<E> make();
  }

  private static final String CLIENT_CLOSED = "the client is closed";

  /** OkHttp's word. */
  static final String TIMEOUT = "timeout";

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

  /** Ends the pause or the attempt under way; null if that is just beginning. */
  private @Nullable Cancellable timer;

  /** Whether the attempt under way was cancelled since it took too long. */
  private boolean tooSlow;

  /** Ends the call at its deadline; null until it has begun. */
  private @Nullable Cancellable limit;

  /** Whether the callback has heard, or is about to; it hears once. */
  private boolean over;

  /**
   * Creates a call.
   *
   * @param key what it carries, such as an access token; null for nothing
   * @param isRetried whether it is made again after a failure that may pass
   * @param deadline when it has to be over, attempts and pauses together
   */
  ApiCall(
      ApiClient<?> api,
      Maker<E> maker,
      @Nullable Object key,
      boolean isRetried,
      Deadline deadline,
      Judge.Reading<E, T> reading,
      AnswerCallback<T> callback) {
    retries = api.retries;
    judge = api.judge;
    this.maker =
        () -> {
          Call<E> call = maker.make();
          Judge.traceOf(call.request()).key = key;
          return call;
        };
    this.reading = reading;
    this.callback = callback;
    present = this.maker.make();
    boolean repeatable = CalledOperation.of(present.request()).repeatable;
    session = retries.session(isRetried, repeatable, deadline);
  }

  /** Makes the call; returns at once. */
  PendingCall begin() {
    retries.began(this);
    try {
      attemptInTime();
    } catch (Throwable e) { // The scheduler has no thread, say.
      end(present().request(), judge.failure(present().request(), e), false);
    }
    return this;
  }

  private void attemptInTime() {
    // OkHttp's own limit does not count what a call waits for a place among those under way.
    Cancellable started = retries.scheduler.schedule(this::timedOut, session.leftNanos());
    boolean isOver;
    synchronized (this) {
      limit = started;
      isOver = over;
    }
    if (isOver) {
      started.cancel();
    } else {
      attempt();
    }
  }

  /** Begins an attempt. Nothing is called under the lock: hooks may run at once. */
  private void attempt() {
    Call<E> begun;
    synchronized (this) {
      begun = present;
      beganAtNanos = retries.scheduler.nanoTime();
      tooSlow = false;
    }
    began(retries.events, operation(begun), session.attempt());
    limitAttempt(begun);
    try {
      begun.enqueue(this);
    } catch (Throwable e) { // Of an EventListener of the user's, say.
      onFailure(begun, Wire.told(e));
    }
  }

  private void limitAttempt(Call<E> attempt) {
    if (retries.attemptTimeoutNanos < session.leftNanos()) {
      timed(() -> tooSlow(attempt), retries.attemptTimeoutNanos, attempt);
    }
  }

  private void tooSlow(Call<E> attempt) {
    CallTrace trace = attempt.request().tag(CallTrace.class);
    if (trace != null && !trace.isBegun()) {
      limitAttempt(attempt); // What it waits for a place is not its own.
      return;
    }
    synchronized (this) {
      if (present != attempt || pausing) {
        return;
      }
      tooSlow = true;
    }
    cancel(attempt);
  }

  /** An EventListener of the user's hears of it, and may throw. */
  private static void cancel(Call<?> call) {
    CallbackErrors.run(call::cancel);
  }

  @Override
  public void onResponse(Call<E> call, Response<E> response) {
    judged(call.request(), response.body(), null);
  }

  @Override
  public void onFailure(Call<E> call, Throwable thrown) {
    // Closing a client lets its calls fail in many ways, in an order of OkHttp's.
    boolean timedOut;
    synchronized (this) {
      timedOut = tooSlow;
    }
    IOException known =
        retries.isClosed()
            ? new IOException(CLIENT_CLOSED)
            : timedOut ? new InterruptedIOException(TIMEOUT) : null;
    judged(call.request(), null, known == null ? thrown : known);
  }

  private void judged(Request request, @Nullable E body, @Nullable Throwable thrown) {
    T answer;
    try {
      answer = judge.judge(request, body, thrown, reading);
    } catch (BiliLiveException e) {
      failed(request, e);
      return;
    } catch (Throwable e) { // Or the caller would never hear.
      failed(request, judge.failure(request, e));
      return;
    }
    if (ends()) {
      answered(retries.events, CalledOperation.of(request).name, 0, tookNanos());
      callback.onSuccess(answer);
    }
  }

  private void failed(Request request, BiliLiveException failure) {
    long nowNanos = retries.scheduler.nanoTime();
    retries.appPause.failed(failure, nowNanos);
    long pauseNanos = isOver() ? RetrySession.GIVE_UP : session.pauseNanos(failure, nowNanos);
    if (pauseNanos == RetrySession.GIVE_UP) {
      end(request, failure, true);
    } else {
      String operation = CalledOperation.of(request).name;
      failed(retries.events, operation, failure, tookNanos(), pauseNanos);
      pause(pauseNanos);
    }
  }

  private void pause(long nanos) {
    synchronized (this) {
      pausing = true;
    }
    timed(this::resume, nanos, null);
  }

  /** Lets a timer end this attempt, or the pause if it is null; in place of the last timer. */
  private void timed(Runnable end, long nanos, @Nullable Call<E> attempt) {
    Cancellable started = retries.scheduler.schedule(end, nanos);
    Cancellable past;
    synchronized (this) {
      boolean isPast = over || pausing != (attempt == null);
      past = isPast ? started : timer;
      timer = isPast ? timer : started;
    }
    if (past != null) {
      past.cancel();
    }
  }

  private void resume() {
    synchronized (this) {
      if (!pausing || over) {
        return;
      }
      pausing = false;
      timer = null;
      present = maker.make();
    }
    attempt();
    if (isOver()) { // Checked last, so that a call that was given up just now is not left.
      cancel(present());
    }
  }

  @Override
  public void cancel() {
    giveUp(new IOException("Canceled"));
  }

  @Override
  public void clientClosed() {
    giveUp(new IOException(CLIENT_CLOSED));
  }

  /** In OkHttp's words, which come a moment before or after. */
  private void timedOut() {
    giveUp(new InterruptedIOException(TIMEOUT));
  }

  /** Tells the callback at once: an attempt may wait, or hang where it cannot be cancelled. */
  private void giveUp(IOException why) {
    Call<E> underWay = present();
    boolean isAttempt;
    synchronized (this) {
      isAttempt = !pausing;
    }
    end(underWay.request(), judge.ended(underWay.request(), why), isAttempt);
    cancel(underWay);
  }

  /** Ends the call with a failure, unless it has ended. */
  private void end(Request request, BiliLiveException failure, boolean isAttempt) {
    if (!ends()) {
      return;
    }
    if (isAttempt) {
      String operation = CalledOperation.of(request).name;
      failed(retries.events, operation, failure, tookNanos(), RetrySession.GIVE_UP);
    }
    callback.onFailure(failure);
  }

  /** Returns whether the call ends now, and did not before. */
  private boolean ends() {
    Cancellable startedTimer;
    Cancellable startedLimit;
    synchronized (this) {
      if (over) {
        return false;
      }
      over = true;
      startedTimer = timer;
      startedLimit = limit;
    }
    retries.ended(this);
    if (startedTimer != null) {
      startedTimer.cancel();
    }
    if (startedLimit != null) {
      startedLimit.cancel();
    }
    return true;
  }

  private synchronized boolean isOver() {
    return over;
  }

  private synchronized Call<E> present() {
    return present;
  }

  private synchronized long tookNanos() {
    return retries.scheduler.nanoTime() - beganAtNanos;
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
