package io.github.bililive.internal.http;

import io.github.bililive.RetryPolicy;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.Remedy;
import java.net.ProtocolException;
import java.security.cert.CertificateException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Decides for one call whether it is made again, and after which pause. Knows no network and no
 * threads. Owned by one {@link Attempts}.
 */
final class RetrySession {
  /** There is no other attempt. */
  static final long GIVE_UP = -1;

  /** Doubling stops here; the longest pause is reached before. */
  private static final int MAX_DOUBLINGS = 20;

  private final RetryPolicy policy;
  private final RetryBudget budget;
  private final Random random;
  private final boolean repeatable;
  private final long deadlineNanos;
  private int attempts = 1;

  /**
   * Begins a call.
   *
   * @param repeatable whether the call may be carried out twice
   * @param deadlineNanos when the call has to be over, on the scheduler's clock
   */
  RetrySession(
      RetryPolicy policy,
      RetryBudget budget,
      Random random,
      boolean repeatable,
      long deadlineNanos) {
    this.policy = policy;
    this.budget = budget;
    this.random = random;
    this.repeatable = repeatable;
    this.deadlineNanos = deadlineNanos;
  }

  /** The number of the present attempt, from 1. */
  int attempt() {
    return attempts;
  }

  /** How long the present attempt may take, in nanoseconds, at least 1. */
  long remainingNanos(long nowNanos) {
    return Math.max(1, deadlineNanos - nowNanos);
  }

  /** Returns the pause before the next attempt in nanoseconds, or {@link #GIVE_UP}. */
  long pauseNanos(BiliLiveException failure, long nowNanos) {
    if (attempts > policy.getRetries() || !mayHelp(failure)) {
      return GIVE_UP;
    }
    long pauseNanos = TimeUnit.MILLISECONDS.toNanos(failure.getRetryAfterMillis()) + jitterNanos();
    if (pauseNanos >= deadlineNanos - nowNanos || !budget.take(nowNanos)) {
      return GIVE_UP;
    }
    attempts++;
    return pauseNanos;
  }

  private boolean mayHelp(BiliLiveException failure) {
    Remedy remedy = failure.getRemedy();
    return (remedy == Remedy.RETRY || remedy == Remedy.WAIT)
        && (repeatable || failure.isNotCarriedOut())
        && !isLasting(failure);
  }

  /** A certificate that is not trusted, or a request that must not be sent, stays so. */
  private static boolean isLasting(Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link instanceof CertificateException
          || link instanceof SSLPeerUnverifiedException
          || (link instanceof ProtocolException && link == failure.getCause())) {
        return true;
      }
    }
    return false;
  }

  private long jitterNanos() {
    int doublings = Math.min(attempts - 1, MAX_DOUBLINGS);
    long limitMillis =
        Math.min(policy.getLongestPauseMillis(), policy.getFirstPauseMillis() << doublings);
    return (long) (random.nextDouble() * TimeUnit.MILLISECONDS.toNanos(limitMillis));
  }
}
