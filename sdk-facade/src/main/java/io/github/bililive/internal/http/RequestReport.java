package io.github.bililive.internal.http;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.hook.RequestEvents;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Tells {@link RequestEvents} of what happens, on their executor. Safe for use by several threads.
 */
public final class RequestReport implements PlatformClock.Listener {
  private final RequestEvents events;
  private final Executor executor;

  /** Creates a report whose events are heard on this executor, which runs one task at a time. */
  public RequestReport(RequestEvents events, Executor executor) {
    this.events = events;
    this.executor = executor;
  }

  void began(String operation, int attempt) {
    tell(() -> events.requestBegan(operation, attempt));
  }

  void answered(String operation, int code, long tookNanos) {
    long tookMillis = TimeUnit.NANOSECONDS.toMillis(tookNanos);
    tell(() -> events.requestAnswered(operation, code, tookMillis));
  }

  void failed(String operation, BiliLiveException cause, long tookNanos, long retryInNanos) {
    if (cause instanceof PlatformException) {
      answered(operation, ((PlatformException) cause).getCode(), tookNanos);
    }
    long retryInMillis =
        retryInNanos == RetrySession.GIVE_UP
            ? RequestEvents.NOT_RETRIED
            : TimeUnit.NANOSECONDS.toMillis(retryInNanos);
    tell(() -> events.requestFailed(operation, cause, retryInMillis));
  }

  @Override
  public void clockCorrected(long offsetMillis) {
    tell(() -> events.clockCorrected(offsetMillis));
  }

  private void tell(Runnable event) {
    if (events != RequestEvents.NONE) {
      executor.execute(event);
    }
  }
}
