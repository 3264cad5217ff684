package io.github.bililive.heartbeat;

import java.util.concurrent.TimeUnit;

/**
 * How often ids are kept alive, and how long the platform keeps one without. Immutable.
 *
 * <p>What depends on these two is derived from them here, so that it always fits.
 */
public final class HeartbeatTiming {
  /** The official samples beat every 20 s. */
  public static final long DEFAULT_INTERVAL_MILLIS = 20_000;

  /** The platform gives a conn_id up 30 s after its last heartbeat. */
  public static final long DEFAULT_TIME_TO_LIVE_MILLIS = 30_000;

  final long intervalNanos;
  final long timeToLiveNanos;

  private HeartbeatTiming(long intervalNanos, long timeToLiveNanos) {
    this.intervalNanos = intervalNanos;
    this.timeToLiveNanos = timeToLiveNanos;
  }

  /**
   * Returns the timing with these two.
   *
   * @param intervalMillis from the beginning of one heartbeat to the next, in milliseconds
   * @param timeToLiveMillis how long the platform keeps an id without a heartbeat, in milliseconds
   * @throws IllegalArgumentException unless 0 &lt; interval &lt; time to live, with at least a
   *     tenth of the time to live between them for retries
   */
  public static HeartbeatTiming of(long intervalMillis, long timeToLiveMillis) {
    if (intervalMillis <= 0) {
      throw new IllegalArgumentException(
          "heartbeat interval is " + intervalMillis + " ms: it must be above 0");
    }
    long spare = timeToLiveMillis - intervalMillis;
    if (spare < timeToLiveMillis / 10) {
      throw new IllegalArgumentException(
          "heartbeat interval "
              + intervalMillis
              + " ms leaves "
              + spare
              + " ms of the time to live of "
              + timeToLiveMillis
              + " ms for retries: leave at least a tenth, so an interval of at most "
              + (timeToLiveMillis - timeToLiveMillis / 10)
              + " ms");
    }
    return new HeartbeatTiming(
        TimeUnit.MILLISECONDS.toNanos(intervalMillis),
        TimeUnit.MILLISECONDS.toNanos(timeToLiveMillis));
  }

  /** Returns how long the platform keeps an id without a heartbeat, in nanoseconds. */
  public long timeToLiveNanos() {
    return timeToLiveNanos;
  }

  /** What is left of an id's life when its heartbeat is due: the time for retries. */
  long spareNanos() {
    return timeToLiveNanos - intervalNanos;
  }

  /**
   * How long a new id may wait for its first heartbeat: a quarter of the interval, 5 s by default.
   * Nobody knows how old it is when it is registered, so it is soon; ids that are registered within
   * that time share a request.
   */
  long firstDelayNanos() {
    return intervalNanos / 4;
  }

  /**
   * How long a request may take: three tenths of the spare time, 3 s by default. So a request that
   * hangs when it is due is given up with time left for two more, pauses included.
   */
  long requestTimeoutNanos() {
    return spareNanos() * 3 / 10;
  }

  /**
   * How long a request may take for ids whose time is over without an answer: half the interval, 10
   * s by default. Nothing is lost any more by waiting for a slow platform.
   */
  long lateRequestTimeoutNanos() {
    return Math.max(intervalNanos / 2, requestTimeoutNanos());
  }

  /** Returns both times in milliseconds. */
  @Override
  public String toString() {
    return "every "
        + TimeUnit.NANOSECONDS.toMillis(intervalNanos)
        + " ms of a life of "
        + TimeUnit.NANOSECONDS.toMillis(timeToLiveNanos)
        + " ms";
  }
}
