package io.github.bililive.internal.http;

import io.github.bililive.RetryPolicy;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.Remedy;
import io.github.bililive.internal.time.BackOff;
import io.github.bililive.internal.time.Deadline;
import java.net.ProtocolException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Decides for one call whether it is made again, and after which pause. Knows no network and no
 * threads. Owned by one {@link ApiCall}.
 */
final class RetrySession {
  /** There is no other attempt. */
  static final long GIVE_UP = -1;

  private final RetryPolicy policy;
  private final RetryBudget budget;
  private final BackOff backOff;

  /** Whether the call may be carried out twice. */
  private final boolean repeatable;

  private final Deadline deadline;
  private int attempts = 1;

  RetrySession(
      RetryPolicy policy,
      RetryBudget budget,
      BackOff backOff,
      boolean repeatable,
      Deadline deadline) {
    this.policy = policy;
    this.budget = budget;
    this.backOff = backOff;
    this.repeatable = repeatable;
    this.deadline = deadline;
  }

  int attempt() {
    return attempts;
  }

  /** Returns how long the present attempt may take, in nanoseconds, at least 1. */
  long leftNanos() {
    return Math.max(1, deadline.leftNanos());
  }

  /** Returns the pause before the next attempt in nanoseconds, or {@link #GIVE_UP}. */
  long pauseNanos(BiliLiveException failure, long nowNanos) {
    if (attempts > policy.getRetries() || !mayHelp(failure)) {
      return GIVE_UP;
    }
    long pauseNanos =
        TimeUnit.MILLISECONDS.toNanos(failure.getRetryAfterMillis())
            + backOff.pauseNanos(attempts - 1);
    if (pauseNanos >= deadline.leftNanos() || !budget.take(nowNanos)) {
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
    int links = 0;
    for (Throwable link = failure;
        link != null && links < Judge.MAX_LINKS;
        link = link.getCause(), links++) {
      if (link instanceof CertificateException
          || link instanceof SSLPeerUnverifiedException
          || (link instanceof ProtocolException && link == failure.getCause())) {
        return true;
      }
    }
    return false;
  }
}
