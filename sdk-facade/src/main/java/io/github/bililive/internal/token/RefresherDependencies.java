package io.github.bililive.internal.token;

import io.github.bililive.hook.TokenEvents;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.http.Renewals;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.token.TokenStore;
import java.util.Random;
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

  /** How long a new pair waits for the store. */
  final long timeoutMillis;

  /** The longest wait for a refresh where its token may still be valid. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

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
}
