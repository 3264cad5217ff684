package io.github.bililive.doctor;

import io.github.bililive.error.BiliLiveException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the answer to the {@link Probe} tells of the platform and of the app. */
final class ServiceChecks {
  /** How far a timestamp may be off, by the platform's rules (4003). */
  private static final long TOLERANCE_MILLIS = TimeUnit.MINUTES.toMillis(10);

  /** Below this, nothing need be done. */
  private static final long MEASURABLE_MILLIS = 2_000;

  private final Probe probe;
  private final @Nullable Long clockBehindMillis;

  ServiceChecks(Probe probe, @Nullable Long clockBehindMillis) {
    this.probe = probe;
    this.clockBehindMillis = clockBehindMillis;
  }

  String service() throws CheckFailedException {
    BiliLiveException failure = probe.failure();
    if (failure != null && Refusals.isOfService(failure)) {
      throw new CheckFailedException(failure.getMessage());
    }
    return "the platform's JSON, after " + probe.tookMillis() + " ms";
  }

  String clock() throws CheckFailedException, NotCheckedException {
    BiliLiveException failure = probe.failure();
    if (failure != null && Refusals.isOfTimestamp(failure)) {
      throw new CheckFailedException(failure.getMessage());
    }
    if (clockBehindMillis == null) {
      throw new NotCheckedException("the answer does not tell the platform's time");
    }
    if (Math.abs(clockBehindMillis) < MEASURABLE_MILLIS) {
      return "agrees with the platform's";
    }
    String off =
        "this machine's is "
            + TimeUnit.MILLISECONDS.toSeconds(Math.abs(clockBehindMillis))
            + " s "
            + (clockBehindMillis > 0 ? "behind" : "ahead of")
            + " the platform's";
    if (Math.abs(clockBehindMillis) > TOLERANCE_MILLIS) {
      throw new CheckFailedException(
          off
              + ", which tolerates 10 minutes (4003); set this machine's clock, by NTP for instance:"
              + " the SDK corrects the time that it signs, but a client's first request is refused,"
              + " and TLS certificates may not be accepted");
    }
    return off + ", within the 10 minutes that it tolerates";
  }

  String signature() throws CheckFailedException, NotCheckedException {
    BiliLiveException failure = probe.failure();
    if (failure == null) {
      return "accepted";
    }
    if (Refusals.isOfTimestamp(failure)) {
      throw new NotCheckedException("makes no sense without: " + Check.CLOCK.label);
    }
    if (Refusals.isOfUnknownConnId(failure)) {
      return "accepted: a heartbeat for a conn_id that does not exist is refused for that alone";
    }
    if (Refusals.isOfToken(failure)) {
      return "accepted: what the platform misses is a token, an identity code or a permission";
    }
    if (Refusals.isOfRoom(failure)) {
      return "accepted: what the platform refuses is about the room";
    }
    throw new CheckFailedException(failure.getMessage());
  }
}
