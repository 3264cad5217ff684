package io.github.bililive.internal.token;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.internal.time.Scheduler;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Why a {@link TokenRefresher} does not get on just now, and when it may try again. Guarded by the
 * keeper's lock.
 *
 * <p>There are two kinds: a step that failed, and a token that is refused soon after it was
 * granted. Each has pauses of its own, since it is a success of the first kind, a refresh, that the
 * second comes after.
 */
final class RefreshBackOff {
  private final Scheduler scheduler;

  /** After failures in a row. */
  private final RefreshPause pause;

  /** After young tokens that were refused in a row, each granted without a failure. */
  private final RefreshPause rejectionPause;

  /** How many young tokens were refused in a row. */
  private int rejections;

  /** Why the last step failed; null after one that did not. */
  private @Nullable TokenFailure failure;

  /** When the next step may begin. Counts if there is a {@link #failure}. */
  private long pausedUntilNanos;

  RefreshBackOff(Scheduler scheduler, Random random) {
    this.scheduler = scheduler;
    pause = new RefreshPause(random);
    rejectionPause = new RefreshPause(random);
  }

  /** Whether the next step must wait. */
  boolean isPaused() {
    return failure != null && nanosLeft() > 0;
  }

  /** Returns how long it must wait; of no meaning if it need not. */
  long nanosLeft() {
    return pausedUntilNanos - scheduler.nanoTime();
  }

  /** Returns why the next step must wait; null if it need not. */
  @Nullable TokenFailure reason() {
    return isPaused() ? failure : null;
  }

  /** Returns how long to pause after a failure, which makes the next pause longer. */
  long afterFailure() {
    return pause.afterFailure();
  }

  /**
   * Returns how long to pause after a refresh that failed, which makes the next pause longer.
   *
   * @param wasSent whether the platform may have carried it out
   */
  long afterFailure(BiliLiveException cause, boolean wasSent) {
    return pause.afterFailure(cause, wasSent);
  }

  /** Pauses. */
  void pauseFor(long nanos, TokenFailure why) {
    failure = why;
    pausedUntilNanos = scheduler.nanoTime() + nanos;
  }

  /** A step did not fail. */
  void succeeded() {
    failure = null;
    pause.reset();
  }

  /** Does without the pause. */
  void forget() {
    failure = null;
  }

  /** A token was refused that was not young, or another was handed in: a row of them is over. */
  void grownUp() {
    rejections = 0;
    rejectionPause.reset();
  }

  /**
   * A token was refused soon after a refresh had brought it. The first such is renewed at once, as
   * any other is.
   *
   * @return whether there is a pause now
   */
  boolean refusedYoung(TokenFailure why) {
    if (rejections++ == 0) {
      return false;
    }
    pauseFor(rejectionPause.afterFailure(), why);
    return true;
  }
}
