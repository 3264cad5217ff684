package io.github.bililive.internal.http;

import io.github.bililive.RetryPolicy;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.WallClock;
import okhttp3.OkHttpClient;

/** What the calls of one client have in common, whatever API they are of. Immutable. */
public final class CallSettings {
  final OkHttpClient users;
  final RetryPolicy policy;
  final long callTimeoutMillis;
  final Redaction redaction;
  final Scheduler scheduler;
  final WallClock wallClock;
  final EventPoster<RequestEvents> events;

  /**
   * Creates the settings of one client.
   *
   * @param callTimeoutMillis how long a call may take, all attempts and pauses together; 0 for the
   *     limit of the OkHttp client
   */
  public CallSettings(
      OkHttpClient users,
      RetryPolicy policy,
      long callTimeoutMillis,
      Redaction redaction,
      Scheduler scheduler,
      WallClock wallClock,
      EventPoster<RequestEvents> events) {
    this.users = users;
    this.policy = policy;
    this.callTimeoutMillis = callTimeoutMillis;
    this.redaction = redaction;
    this.scheduler = scheduler;
    this.wallClock = wallClock;
    this.events = events;
  }

  /** Returns the settings of calls that are made once and of which no hook hears. */
  CallSettings once() {
    return new CallSettings(
        users,
        RetryPolicy.NONE,
        0,
        redaction,
        scheduler,
        wallClock,
        new EventPoster<>(RequestEvents.NONE, RequestEvents.NONE, Runnable::run));
  }
}
