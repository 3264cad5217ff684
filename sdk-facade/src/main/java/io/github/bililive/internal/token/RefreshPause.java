package io.github.bililive.internal.token;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.Remedy;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * How long to pause after a failure: growing, with jitter, up to a minute, which is no storm in an
 * outage of hours and soon enough after it. Guarded by the lock of its {@link TokenRefresher}.
 */
final class RefreshPause {
  private static final long BASE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The longest pause, unless the platform asks for more. */
  static final long CAP_NANOS = TimeUnit.SECONDS.toNanos(60);

  /**
   * The shortest pause after a refresh that may have reached the platform: it may still be at work
   * on it, and the refresh token must not be spent twice at a time.
   */
  static final long ANSWER_LOST_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Doubling stops here; the cap is reached before. */
  private static final int MAX_DOUBLINGS = 10;

  private final Random random;

  /** Failures since the last success. */
  private int failures;

  RefreshPause(Random random) {
    this.random = random;
  }

  /** Returns the pause in nanoseconds, and doubles the next. */
  long afterFailure() {
    long full = Math.min(CAP_NANOS, BASE_NANOS << failures);
    failures = Math.min(failures + 1, MAX_DOUBLINGS);
    return full - (long) (random.nextDouble() * full / 2);
  }

  /**
   * Returns the pause in nanoseconds after a refresh that failed, and doubles the next.
   *
   * @param wasSent whether the platform may have carried it out
   */
  long afterFailure(BiliLiveException cause, boolean wasSent) {
    long pause = afterFailure();
    if (cause.getRemedy() == Remedy.GIVE_UP) {
      return CAP_NANOS;
    }
    long asked = TimeUnit.MILLISECONDS.toNanos(cause.getRetryAfterMillis());
    return Math.max(pause + asked, wasSent ? ANSWER_LOST_NANOS : 0);
  }

  void reset() {
    failures = 0;
  }
}
