package io.github.bililive.internal.room;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.TokenException;
import io.github.bililive.error.TokenStoreException;
import java.util.ArrayDeque;

/**
 * The starts of one room that may hold one of its five slots without anyone keeping them alive:
 * those whose answer was lost, so that the platform may have carried them out, and those whose
 * {@code conn_id} was given up while it may have lived. Each is dead at the latest when ids' time
 * to live has passed. Until then no more than {@link #LIMIT} may be left behind; a further start
 * waits.
 *
 * <p>Without this, a network that loses answers would fill the room, and lock out this program and
 * all others of the app. Owned by one {@link ConnectionMachine}.
 */
final class AbandonedStarts {
  /** Of the five slots of a room, two stay free of what this connection has left behind. */
  static final int LIMIT = 3;

  private final long timeToLiveNanos;

  /** When each was left behind that may live, the oldest first. */
  private final ArrayDeque<Long> leftAtNanos = new ArrayDeque<>(LIMIT);

  AbandonedStarts(long timeToLiveNanos) {
    this.timeToLiveNanos = timeToLiveNanos;
  }

  /** A start failed. Counts it, unless the platform certainly has not carried it out. */
  void failed(BiliLiveException error, long nowNanos) {
    // Without a token no start was sent.
    boolean isSent = !(error instanceof TokenException || error instanceof TokenStoreException);
    if (isSent && !error.isNotCarriedOut()) {
      add(nowNanos);
    }
  }

  void add(long nowNanos) {
    if (leftAtNanos.size() == LIMIT) {
      leftAtNanos.removeFirst();
    }
    leftAtNanos.addLast(nowNanos);
  }

  /** Returns how long the next start has to wait, in nanoseconds; 0 if it may begin. */
  long waitNanos(long nowNanos) {
    if (leftAtNanos.size() < LIMIT) {
      return 0;
    }
    return Math.max(0, leftAtNanos.getFirst() + timeToLiveNanos - nowNanos);
  }
}
