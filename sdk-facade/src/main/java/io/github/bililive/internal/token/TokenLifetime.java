package io.github.bililive.internal.token;

import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.token.OAuthToken;
import java.util.concurrent.TimeUnit;

/**
 * When a pair is to be renewed: at a time drawn at random from the first half of the last third of
 * its life. So many pairs are not renewed in one moment, and a sixth of the life, 5 days of 30, is
 * left for failures.
 *
 * <p>A pair's age is counted from its grant, both by this machine's clock, so a clock that is off
 * by years does not matter as long as it stays so. The monotonic clock counts on when the wall
 * clock is set back. Nothing here decides whether a token is valid: that is the platform's.
 *
 * <p>Immutable.
 */
final class TokenLifetime {
  /**
   * The longest life that is reckoned with. How long pairs live is weakly known: about 30 days. A
   * longer one is more likely a clock that is behind, and to renew early does no harm.
   */
  static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(30);

  /** The shortest: a clock that is ahead by almost a life must not lead to refresh on refresh. */
  private static final long SHORTEST_MILLIS = TimeUnit.MINUTES.toMillis(1);

  /** How far ahead the machine that was granted the pair may have been; more, and one is wrong. */
  private static final long CLOCKS_DIFFER_MILLIS = TimeUnit.DAYS.toMillis(1);

  private final Scheduler scheduler;
  private final WallClock wallClock;

  /** When it came here, on the monotonic clock. */
  private final long cameAtNanos;

  /** How old it was then. */
  private final long ageWhenItCame;

  private final long grantedAtMillis;
  private final long lifeMillis;

  /** The age at which it is renewed. */
  private final long renewalAgeMillis;

  TokenLifetime(OAuthToken token, RefresherDependencies shared) {
    scheduler = shared.scheduler;
    wallClock = shared.wallClock;
    cameAtNanos = scheduler.nanoTime();
    long now = wallClock.currentTimeMillis();
    long expiresAt = millis(token.getExpiresAtSeconds());
    long grantedAt = millis(token.getGrantedAtSeconds());
    if (grantedAt == 0) {
      grantedAt = expiresAt == 0 ? now : expiresAt - LONGEST_MILLIS;
    }
    grantedAtMillis = grantedAt;
    lifeMillis = life(expiresAt - grantedAt);
    long spreadMillis = lifeMillis / 6;
    renewalAgeMillis = lifeMillis * 2 / 3 + (long) (shared.random.nextDouble() * spreadMillis);
    long age = now - grantedAt;
    // From the future: there is no telling how old it is, and a refresh sets that right.
    ageWhenItCame = age < -CLOCKS_DIFFER_MILLIS ? renewalAgeMillis : Math.max(0, age);
  }

  /** Negative is a clock that is ahead, or an expiry that is not known. */
  private static long life(long millis) {
    boolean isKnown = millis > 0 && millis <= LONGEST_MILLIS;
    return isKnown ? Math.max(millis, SHORTEST_MILLIS) : LONGEST_MILLIS;
  }

  private static long millis(long seconds) {
    // TimeUnit stops at Long.MAX_VALUE; an eighth of that leaves room for subtractions.
    return Math.min(TimeUnit.SECONDS.toMillis(seconds), Long.MAX_VALUE / 8);
  }

  /** Returns whether it was to be renewed when it came: then that is done before its first use. */
  boolean wasDueWhenItCame() {
    return ageWhenItCame >= renewalAgeMillis;
  }

  boolean isToBeRenewed() {
    return millisToRenewal() == 0;
  }

  /** Returns whether it has expired, as far as this machine's clocks tell. */
  boolean looksExpired() {
    return ageMillis() >= lifeMillis;
  }

  /** Returns how long until it is to be renewed. */
  long millisToRenewal() {
    return Math.max(0, renewalAgeMillis - ageMillis());
  }

  long nanosSinceItCame() {
    return scheduler.nanoTime() - cameAtNanos;
  }

  private long ageMillis() {
    return Math.max(
        ageWhenItCame + TimeUnit.NANOSECONDS.toMillis(nanosSinceItCame()),
        wallClock.currentTimeMillis() - grantedAtMillis);
  }
}
