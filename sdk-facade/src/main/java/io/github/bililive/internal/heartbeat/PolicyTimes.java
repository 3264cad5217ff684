package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatPolicy;
import java.util.concurrent.TimeUnit;

/** A policy's times in nanoseconds, and those that follow from them. Immutable. */
final class PolicyTimes {
  final long intervalNanos;
  final long timeToLiveNanos;
  final long requestTimeoutNanos;

  /**
   * How long an answer counts after its request began, also after the request was given up and the
   * next one sent: half the interval, 10 s by default.
   */
  final long answerNanos;

  final long firstRetryPauseNanos;
  final long maxRetryPauseNanos;

  /** The time for retries: what is left of an id's time to live when its heartbeat is due. */
  final long spareNanos;

  /** The age at which an id is at risk: when half of the spare time is over, 25 s by default. */
  final long atRiskAfterNanos;

  /**
   * How long a new id may wait for others to share a request: a quarter of the interval, 5 s by
   * default. Nobody knows how old the id is, so it is short.
   */
  final long firstDelayNanos;

  PolicyTimes(HeartbeatPolicy policy) {
    intervalNanos = TimeUnit.MILLISECONDS.toNanos(policy.getIntervalMillis());
    timeToLiveNanos = TimeUnit.MILLISECONDS.toNanos(policy.getTimeToLiveMillis());
    requestTimeoutNanos = TimeUnit.MILLISECONDS.toNanos(policy.getRequestTimeoutMillis());
    answerNanos = Math.max(intervalNanos / 2, requestTimeoutNanos);
    firstRetryPauseNanos = TimeUnit.MILLISECONDS.toNanos(policy.getFirstRetryPauseMillis());
    maxRetryPauseNanos = TimeUnit.MILLISECONDS.toNanos(policy.getMaxRetryPauseMillis());
    spareNanos = timeToLiveNanos - intervalNanos;
    atRiskAfterNanos = intervalNanos + spareNanos / 2;
    firstDelayNanos = intervalNanos / 4;
  }
}
