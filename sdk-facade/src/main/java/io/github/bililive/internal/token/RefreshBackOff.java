package io.github.bililive.internal.token;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.Remedy;
import io.github.bililive.internal.time.BackOff;
import io.github.bililive.internal.time.Scheduler;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Why one broadcaster's tokens make no progress just now, and when the next attempt may begin. The
 * lock of its owner guards it.
 *
 * <p>Two things lead to a pause, and each has a row of its own: a step that failed, and a token
 * that was refused soon after it was granted. A refresh that succeeds ends the first row, but not
 * the second.
 */
final class RefreshBackOff {
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The longest pause, unless the platform asks for more: no storm in an outage of hours. */
  static final long CAP_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** A pause is at least this part of its limit. */
  private static final double FLOOR = 0.5;

  /**
   * The shortest pause after a refresh that may have reached the platform: the platform may still
   * be at work on it, and the refresh token must not be sent twice at a time.
   */
  static final long ANSWER_LOST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Scheduler scheduler;
  private final BackOff pauses;

  private int failures;

  /** How many tokens in a row were refused soon after a refresh had brought them. */
  private int earlyRefusals;

  /** Why the last step failed; null if it did not. */
  private @Nullable TokenFailure failure;

  /** When the next step may begin. Counts only if there is a {@link #failure}. */
  private long pausedUntilNanos;

  RefreshBackOff(Scheduler scheduler, Random random) {
    this.scheduler = scheduler;
    pauses = new BackOff(random, FIRST_NANOS, CAP_NANOS, FLOOR);
  }

  boolean isPaused() {
    return failure != null && nanosLeft() > 0;
  }

  /** Returns how long the next step must wait; without meaning if it need not wait. */
  long nanosLeft() {
    return pausedUntilNanos - scheduler.nanoTime();
  }

  /** Returns why the next step must wait; null if it need not wait. */
  @Nullable TokenFailure reason() {
    return isPaused() ? failure : null;
  }

  /** Returns how long to pause after a step that failed. The next pause is longer. */
  long afterFailure() {
    return pauses.pauseNanos(failures++);
  }

  /** Returns how long to pause after a refresh that failed. The next pause is longer. */
  long afterFailure(BiliLiveException cause, boolean mayBeCarriedOut) {
    long pause = afterFailure();
    if (cause.getRemedy() == Remedy.GIVE_UP) {
      return CAP_NANOS;
    }
    long asked = TimeUnit.MILLISECONDS.toNanos(cause.getRetryAfterMillis());
    return Math.max(pause + asked, mayBeCarriedOut ? ANSWER_LOST_NANOS : 0);
  }

  void pauseFor(long nanos, TokenFailure why) {
    failure = why;
    pausedUntilNanos = scheduler.nanoTime() + nanos;
  }

  /** Ends the row of failures: a step succeeded. */
  void succeeded() {
    failure = null;
    failures = 0;
  }

  void endPause() {
    failure = null;
  }

  /** Ends the row of early refusals: a token was refused later, or the user gave another. */
  void endEarlyRefusals() {
    earlyRefusals = 0;
  }

  /**
   * Counts a token that was refused soon after a refresh had brought it. The first one is renewed
   * at once, as any other token; for the next ones there is a pause.
   */
  boolean refusedEarly(TokenFailure why) {
    int before = earlyRefusals++;
    if (before == 0) {
      return false;
    }
    pauseFor(pauses.pauseNanos(before - 1), why);
    return true;
  }
}
