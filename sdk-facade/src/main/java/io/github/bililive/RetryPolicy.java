package io.github.bililive;

import static io.github.bililive.Arguments.positiveMillis;

import java.util.concurrent.TimeUnit;

/**
 * How often, and after which pauses, a client makes a call again whose failure may pass. Immutable.
 *
 * <p>Each pause is random, between zero and a limit that doubles from {@link #getFirstPauseMillis}
 * to {@link #getLongestPauseMillis}. All numbers are this SDK's choice. The call's timeout holds
 * for all attempts and pauses together.
 */
public final class RetryPolicy {
  /** Up to 3 retries, after pauses of at most 0.5, 1 and 2 s. */
  public static final RetryPolicy DEFAULT = builder().build();

  /** No retries: the caller hears of each failure. */
  public static final RetryPolicy NONE = builder().retries(0).build();

  private final int retries;
  private final long firstPauseMillis;
  private final long longestPauseMillis;

  private RetryPolicy(Builder builder) {
    retries = builder.retries;
    firstPauseMillis = builder.firstPauseMillis;
    longestPauseMillis = Math.max(builder.firstPauseMillis, builder.longestPauseMillis);
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder with this policy's settings. */
  public Builder newBuilder() {
    return new Builder()
        .retries(retries)
        .firstPause(firstPauseMillis, TimeUnit.MILLISECONDS)
        .longestPause(longestPauseMillis, TimeUnit.MILLISECONDS);
  }

  /** Returns how often a call is made again at most. */
  public int getRetries() {
    return retries;
  }

  /** Returns the limit of the first pause, in milliseconds. */
  public long getFirstPauseMillis() {
    return firstPauseMillis;
  }

  /**
   * Returns the limit of every pause, in milliseconds. A pause is longer only if the platform asks
   * for that.
   */
  public long getLongestPauseMillis() {
    return longestPauseMillis;
  }

  /** Returns the settings. */
  @Override
  public String toString() {
    return String.format(
        "RetryPolicy{retries=%s, firstPauseMillis=%s, longestPauseMillis=%s}",
        retries, firstPauseMillis, longestPauseMillis);
  }

  /**
   * Settings of a policy. A pause below 1 ms is an {@link IllegalArgumentException}. Not safe for
   * several threads.
   */
  public static final class Builder {
    private int retries = 3;
    private long firstPauseMillis = 500;
    private long longestPauseMillis = 8_000;

    private Builder() {}

    /**
     * Sets how often a call is made again at most, by default 3 times; 0 switches retries off.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder retries(int retries) {
      if (retries < 0) {
        throw new IllegalArgumentException("retries is " + retries + ": it must be 0 or more");
      }
      this.retries = retries;
      return this;
    }

    /** Sets the limit of the first pause, by default 0.5 s. It doubles from pause to pause. */
    public Builder firstPause(long pause, TimeUnit unit) {
      firstPauseMillis = positiveMillis("first pause", pause, unit);
      return this;
    }

    /** Sets the limit of every pause, by default 8 s. The platform may ask for a longer one. */
    public Builder longestPause(long pause, TimeUnit unit) {
      longestPauseMillis = positiveMillis("longest pause", pause, unit);
      return this;
    }

    /** Returns a policy with these settings. */
    public RetryPolicy build() {
      return new RetryPolicy(this);
    }
  }
}
