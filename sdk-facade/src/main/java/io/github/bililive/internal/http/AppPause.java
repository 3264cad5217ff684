package io.github.bililive.internal.http;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Until when the platform wants all calls of the app to wait, and how it said so. Rooms start no
 * connection before that. Safe for use by several threads.
 */
final class AppPause {
  /** The answer that asked for the longest wait; null if none did. Guarded, as is the next. */
  private @Nullable BiliLiveException answer;

  private long untilNanos;

  /** Takes note of a call's failure, whatever it is. */
  synchronized void failed(BiliLiveException failure, long nowNanos) {
    if (failure.isForWholeApp()) {
      long until = nowNanos + TimeUnit.MILLISECONDS.toNanos(failure.getRetryAfterMillis());
      if (answer == null || until - untilNanos > 0) {
        answer = failure;
        untilNanos = until;
      }
    }
  }

  /** Returns the failure of a call that must not be sent now; null if it may be sent. */
  synchronized @Nullable NetworkException refusal(String operation, String host, long nowNanos) {
    BiliLiveException present = answer;
    long leftNanos = untilNanos - nowNanos;
    if (present == null || leftNanos <= 0) {
      answer = null;
      return null;
    }
    NotSentException why =
        new NotSentException("the platform wants the whole app to wait: " + present.getMessage());
    why.initCause(present);
    long leftMillis = TimeUnit.NANOSECONDS.toMillis(leftNanos) + 1; // Too early is refused again.
    return new NetworkException(operation, host, why, leftMillis);
  }
}
