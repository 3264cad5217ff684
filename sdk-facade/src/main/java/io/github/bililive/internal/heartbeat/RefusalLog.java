package io.github.bililive.internal.heartbeat;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Remembers which causes of refusals have been reported. Owned by one thread.
 *
 * <p>A cause is forgotten when it was not seen for {@link #AWAY_NANOS}.
 */
final class RefusalLog {
  /** After this time without a cause it is reported again. */
  static final long AWAY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Map<String, Long> seenAtNanos = new HashMap<>();

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
