package io.github.bililive.connection;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Pauses before attempts to come back: exponential, with full jitter and a cap, so that many
 * clients that lost their connections in one moment do not come back in one moment. Owned by one
 * {@link ConnectionMachine}.
 */
final class BackOff {
  /** The longest first pause. */
  static final long BASE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The longest pause of all: half a minute of silence is as long as a listener should wait. */
  static final long CAP_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Doubling stops here; the cap is reached long before. */
  private static final int MAX_DOUBLINGS = 10;

  private final Random random;

  /** Attempts since the connection last proved stable. */
  private int attempts;

  BackOff(Random random) {
    this.random = random;
  }

  /** Returns a pause between nothing and the present limit, and doubles the limit. */
  long nextNanos() {
    long limit = Math.min(CAP_NANOS, BASE_NANOS << attempts);
    attempts = Math.min(attempts + 1, MAX_DOUBLINGS);
    return (long) (random.nextDouble() * limit);
  }

  /** Returns a time between three quarters of this one and all of it. */
  long spreadNanos(long nanos) {
    return nanos - (long) (random.nextDouble() * nanos / 4);
  }

  /** The connection proved stable: the next pause is short again. */
  void reset() {
    attempts = 0;
  }
}
