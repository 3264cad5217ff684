package io.github.bililive.internal.token;

import io.github.bililive.hook.TokenEvents;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.http.Renewals;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.token.TokenStore;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** What all {@link TokenRefresher}s of a client use. */
final class RefresherDependencies {
  final Renewals renewals;
  final TokenStore store;

  /** Is told the pairs that the store loads or saves. */
  final Redaction redaction;

  final EventPoster<TokenEvents> events;
  final Scheduler scheduler;
  final WallClock wallClock;

  /** Where calls and the store may block. */
  final Executor executor;

  final Random random;
  final ProviderRooms rooms;
  final Broadcasters broadcasters;

  /** The name of this client as the owner of leases. */
  final String owner = UUID.randomUUID().toString();

  /** How long a new pair waits for the store. */
  final long timeoutMillis;

  /** The longest wait for a refresh where its token may still be valid. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How long a lease lasts beyond a refresh, one half for the store before and one after it. */
  private static final long LEASE_MARGIN_MILLIS = 30_000;

  RefresherDependencies(
      Renewals renewals,
      TokenStore store,
      Redaction redaction,
      EventPoster<TokenEvents> events,
      Scheduler scheduler,
      WallClock wallClock,
      Executor executor,
      Random random,
      ProviderRooms rooms,
      Broadcasters broadcasters,
      long timeoutMillis) {
    this.renewals = renewals;
    this.store = store;
    this.redaction = redaction;
    this.events = events;
    this.scheduler = scheduler;
    this.wallClock = wallClock;
    this.executor = executor;
    this.random = random;
    this.rooms = rooms;
    this.broadcasters = broadcasters;
    this.timeoutMillis = timeoutMillis;
  }

  /** A start waits for the token and is made within one call's time: most of it is the start's. */
  long patienceNanos() {
    return Math.min(PATIENCE_NANOS, TimeUnit.MILLISECONDS.toNanos(timeoutMillis) / 3);
  }

  /** Returns how long a lease lasts: longer than a refresh, which is one call. */
  long leaseMillis() {
    return timeoutMillis + LEASE_MARGIN_MILLIS;
  }

  /** Returns whether what is left of a lease is too short for a refresh and its save. */
  boolean isLate(long leasedAtNanos) {
    return scheduler.nanoTime() - leasedAtNanos
        > TimeUnit.MILLISECONDS.toNanos(LEASE_MARGIN_MILLIS / 2);
  }
}
