package io.github.bililive.internal.token;

import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.token.OAuthToken;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a token is to be renewed and when it has expired, by two clocks: the monotonic clock since
 * the token came, and the wall clock, which goes on while the machine sleeps.
 *
 * <p>If a token was granted just now and has expired by the wall clock, the wall clock is wrong and
 * is ignored for this token. So a clock that jumps costs one refresh, not a storm.
 *
 * <p>Immutable.
 */
final class TokenLifetime {
  /**
   * How long before its expiry a token is renewed, in milliseconds. The platform accepts clocks
   * that are 10 min off, and a machine whose clock is that far off still renews in time.
   */
  static final long MARGIN_MILLIS = TimeUnit.MINUTES.toMillis(10);

  /** A token that lives for less than four margins is renewed in the last quarter of its life. */
  private static final int SHORT_LIFE_PART = 4;

  /** A margin is longer by up to this part at random, or many tokens would be renewed at once. */
  private static final int SPREAD_PART = 4;

  private final Scheduler scheduler;
  private final WallClock wallClock;

  /** When it came, on the monotonic clock. */
  private final long cameAtNanos;

  /** What was left then; negative if it had expired, {@link Long#MAX_VALUE} if not known. */
  private final long leftMillis;

  private final long marginMillis;

  /** When it expires by the wall clock, in Unix milliseconds; null if that is to be ignored. */
  private final @Nullable Long expiresAtMillis;

  private TokenLifetime(
      RefresherDependencies shared,
      long leftMillis,
      long marginMillis,
      @Nullable Long expiresAtMillis) {
    scheduler = shared.scheduler;
    wallClock = shared.wallClock;
    this.leftMillis = leftMillis;
    this.marginMillis = marginMillis;
    this.expiresAtMillis = expiresAtMillis;
    cameAtNanos = scheduler.nanoTime();
  }

  /** Returns the lifetime of a token of any age, by the wall clock. */
  static TokenLifetime ofLoaded(OAuthToken token, RefresherDependencies shared) {
    if (token.getExpiresAtSeconds() == 0) {
      return unknown(shared);
    }
    long expiresAt = millis(token.getExpiresAtSeconds());
    long left = expiresAt - shared.wallClock.currentTimeMillis();
    return new TokenLifetime(shared, left, spread(MARGIN_MILLIS, shared), expiresAt);
  }

  /**
   * Returns the lifetime of a token that was granted just now.
   *
   * @param grantedAtMillis the platform's own time, Unix milliseconds; null if it did not say
   */
  static TokenLifetime ofGranted(
      OAuthToken token, @Nullable Long grantedAtMillis, RefresherDependencies shared) {
    if (token.getExpiresAtSeconds() == 0) {
      return unknown(shared);
    }
    long expiresAt = millis(token.getExpiresAtSeconds());
    long now = shared.wallClock.currentTimeMillis();
    long left = expiresAt - (grantedAtMillis == null ? now : grantedAtMillis);
    if (left <= 0) {
      return unknown(shared);
    }
    long margin = spread(Math.min(MARGIN_MILLIS, left / SHORT_LIFE_PART), shared);
    boolean wallIsRight = expiresAt - now > margin;
    return new TokenLifetime(shared, left, margin, wallIsRight ? expiresAt : null);
  }

  /** Returns the lifetime of a token that is used until the platform refuses it. */
  private static TokenLifetime unknown(RefresherDependencies shared) {
    return new TokenLifetime(shared, Long.MAX_VALUE, 0, null);
  }

  private static long millis(long seconds) {
    // TimeUnit stops at Long.MAX_VALUE; an eighth of that leaves room for subtractions.
    return Math.min(TimeUnit.SECONDS.toMillis(seconds), Long.MAX_VALUE / 8);
  }

  private static long spread(long marginMillis, RefresherDependencies shared) {
    return marginMillis + (long) (shared.random.nextDouble() * marginMillis / SPREAD_PART);
  }

  boolean isOver() {
    return millisLeft() <= 0;
  }

  boolean isToBeRenewed() {
    return millisLeft() <= marginMillis;
  }

  /** Returns how long until it is to be renewed; {@link Long#MAX_VALUE} for never. */
  long millisToRenewal() {
    long left = millisLeft();
    return left == Long.MAX_VALUE ? left : Math.max(0, left - marginMillis);
  }

  long ageNanos() {
    return scheduler.nanoTime() - cameAtNanos;
  }

  private long millisLeft() {
    long byMonotonic =
        leftMillis == Long.MAX_VALUE
            ? leftMillis
            : leftMillis - TimeUnit.NANOSECONDS.toMillis(ageNanos());
    return expiresAtMillis == null
        ? byMonotonic
        : Math.min(byMonotonic, expiresAtMillis - wallClock.currentTimeMillis());
  }
}
