package io.github.bililive.internal.room;

import io.github.bililive.internal.time.BackOff;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Pauses before attempts to come back: exponential, with full jitter and a cap, so that many
 * clients that lost their connections in one moment do not come back in one moment. Owned by one
 * {@link ConnectionMachine}.
 *
 * <p>A connection that opened shows that the trouble before it is over, so the pause after it is
 * short again, however long those before had become. One that opens and is lost at once, over and
 * over, would make that a storm: so each opening doubles the first pause after it, until a
 * connection proves stable. What spaces attempts is the time from one to the next: the time that a
 * connection was open counts as waited.
 */
final class ReconnectPause {
  static final long BASE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The longest pause of all: half a minute of silence is as long as a listener should wait. */
  static final long CAP_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final BackOff backOff;
  private final BackOff spread;

  /** Doublings of the next pause's limit. */
  private int doublings;

  /** Connections that have opened since one proved stable. */
  private int openings;

  /** When the connection opened that is now open; null if none is. */
  private @Nullable Long openedAtNanos;

  public ReconnectPause(Random random) {
    backOff = new BackOff(random, BASE_NANOS, CAP_NANOS, 0);
    spread = new BackOff(random, BASE_NANOS, CAP_NANOS, 0.75);
  }

  /** A connection has opened, which is not yet stable. */
  void opened(long nowNanos) {
    doublings = openings;
    openings++;
    openedAtNanos = nowNanos;
  }

  /** The connection was dropped on purpose: the time that it was open does not count. */
  void dropped() {
    openedAtNanos = null;
  }

  /**
   * Returns a pause between nothing and the present limit, and doubles the limit. Marks the
   * connection as closed.
   */
  long nextNanos(long nowNanos) {
    long limit = backOff.limitNanos(doublings);
    doublings++;
    if (openedAtNanos != null) {
      limit = Math.max(BASE_NANOS, limit - (nowNanos - openedAtNanos));
      openedAtNanos = null;
    }
    return backOff.jittered(limit);
  }

  /** Returns a time between three quarters of this one and all of it. */
  long spreadNanos(long nanos) {
    return spread.jittered(nanos);
  }

  /** The connection proved stable: the next pause is short again. */
  void reset() {
    doublings = 0;
    openings = 0;
  }
}
