package io.github.bililive;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.bililive.error.BiliLiveException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A callback that remembers what it heard, for a test that waits for it. */
public final class Heard<T> implements AnswerCallback<T> {
  private static final long WAIT_SECONDS = 60;

  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final AtomicInteger times = new AtomicInteger();

  @Override
  public void onSuccess(T answer) {
    times.incrementAndGet();
    outcome.complete(answer);
  }

  @Override
  public void onFailure(BiliLiveException error) {
    times.incrementAndGet();
    outcome.completeExceptionally(error);
  }

  /** Waits for the answer and returns it, or throws the failure. */
  public T await() throws BiliLiveException, InterruptedException, TimeoutException {
    try {
      return outcome.get(WAIT_SECONDS, SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BiliLiveException failure) {
        throw failure;
      }
      throw new AssertionError(e);
    }
  }

  /** Returns how often it was called. */
  public int times() {
    return times.get();
  }
}
