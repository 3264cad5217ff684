package io.github.bililive.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * Between what the platform's time lies, less this machine's monotonic time, in milliseconds.
 * Immutable.
 */
final class TimeBounds {
  private final long from;
  private final long to;

  TimeBounds(long from, long to) {
    this.from = from;
    this.to = to;
  }

  long middle() {
    return from + (to - from) / 2;
  }

  long width() {
    return to - from;
  }

  TimeBounds widened(long millis) {
    return new TimeBounds(from - millis, to + millis);
  }

  /** What both allow; null if they contradict each other. */
  @Nullable TimeBounds and(TimeBounds other) {
    long latestFrom = Math.max(from, other.from);
    long earliestTo = Math.min(to, other.to);
    return latestFrom <= earliestTo ? new TimeBounds(latestFrom, earliestTo) : null;
  }
}
