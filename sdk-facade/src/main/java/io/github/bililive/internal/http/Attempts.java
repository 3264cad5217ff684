package io.github.bililive.internal.http;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.internal.time.Cancellable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One call: its attempts, one after the other, and the pauses between them. Blocking or with a
 * callback, by {@link #execute} or {@link #enqueue}, of which one is called, once.
 *
 * @param <T> what the call answers with
 */
final class Attempts<T extends @Nullable Object> implements PendingCall {
  /** Makes the call anew, for each attempt. */
  interface Maker<T extends @Nullable Object> {
    /**
     * Returns an attempt that was not made yet.
     *
     * @param timeoutNanos how long it may take, in nanoseconds
     */
    Exchange<?, T> make(long timeoutNanos);
  }

  private final Retries retries;
  private final RetrySession session;
  private final Maker<T> maker;

  /** The attempt under way, or the last one. Guarded by this object's lock, as is what follows. */
  private Exchange<?, T> exchange;

  private long beganAtNanos;

  /** The pause under way; null if there is none. */
  private @Nullable Pause pause;

  /** Why no attempt may follow; null as long as one may. */
  private @Nullable String ended;

  Attempts(Retries retries, RetrySession session, Maker<T> maker) {
    this.retries = retries;
    this.session = session;
    this.maker = maker;
    exchange = next();
  }

  /** Makes the call and waits for its end, on the caller's thread. */
  T execute() throws BiliLiveException {
    while (true) {
      Exchange<?, T> present = begin();
      long pauseNanos;
      try {
        T answer = present.execute();
        answered(present);
        return answer;
      } catch (BiliLiveException e) {
        pauseNanos = failed(present, e);
        if (pauseNanos == RetrySession.GIVE_UP) {
          throw e;
        }
      }
      CountDownLatch over = new CountDownLatch(1);
      pause(pauseNanos, over::countDown);
      await(over, present);
      synchronized (this) {
        throwIfEnded(present);
        exchange = next();
      }
    }
  }

  /** Makes the call; the callback hears of its end, on a thread of OkHttp's or the scheduler's. */
  PendingCall enqueue(AnswerCallback<T> callback) {
    Exchange<?, T> present = begin();
    present.enqueue(
        new AnswerCallback<T>() {
          @Override
          public void onSuccess(T answer) {
            answered(present);
            callback.onSuccess(answer);
          }

          @Override
          public void onFailure(BiliLiveException error) {
            long pauseNanos = failed(present, error);
            if (pauseNanos == RetrySession.GIVE_UP) {
              callback.onFailure(error);
            } else {
              pause(pauseNanos, () -> enqueueNext(present, callback));
            }
          }
        });
    return this;
  }

  private void enqueueNext(Exchange<?, T> last, AnswerCallback<T> callback) {
    try {
      synchronized (this) {
        throwIfEnded(last);
        exchange = next();
      }
    } catch (NetworkException e) {
      callback.onFailure(e);
      return;
    }
    enqueue(callback);
  }

  /** Gives the call up: the attempt under way, or the pause. */
  @Override
  public void cancel() {
    end("Canceled");
  }

  void clientClosed() {
    end("the client is closed");
  }

  private void end(String why) {
    Exchange<?, T> present;
    Pause underWay;
    synchronized (this) {
      ended = ended == null ? why : ended;
      present = exchange;
      underWay = pause;
    }
    present.cancel();
    if (underWay != null) {
      underWay.end();
    }
  }

  private Exchange<?, T> next() {
    return maker.make(session.remainingNanos(retries.scheduler.nanoTime()));
  }

  /** Events are told outside the lock: their executor may run them at once. */
  private Exchange<?, T> begin() {
    Exchange<?, T> present;
    synchronized (this) {
      beganAtNanos = retries.scheduler.nanoTime();
      present = exchange;
    }
    retries.report.began(present.operation(), session.attempt());
    return present;
  }

  private void answered(Exchange<?, T> present) {
    retries.report.answered(present.operation(), 0, tookNanos());
  }

  private long failed(Exchange<?, T> present, BiliLiveException failure) {
    long tookNanos = tookNanos();
    long pauseNanos =
        isEnded() || retries.isClosed()
            ? RetrySession.GIVE_UP
            : session.pauseNanos(failure, retries.scheduler.nanoTime());
    retries.report.failed(present.operation(), failure, tookNanos, pauseNanos);
    return pauseNanos;
  }

  private synchronized long tookNanos() {
    return retries.scheduler.nanoTime() - beganAtNanos;
  }

  private void pause(long nanos, Runnable after) {
    Pause begun = new Pause(after);
    synchronized (this) {
      pause = begun;
    }
    retries.pauseBegan(this);
    begun.start(nanos);
  }

  private void await(CountDownLatch over, Exchange<?, T> last) throws NetworkException {
    try {
      over.await();
    } catch (InterruptedException e) {
      end("interrupted");
      Thread.currentThread().interrupt();
      throw last.failure(new InterruptedIOException("interrupted before the next attempt"));
    }
  }

  private void throwIfEnded(Exchange<?, T> last) throws NetworkException {
    if (ended != null) {
      throw last.failure(new IOException(ended));
    }
  }

  /** A pause that ends once: in its time, or before. */
  private final class Pause {
    private final Runnable after;
    private @Nullable Cancellable timer;
    private boolean over;

    Pause(Runnable after) {
      this.after = after;
    }

    void start(long nanos) {
      Cancellable started = retries.scheduler.schedule(this::end, nanos);
      boolean tooLate;
      synchronized (this) {
        timer = started;
        tooLate = over;
      }
      if (tooLate) {
        started.cancel();
      }
      if (isEnded()) {
        end();
      }
    }

    void end() {
      Cancellable started;
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
        started = timer;
      }
      if (started != null) {
        started.cancel();
      }
      pauseOver(this);
      after.run();
    }
  }

  private synchronized boolean isEnded() {
    return ended != null;
  }

  private void pauseOver(Pause finished) {
    synchronized (this) {
      if (pause == finished) {
        pause = null;
      }
    }
    retries.pauseEnded(this);
  }
}
