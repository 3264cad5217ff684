package io.github.bililive;

import java.util.concurrent.TimeUnit;

/**
 * How often ids are kept alive, how long the platform keeps one without, how many go together, and
 * how a request that failed is tried again. Immutable.
 *
 * <p>What is not set is derived from interval and time to live, so that it always fits. With the
 * defaults, on the clock of one id:
 *
 * <pre>
 *   0 s                            20 s            25 s           30 s
 *   acknowledged ................. due, 3 attempts ..............  the platform gives it up
 *                                  └ spare time: 10 s ┘
 *   ALIVE ───────────────────────────────────────▶ AT_RISK ─────▶ UNKNOWN
 * </pre>
 */
public final class HeartbeatPolicy {
  /** The official samples beat every 20 s. */
  public static final long DEFAULT_INTERVAL_MILLIS = 20_000;

  /** The platform gives a conn_id up 30 s after its last heartbeat. */
  public static final long DEFAULT_TIME_TO_LIVE_MILLIS = 30_000;

  /** The platform takes 200 ids in one batch; more is code 7004. */
  public static final int MAX_BATCH_LIMIT = 200;

  /** The policy with all defaults. */
  public static final HeartbeatPolicy DEFAULT = builder().build();

  /** How many attempts fit into the spare time: the one that is due, and two more. */
  private static final int ATTEMPTS = 3;

  private final Builder settings;
  public final long intervalNanos;
  public final long timeToLiveNanos;
  public final int batchLimit;

  /** How long a request may take that is on time. */
  public final long requestTimeoutNanos;

  /** The longest first pause before a request that failed is tried again. */
  public final long firstPauseNanos;

  /** The longest pause of all while an id may yet be saved. */
  public final long maxPauseNanos;

  private HeartbeatPolicy(Builder builder) {
    settings = new Builder(builder);
    intervalNanos = TimeUnit.MILLISECONDS.toNanos(builder.intervalMillis);
    timeToLiveNanos = TimeUnit.MILLISECONDS.toNanos(builder.timeToLiveMillis);
    batchLimit = builder.batchLimit;
    long spareNanos = timeToLiveNanos - intervalNanos;
    requestTimeoutNanos = orDerived(builder.requestTimeoutMillis, spareNanos * 3 / 10);
    maxPauseNanos = orDerived(builder.maxPauseMillis, spareNanos / 20);
    firstPauseNanos = orDerived(builder.firstPauseMillis, maxPauseNanos / 2);
  }

  private static long orDerived(long millis, long derivedNanos) {
    return millis == 0 ? derivedNanos : TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder with this policy's settings; what was derived is derived anew. */
  public Builder newBuilder() {
    return new Builder(settings);
  }

  /** Returns how long the platform keeps an id without a heartbeat, in nanoseconds. */
  public long timeToLiveNanos() {
    return timeToLiveNanos;
  }

  /** What is left of an id's life when its heartbeat is due: the time for retries. */
  public long spareNanos() {
    return timeToLiveNanos - intervalNanos;
  }

  /** From when on an id is at risk: when half of the spare time is over, 25 s by default. */
  public long atRiskAfterNanos() {
    return intervalNanos + spareNanos() / 2;
  }

  /**
   * How long a new id may wait for company: a quarter of the interval, 5 s by default. Nobody knows
   * how old it is when it is registered, so it is soon.
   */
  public long firstDelayNanos() {
    return intervalNanos / 4;
  }

  /** Returns the times in milliseconds, and the limit. */
  @Override
  public String toString() {
    return "HeartbeatPolicy{every "
        + millis(intervalNanos)
        + " ms of a life of "
        + millis(timeToLiveNanos)
        + " ms, at most "
        + batchLimit
        + " ids together, requests of at most "
        + millis(requestTimeoutNanos)
        + " ms, pauses of "
        + millis(firstPauseNanos)
        + " to "
        + millis(maxPauseNanos)
        + " ms}";
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  /** Settings of a policy, all with defaults. Not safe for several threads. */
  public static final class Builder {
    private long intervalMillis = DEFAULT_INTERVAL_MILLIS;
    private long timeToLiveMillis = DEFAULT_TIME_TO_LIVE_MILLIS;
    private int batchLimit = MAX_BATCH_LIMIT;

    /** 0 is derived, in this and the next two. */
    private long requestTimeoutMillis;

    private long firstPauseMillis;
    private long maxPauseMillis;

    private Builder() {}

    private Builder(Builder other) {
      intervalMillis = other.intervalMillis;
      timeToLiveMillis = other.timeToLiveMillis;
      batchLimit = other.batchLimit;
      requestTimeoutMillis = other.requestTimeoutMillis;
      firstPauseMillis = other.firstPauseMillis;
      maxPauseMillis = other.maxPauseMillis;
    }

    /**
     * Sets the longest time from the beginning of one heartbeat to that of the next, by default 20
     * s as in the official samples.
     *
     * @throws IllegalArgumentException if it is below 1 ms
     */
    public Builder interval(long interval, TimeUnit unit) {
      intervalMillis = positiveMillis("heartbeat interval", interval, unit);
      return this;
    }

    /**
     * Sets how long the platform keeps an id without a heartbeat, by default 30 s. Retries are
     * timed by it; the platform decides for itself.
     *
     * @throws IllegalArgumentException if it is below 1 ms
     */
    public Builder timeToLive(long timeToLive, TimeUnit unit) {
      timeToLiveMillis = positiveMillis("time to live", timeToLive, unit);
      return this;
    }

    /**
     * Sets how many ids go in one request, by default 200, the platform's limit. Where the platform
     * turns out to take fewer, that is learned.
     *
     * @throws IllegalArgumentException if it is not 1 to 200
     */
    public Builder batchLimit(int batchLimit) {
      if (batchLimit < 1 || batchLimit > MAX_BATCH_LIMIT) {
        throw new IllegalArgumentException(
            "batch limit is " + batchLimit + ": the platform takes 1 to " + MAX_BATCH_LIMIT);
      }
      this.batchLimit = batchLimit;
      return this;
    }

    /**
     * Sets how long a request may take before it is given up and tried again, by default three
     * tenths of the time between interval and time to live: 3 s. The closer an id is to its end,
     * the less its request is given; a platform that is known to take longer is given more.
     *
     * @throws IllegalArgumentException if it is below 1 ms
     */
    public Builder requestTimeout(long timeout, TimeUnit unit) {
      requestTimeoutMillis = positiveMillis("request timeout", timeout, unit);
      return this;
    }

    /**
     * Sets the longest pause before a failed request is tried again for the first time, by default
     * half of {@link #maxRetryPause}: 250 ms. Each further one is twice as long. The real pause is
     * drawn between half of it and all of it.
     *
     * @throws IllegalArgumentException if it is below 1 ms
     */
    public Builder firstRetryPause(long pause, TimeUnit unit) {
      firstPauseMillis = positiveMillis("first retry pause", pause, unit);
      return this;
    }

    /**
     * Sets the longest pause between attempts while an id may yet be saved, by default a twentieth
     * of the time between interval and time to live: 500 ms.
     *
     * @throws IllegalArgumentException if it is below 1 ms
     */
    public Builder maxRetryPause(long pause, TimeUnit unit) {
      maxPauseMillis = positiveMillis("longest retry pause", pause, unit);
      return this;
    }

    /**
     * Returns a policy with these settings.
     *
     * @throws IllegalArgumentException unless interval, three requests and two pauses fit into the
     *     time to live, with at least a tenth of it between interval and time to live, and no first
     *     pause above the longest; the message has the sum
     */
    public HeartbeatPolicy build() {
      HeartbeatPolicy policy = new HeartbeatPolicy(this);
      requireSpareTime();
      if (policy.firstPauseNanos > policy.maxPauseNanos) {
        throw new IllegalArgumentException(
            "first retry pause "
                + millis(policy.firstPauseNanos)
                + " ms is above the longest, "
                + millis(policy.maxPauseNanos)
                + " ms");
      }
      requireRoomForRetries(policy);
      return policy;
    }

    private void requireSpareTime() {
      long spare = timeToLiveMillis - intervalMillis;
      if (spare <= 0 || spare < timeToLiveMillis / 10) {
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
    }

    private static void requireRoomForRetries(HeartbeatPolicy policy) {
      long needed =
          policy.intervalNanos
              + ATTEMPTS * policy.requestTimeoutNanos
              + (ATTEMPTS - 1) * policy.maxPauseNanos;
      if (needed > policy.timeToLiveNanos) {
        throw new IllegalArgumentException(
            "three attempts do not fit into an id's life: interval "
                + millis(policy.intervalNanos)
                + " ms + 3 × request timeout "
                + millis(policy.requestTimeoutNanos)
                + " ms + 2 × longest retry pause "
                + millis(policy.maxPauseNanos)
                + " ms = "
                + millis(needed)
                + " ms, and the time to live is "
                + millis(policy.timeToLiveNanos)
                + " ms: shorten one of them by "
                + millis(needed - policy.timeToLiveNanos)
                + " ms in all");
      }
    }

    private static long positiveMillis(String name, long duration, TimeUnit unit) {
      if (unit.toMillis(duration) <= 0) {
        throw new IllegalArgumentException(
            name + " is " + duration + " " + unit + ": it must be at least 1 ms");
      }
      return unit.toMillis(duration);
    }
  }
}
