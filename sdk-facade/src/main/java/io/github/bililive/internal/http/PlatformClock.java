package io.github.bililive.internal.http;

import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.WallClock;
import org.jspecify.annotations.Nullable;

/**
 * The time that requests are signed with: this machine's wall clock, and an offset once the
 * platform has refused a time (4003) and said what time it is. It decides about signatures alone.
 *
 * <p>Safe for use by several threads.
 */
final class PlatformClock {
  /** 2024-01-01: an answer that tells an earlier time comes from a server without a clock. */
  static final long EARLIEST_MILLIS = 1_704_067_200_000L;

  /** 2100-01-01. */
  static final long LATEST_MILLIS = 4_102_444_800_000L;

  /** {@code Date} has whole seconds: a smaller difference says nothing. */
  private static final long GRANULARITY_MILLIS = 1_000;

  private final WallClock wallClock;
  private final EventPoster<RequestEvents> events;

  /** The platform's time less the wall clock's. */
  private volatile long offsetMillis;

  PlatformClock(WallClock wallClock, EventPoster<RequestEvents> events) {
    this.wallClock = wallClock;
    this.events = events;
  }

  /** Returns the time to sign with: Unix time in milliseconds, not before 1970. */
  long currentTimeMillis() {
    return Math.max(0, wallClock.currentTimeMillis() + offsetMillis);
  }

  /**
   * Takes the time from an answer that refuses a request's time, however far it is from this
   * machine's. If the answer tells none, what was learned before does not hold either. Returns
   * whether the request would be signed with another time now.
   */
  boolean correct(@Nullable Long dateMillis, long signedMillis) {
    long before = offsetMillis;
    if (dateMillis == null || dateMillis < EARLIEST_MILLIS || dateMillis >= LATEST_MILLIS) {
      offsetMillis = 0; // If there was one, this machine's clock may have been set meanwhile.
      if (before != 0) {
        events.post(hook -> hook.clockCorrected(0));
      }
      return before != 0;
    }
    long offset = dateMillis - wallClock.currentTimeMillis();
    offsetMillis = offset;
    if (Math.abs(offset - before) > GRANULARITY_MILLIS) {
      events.post(hook -> hook.clockCorrected(offset));
    }
    return Math.abs(dateMillis - signedMillis) > GRANULARITY_MILLIS;
  }
}
