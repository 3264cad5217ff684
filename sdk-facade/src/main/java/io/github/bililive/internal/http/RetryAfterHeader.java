package io.github.bililive.internal.http;

import java.util.concurrent.TimeUnit;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After}: a number of seconds, or an HTTP date. */
final class RetryAfterHeader {
  private static final String NAME = "Retry-After";

  /** The longest wait that is believed: one request in an hour burdens nobody. Our choice. */
  static final long MAX_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** Digits beyond these are more than any wait that is believed. */
  private static final int MAX_DIGITS = 9;

  private RetryAfterHeader() {}

  /**
   * Returns how long to wait, in milliseconds, at most an hour; null if it does not say.
   *
   * @param headers the answer's
   * @param nowMillis the server's time when it answered
   */
  static @Nullable Long millis(Headers headers, long nowMillis) {
    String text = headers.get(NAME);
    if (text == null) {
      return null;
    }
    String trimmed = text.trim();
    if (isNumber(trimmed)) {
      return trimmed.length() > MAX_DIGITS
          ? MAX_MILLIS
          : Math.min(MAX_MILLIS, TimeUnit.SECONDS.toMillis(Long.parseLong(trimmed)));
    }
    Long date = HttpTime.millis(headers, NAME);
    return date == null ? null : Long.valueOf(Math.max(0, Math.min(MAX_MILLIS, date - nowMillis)));
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
