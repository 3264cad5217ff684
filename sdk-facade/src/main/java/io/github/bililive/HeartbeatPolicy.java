package io.github.bililive;

import static io.github.bililive.Arguments.positiveMillis;

import java.util.concurrent.TimeUnit;

/**
 * How often heartbeats are sent, how long the platform keeps an id without one, how many ids share
 * a request, and how failed requests are retried. Immutable.
 *
 * <p>The request timeout and the retry pauses follow from interval and time to live unless they are
 * set. With the defaults, on the clock of one id:
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

  /** A copy of its own. */
  private final Builder settings;

  private final long requestTimeoutMillis;
  private final long firstRetryPauseMillis;
  private final long maxRetryPauseMillis;

  private HeartbeatPolicy(Builder builder) {
    settings = new Builder(builder);
    long spareMillis = builder.timeToLiveMillis - builder.intervalMillis;
    requestTimeoutMillis = orDerived(builder.requestTimeoutMillis, spareMillis * 3 / 10);
    maxRetryPauseMillis = orDerived(builder.maxPauseMillis, spareMillis / 20);
    firstRetryPauseMillis = orDerived(builder.firstPauseMillis, maxRetryPauseMillis / 2);
  }

  private static long orDerived(long millis, long derivedMillis) {
    return millis == 0 ? Math.max(1, derivedMillis) : millis;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder with this policy's settings; what was derived is derived anew. */
  public Builder newBuilder() {
    return new Builder(settings);
  }

  /** Returns the longest time from the beginning of one heartbeat to that of the next, in ms. */
  public long getIntervalMillis() {
    return settings.intervalMillis;
  }

  /** Returns how long the platform keeps an id without a heartbeat, in milliseconds. */
  public long getTimeToLiveMillis() {
    return settings.timeToLiveMillis;
  }

  /** Returns how many ids go in one request at most: 1 to 200. */
  public int getBatchLimit() {
    return settings.batchLimit;
  }

  /** Returns whether heartbeats carry the access token of their room. */
  public boolean isAccessTokenSent() {
    return settings.isAccessTokenSent;
  }

  /** Returns how long a request that is sent in time may take, in milliseconds. */
  public long getRequestTimeoutMillis() {
    return requestTimeoutMillis;
  }

  /** Returns the longest pause before the first retry of a request, in milliseconds. */
  public long getFirstRetryPauseMillis() {
    return firstRetryPauseMillis;
  }

  /** Returns the longest pause before any retry within an id's time to live, in milliseconds. */
  public long getMaxRetryPauseMillis() {
    return maxRetryPauseMillis;
  }

  /** Returns the times in milliseconds, and the limit. */
  @Override
  public String toString() {
    return String.format(
        "HeartbeatPolicy{intervalMillis=%s, timeToLiveMillis=%s, batchLimit=%s,"
            + " requestTimeoutMillis=%s, firstRetryPauseMillis=%s, maxRetryPauseMillis=%s}",
        settings.intervalMillis,
        settings.timeToLiveMillis,
        settings.batchLimit,
        requestTimeoutMillis,
        firstRetryPauseMillis,
        maxRetryPauseMillis);
  }

  /**
   * Settings of a policy, all with defaults. A time below 1 ms is an {@link
   * IllegalArgumentException}. Not safe for several threads.
   */
  public static final class Builder {
    private long intervalMillis = DEFAULT_INTERVAL_MILLIS;
    private long timeToLiveMillis = DEFAULT_TIME_TO_LIVE_MILLIS;
    private int batchLimit = MAX_BATCH_LIMIT;
    private boolean isAccessTokenSent = true;

    /** 0 is derived, in this and the next two. */
    private long requestTimeoutMillis;

    private long firstPauseMillis;
    private long maxPauseMillis;

    private Builder() {}

    private Builder(Builder other) {
      intervalMillis = other.intervalMillis;
      timeToLiveMillis = other.timeToLiveMillis;
      batchLimit = other.batchLimit;
      isAccessTokenSent = other.isAccessTokenSent;
      requestTimeoutMillis = other.requestTimeoutMillis;
      firstPauseMillis = other.firstPauseMillis;
      maxPauseMillis = other.maxPauseMillis;
    }

    /**
     * Sets the longest time from the beginning of one heartbeat to that of the next, by default 20
     * s as in the official samples.
     */
    public Builder interval(long interval, TimeUnit unit) {
      intervalMillis = positiveMillis("heartbeat interval", interval, unit);
      return this;
    }

    /**
     * Sets how long the platform keeps an id without a heartbeat, by default 30 s. Retries are
     * timed by it; the platform decides for itself.
     */
    public Builder timeToLive(long timeToLive, TimeUnit unit) {
      timeToLiveMillis = positiveMillis("time to live", timeToLive, unit);
      return this;
    }

    /**
     * Sets how many ids go in one request at most, by default 200, the platform's limit. If the
     * platform refuses a batch as too large, the SDK halves it for an hour and logs a warning.
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
     * Sets whether heartbeats carry an access token, by default true. A heartbeat for one {@code
     * conn_id} carries the present token of the room that this client has started it for, a batch
     * does if all its ids are of one token. Otherwise, and with false, the header is there and
     * empty: the platform's table of headers requires it, its official C# sample sends it empty.
     *
     * <p>A token of {@code AccessTokenProvider.from(…)} is sent as it was at the start. A token
     * that the platform refuses is told to its provider and not sent again.
     */
    public Builder sendAccessToken(boolean isSent) {
      isAccessTokenSent = isSent;
      return this;
    }

    /**
     * Sets how long a request may take before the next one is sent, by default three tenths of the
     * time between interval and time to live: 3 s. The less is left of an id's time to live, the
     * shorter is the timeout; it is longer if the platform has lately been slower. An answer that
     * comes later still counts, until half an interval after the request began.
     */
    public Builder requestTimeout(long timeout, TimeUnit unit) {
      requestTimeoutMillis = positiveMillis("request timeout", timeout, unit);
      return this;
    }

    /**
     * Sets the longest pause before the first retry, by default half of {@link #maxRetryPause}: 250
     * ms. Each further pause may be twice as long. The actual pause is drawn at random between half
     * of that and all of it.
     */
    public Builder firstRetryPause(long pause, TimeUnit unit) {
      firstPauseMillis = positiveMillis("first retry pause", pause, unit);
      return this;
    }

    /**
     * Sets the longest pause before any retry within an id's time to live, by default a twentieth
     * of the time between interval and time to live: 500 ms.
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
      if (policy.firstRetryPauseMillis > policy.maxRetryPauseMillis) {
        throw new IllegalArgumentException(
            String.format(
                "first retry pause %s ms is above the longest, %s ms",
                policy.firstRetryPauseMillis, policy.maxRetryPauseMillis));
      }
      requireRoomForRetries(policy);
      return policy;
    }

    private void requireSpareTime() {
      long spare = timeToLiveMillis - intervalMillis;
      if (spare <= 0 || spare < timeToLiveMillis / 10) {
        throw new IllegalArgumentException(
            String.format(
                "heartbeat interval %s ms leaves %s ms of the time to live of %s ms for retries: leave"
                    + " at least a tenth, so an interval of at most %s ms",
                intervalMillis, spare, timeToLiveMillis, timeToLiveMillis - timeToLiveMillis / 10));
      }
    }

    private void requireRoomForRetries(HeartbeatPolicy policy) {
      long needed =
          intervalMillis
              + ATTEMPTS * policy.requestTimeoutMillis
              + (ATTEMPTS - 1) * policy.maxRetryPauseMillis;
      if (needed > timeToLiveMillis) {
        throw new IllegalArgumentException(
            String.format(
                "three attempts do not fit into an id's life: interval %s ms + 3 × request timeout"
                    + " %s ms + 2 × longest retry pause %s ms = %s ms, and the time to live is %s ms:"
                    + " shorten one of them by %s ms in all",
                intervalMillis,
                policy.requestTimeoutMillis,
                policy.maxRetryPauseMillis,
                needed,
                timeToLiveMillis,
                needed - timeToLiveMillis));
      }
    }
  }
}
