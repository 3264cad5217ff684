package io.github.bililive.internal.heartbeat;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tells a cause of refusals that is new from one that has been reported. Owned by one thread.
 *
 * <p>What is remembered is forgotten when it was not seen for a while, so there is no more of it
 * than there are causes at one time.
 */
final class RefusalLog {
  /** How long a cause must have been away to be reported again. */
  static final long AWAY_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** When each cause was last seen. */
  private final Map<String, Long> seenAtNanos = new HashMap<>();

  /** Returns whether a refusal is the first for its cause. */
  boolean isNew(BiliLiveException cause, long nowNanos) {
    for (Iterator<Long> seen = seenAtNanos.values().iterator(); seen.hasNext(); ) {
      if (nowNanos - seen.next() >= AWAY_NANOS) {
        seen.remove();
      }
    }
    return seenAtNanos.put(nameOf(cause), nowNanos) == null;
  }

  private static String nameOf(BiliLiveException cause) {
    return cause instanceof PlatformException
        ? "code " + ((PlatformException) cause).getCode()
        : cause.getClass().getName();
  }
}
