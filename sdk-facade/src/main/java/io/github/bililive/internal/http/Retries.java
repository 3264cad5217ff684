package io.github.bililive.internal.http;

import io.github.bililive.AnswerCallback;
import io.github.bililive.RetryPolicy;
import io.github.bililive.error.NetworkException;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.BackOff;
import io.github.bililive.internal.time.Deadline;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.Scheduler;
import java.io.Closeable;
import java.util.Collections;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What all calls of a client share: policy, budget and clock of retries, the hook that hears of
 * requests, and the calls that are under way. Safe for use by several threads.
 */
final class Retries implements Closeable {
  /** A call that has begun and not ended. */
  interface UnderWay {
    /** Ends it at once. */
    void clientClosed();
  }

  final Scheduler scheduler;
  final EventPoster<RequestEvents> events;

  /** How long a call may take, all attempts and pauses together. */
  final long callTimeoutNanos;

  final AppPause appPause = new AppPause();

  /** How long each attempt may take. */
  final long attemptTimeoutNanos;

  private final RetryPolicy policy;
  private final RetryBudget budget;
  private final BackOff backOff;
  private final Set<UnderWay> underWay =
      Collections.newSetFromMap(new ConcurrentHashMap<UnderWay, Boolean>());

  private volatile boolean closed;

  /** Creates it; a call timeout of 0 is that of an attempt. */
  Retries(
      RetryPolicy policy,
      long callTimeoutMillis,
      long attemptTimeoutMillis,
      Scheduler scheduler,
      EventPoster<RequestEvents> events) {
    this.policy = policy;
    this.scheduler = scheduler;
    this.events = events;
    attemptTimeoutNanos = TimeUnit.MILLISECONDS.toNanos(attemptTimeoutMillis);
    callTimeoutNanos =
        callTimeoutMillis == 0
            ? attemptTimeoutNanos
            : TimeUnit.MILLISECONDS.toNanos(callTimeoutMillis);
    budget = new RetryBudget(scheduler.nanoTime());
    backOff =
        new BackOff(
            new Random(),
            TimeUnit.MILLISECONDS.toNanos(policy.getFirstPauseMillis()),
            TimeUnit.MILLISECONDS.toNanos(policy.getLongestPauseMillis()),
            0);
  }

  /** Begins a call, which may be one that is not made again, whatever becomes of it. */
  RetrySession session(boolean isRetried, boolean repeatable, Deadline deadline) {
    if (isRetried) {
      budget.called(scheduler.nanoTime());
    }
    RetryPolicy its = isRetried ? policy : RetryPolicy.NONE;
    return new RetrySession(its, budget, backOff, repeatable, deadline);
  }

  /** Fails a room's start at once while the whole app has to wait. Returns whether it did. */
  boolean holdsBack(String operation, String host, AnswerCallback<?> callback) {
    NetworkException held = appPause.refusal(operation, host, scheduler.nanoTime());
    if (held != null) {
      callback.onFailure(held);
    }
    return held != null;
  }

  int left() {
    return budget.left(scheduler.nanoTime());
  }

  boolean isClosed() {
    return closed;
  }

  void began(UnderWay call) {
    underWay.add(call);
    if (closed) {
      call.clientClosed();
    }
  }

  void ended(UnderWay call) {
    underWay.remove(call);
  }

  /** Ends all calls; they fail. Idempotent. */
  @Override
  public void close() {
    closed = true;
    for (UnderWay call : underWay) {
      call.clientClosed();
    }
  }
}
