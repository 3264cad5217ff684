package io.github.bililive.internal.http;

import io.github.bililive.RetryPolicy;
import io.github.bililive.internal.time.Scheduler;
import java.io.Closeable;
import java.util.Collections;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What all calls of a client share: policy, budget and clock of retries, and the calls that are in
 * a pause. Safe for use by several threads.
 */
public final class Retries implements Closeable {
  final Scheduler scheduler;
  final RequestReport report;
  private final RetryPolicy policy;
  private final RetryBudget budget;
  private final Random random;

  /** How long a call may take, all attempts and pauses together. */
  final long callTimeoutNanos;

  private final Set<Attempts<?>> pausing =
      Collections.newSetFromMap(new ConcurrentHashMap<Attempts<?>, Boolean>());

  private volatile boolean closed;

  /**
   * Creates the retries of one client.
   *
   * @param callTimeoutMillis how long a call may take, all attempts and pauses together
   * @param random spreads the pauses
   */
  public Retries(
      RetryPolicy policy,
      long callTimeoutMillis,
      Scheduler scheduler,
      Random random,
      RequestReport report) {
    this.policy = policy;
    this.scheduler = scheduler;
    this.random = random;
    this.report = report;
    callTimeoutNanos = TimeUnit.MILLISECONDS.toNanos(callTimeoutMillis);
    budget = new RetryBudget(scheduler.nanoTime());
  }

  /**
   * Begins a call that is made again if that may help.
   *
   * @param repeatable whether the call may be carried out twice
   * @param timeoutNanos how long it may take in all
   */
  RetrySession session(boolean repeatable, long timeoutNanos) {
    long nowNanos = scheduler.nanoTime();
    budget.called(nowNanos);
    return new RetrySession(policy, budget, random, repeatable, nowNanos + timeoutNanos);
  }

  /**
   * Begins a call of one attempt.
   *
   * @param timeoutNanos how long it may take; 0 for the client's own limit
   */
  RetrySession once(long timeoutNanos) {
    long nanos = timeoutNanos == 0 ? callTimeoutNanos : timeoutNanos;
    return new RetrySession(RetryPolicy.NONE, budget, random, false, scheduler.nanoTime() + nanos);
  }

  boolean isClosed() {
    return closed;
  }

  void pauseBegan(Attempts<?> attempts) {
    pausing.add(attempts);
    if (closed) {
      attempts.clientClosed();
    }
  }

  void pauseEnded(Attempts<?> attempts) {
    pausing.remove(attempts);
  }

  /** Ends all pauses; their calls fail. Idempotent. */
  @Override
  public void close() {
    closed = true;
    for (Attempts<?> attempts : pausing) {
      attempts.clientClosed();
    }
  }
}
