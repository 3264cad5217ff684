package io.github.bililive.internal.room;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.TokenException;
import io.github.bililive.error.TokenStoreException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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

  /** How often a full room is asked again while what others left behind dies. */
  static final long OTHERS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final long timeToLiveNanos;

  /** Since when the room is full; null if it is not. */
  private @Nullable Long fullSinceNanos;

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

  /**
   * The room is full (7010). Returns how long to wait until a place can have become free, in
   * nanoseconds: when the next of those that were left behind here dies. What others left behind
   * may die at any time: so no longer than {@link #OTHERS_NANOS} as long as one of theirs may still
   * live without heartbeats, then than all of the time to live.
   */
  long roomIsFull(long nowNanos) {
    if (fullSinceNanos == null) {
      fullSinceNanos = nowNanos;
    }
    boolean isNew = nowNanos - fullSinceNanos < timeToLiveNanos;
    long waitNanos = isNew ? Math.min(OTHERS_NANOS, timeToLiveNanos) : timeToLiveNanos;
    for (long leftAt : leftAtNanos) {
      long untilDead = leftAt + timeToLiveNanos - nowNanos;
      if (untilDead > 0) {
        return Math.min(waitNanos, untilDead);
      }
    }
    return waitNanos;
  }

  /** The room has room again. */
  void roomIsFree() {
    fullSinceNanos = null;
  }

  /** Returns how long the next start has to wait, in nanoseconds; 0 if it may begin. */
  long waitNanos(long nowNanos) {
    if (leftAtNanos.size() < LIMIT) {
      return 0;
    }
    return Math.max(0, leftAtNanos.getFirst() + timeToLiveNanos - nowNanos);
  }
}
