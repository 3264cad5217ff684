package io.github.bililive.internal.http;

import java.util.Date;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dates of HTTP headers.
 *
 * <p>Not part of the SDK's API: it may change in any release.
 */
public final class HttpTime {
  private HttpTime() {}

  /** Returns a header's date as Unix time in milliseconds; null if it is absent or no date. */
  @SuppressWarnings("JavaUtilDate") // OkHttp's parser, which also runs on Android 21.
  public static @Nullable Long millis(Headers headers, String name) {
    Date date = headers.getDate(name);
    return date == null ? null : date.getTime();
  }
}
