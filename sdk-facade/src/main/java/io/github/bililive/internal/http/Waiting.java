package io.github.bililive.internal.http;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for the callback of one call: what makes a call blocking.
 *
 * @param <T> what the call answers with
 */
public final class Waiting<T extends @Nullable Object> implements AnswerCallback<T> {
  private final CountDownLatch over = new CountDownLatch(1);

  /** Written before {@link #over} is counted down, read after. */
  private @Nullable T answer;

  private @Nullable BiliLiveException error;

  /** Creates one for a call that is about to be made with it as callback. */
  public Waiting() {}

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
   * Waits for the end of a call.
   *
   * @param operation the call, such as {@code "start"}
   * @param host where it goes
   * @throws BiliLiveException the call's failure, as one of this thread; a {@link NetworkException}
   *     if this thread is interrupted: then the call is cancelled
   */
  public T await(PendingCall call, String operation, String host) {
    try {
      over.await();
    } catch (InterruptedException e) {
      call.cancel();
      Thread.currentThread().interrupt();
      throw new NetworkException(
          operation, host, new InterruptedIOException("interrupted while waiting for the answer"));
    }
    return result();
  }

  /** Waits for the end of a call, so long at most, and returns whether it has come. */
  public boolean awaitOver(long timeoutNanos) throws InterruptedException {
    return over.await(timeoutNanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Returns what the call answered, once it is over.
   *
   * @throws BiliLiveException the call's failure, as one of this thread
   */
  @SuppressWarnings("NullAway") // T may be nullable, and the answer is there if there is no error.
  public T result() {
    if (error != null) {
      throw BiliLiveException.onThisThread(error);
    }
    return answer;
  }
}
