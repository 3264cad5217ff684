package io.github.bililive.token;

import io.github.bililive.internal.Scheduler;
import io.github.bililive.internal.WallClock;
import java.util.Random;
import java.util.concurrent.Executor;

/** What all {@link TokenKeeper}s of a client act through. */
final class TokenSurroundings {
  final Renewals renewals;
  final TokenStore store;
  final Rehearsal rehearsal;
  final TokenEvents events;
  final Scheduler scheduler;
  final WallClock wallClock;

  /** Where calls and the store may block. */
  final Executor executor;

  final Random random;

  TokenSurroundings(
      Renewals renewals,
      TokenStore store,
      TokenEvents events,
      Scheduler scheduler,
      WallClock wallClock,
      Executor executor,
      Random random) {
    this.renewals = renewals;
    this.store = store;
    rehearsal = new Rehearsal(renewals, store);
    this.events = events;
    this.scheduler = scheduler;
    this.wallClock = wallClock;
    this.executor = executor;
    this.random = random;
  }
}
