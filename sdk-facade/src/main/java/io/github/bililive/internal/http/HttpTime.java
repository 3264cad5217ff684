package io.github.bililive.internal.http;

import java.util.Date;
import java.util.concurrent.TimeUnit;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Reads the times in an answer's headers. */
final class HttpTime {
  /** The longest wait that is believed: one request in an hour burdens nobody. Our choice. */
  static final long MAX_RETRY_AFTER_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** Digits beyond these are more than any wait that is believed. */
  private static final int MAX_DIGITS = 9;

  private HttpTime() {}

  /** Returns a header's date as Unix time in milliseconds; null if it is absent or no date. */
  @SuppressWarnings("JavaUtilDate") // OkHttp's parser, which also runs on Android 21.
  static @Nullable Long millis(Headers headers, String name) {
    Date date = headers.getDate(name);
    return date == null ? null : date.getTime();
  }

  /**
   * Returns how long to wait, in milliseconds, at most an hour; null if it does not say.
   *
   * @param nowMillis the server's time when it answered
   */
  static @Nullable Long retryAfterMillis(Headers headers, long nowMillis) {
    String text = headers.get("Retry-After");
    if (text == null) {
      return null;
    }
    String trimmed = text.trim();
    if (trimmed.matches("[0-9]+")) {
      return trimmed.length() > MAX_DIGITS
          ? MAX_RETRY_AFTER_MILLIS
          : Math.min(MAX_RETRY_AFTER_MILLIS, TimeUnit.SECONDS.toMillis(Long.parseLong(trimmed)));
    }
    Long date = millis(headers, "Retry-After");
    return date == null
        ? null
        : Long.valueOf(Math.max(0, Math.min(MAX_RETRY_AFTER_MILLIS, date - nowMillis)));
  }
}
