package io.github.bililive.internal.http;

import io.github.bililive.error.PlatformCode;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** What was seen of a refused call that helps to find the cause. */
final class Finding {
  private Finding() {}

  /** Returns it in words, without secrets; empty for nothing. */
  static String of(int code, Request request, PlatformClock clock) {
    SigningTrace trace = request.tag(SigningTrace.class);
    if (trace == null) {
      return "";
    }
    if (code == PlatformCode.TIMESTAMP_EXPIRED.getNumber()) {
      return measuredClock(clock.offsetMillis(trace.sample()));
    }
    boolean aboutSignature =
        code == PlatformCode.SIGNATURE_WRONG.getNumber()
            || code == PlatformCode.BODY_MD5.getNumber();
    return aboutSignature && trace.isSent()
        ? "signed was, with line feeds as \\n: «" + trace.signedText().replace("\n", "\\n") + "»"
        : "";
  }

  private static String measuredClock(@Nullable Long offsetMillis) {
    if (offsetMillis == null) {
      return "how far it is off is not known: the answer does not tell the platform's time";
    }
    long seconds = TimeUnit.MILLISECONDS.toSeconds(Math.abs(offsetMillis));
    return "by the answer's Date it is "
        + seconds
        + " s "
        + (offsetMillis < 0 ? "ahead" : "behind");
  }
}
