package io.github.bililive.internal.http;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.TokenException;
import io.github.bililive.token.AccessTokenProvider;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A thread that waits for the callback of one call: what makes a call blocking. */
public final class Waiting<T extends @Nullable Object> implements AnswerCallback<T> {
  private final String operation;
  private final String host;
  private final CountDownLatch over = new CountDownLatch(1);

  /** Written before {@link #over} is counted down, read after. */
  private @Nullable T answer;

  private @Nullable BiliLiveException error;

  private Waiting(String operation, String host) {
    this.operation = operation;
    this.host = host;
  }

  /**
   * Returns what waits for a call to {@code host} that is about to begin.
   *
   * @throws NetworkException if this thread is interrupted: then nothing is to be sent
   */
  public static <T extends @Nullable Object> Waiting<T> of(String operation, String host) {
    Waiting<T> waiting = new Waiting<>(operation, host);
    if (Thread.currentThread().isInterrupted()) {
      throw waiting.interrupted(false, new InterruptedException());
    }
    return waiting;
  }

  @Override
  public void onSuccess(T heard) {
    answer = heard;
    over.countDown();
  }

  @Override
  public void onFailure(BiliLiveException failure) {
    error = failure;
    over.countDown();
  }

  /**
   * Waits for the end of the call.
   *
   * @throws BiliLiveException the call's failure, as one of this thread; a {@link NetworkException}
   *     if this thread is interrupted before the answer is here: then the call is cancelled
   */
  public T await(PendingCall call) {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (over.getCount() > 0) {
        call.cancel();
        throw interrupted(true, e);
      }
    }
    return result();
  }

  private NetworkException interrupted(boolean isSent, InterruptedException e) {
    IOException cause = new InterruptedIOException("interrupted while waiting for the answer");
    cause.initCause(e);
    return new NetworkException(operation, host, isSent, cause);
  }

  /**
   * Waits for a provider's token.
   *
   * @throws BiliLiveException if there is none, it takes too long, or the thread is interrupted
   */
  public static AccessToken forToken(AccessTokenProvider provider, long timeoutNanos) {
    Waiting<AccessToken> waiting = new Waiting<>("accessToken", "the token provider");
    PendingCall asked = provider.accessToken(waiting);
    boolean isOver;
    try {
      isOver = waiting.over.await(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (waiting.over.getCount() > 0) {
        asked.cancel();
        throw new TokenException(
            "accessToken",
            "interrupted while waiting for a token",
            waiting.interrupted(true, e), // Its remedy becomes this one's: not to try again.
            0);
      }
      isOver = true;
    }
    if (!isOver) {
      asked.cancel();
      throw TokenStart.tokenTimedOut(timeoutNanos);
    }
    return waiting.result();
  }

  @SuppressWarnings("NullAway") // T may be nullable, and the answer is there if there is no error.
  private T result() {
    if (error != null) {
      throw BiliLiveException.onThisThread(error);
    }
    return answer;
  }
}
