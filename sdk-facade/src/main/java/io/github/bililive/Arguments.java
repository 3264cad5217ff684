package io.github.bililive;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Checks arguments of users: each refusal names the argument, and says what would be right. */
final class Arguments {
  private Arguments() {}

  static <T> T given(T argument, String name, String hint) {
    return Objects.requireNonNull(argument, name + " is null: " + hint);
  }

  /** Returns a duration in milliseconds, if it is at least one. */
  static long positiveMillis(String name, long duration, TimeUnit unit) {
    long millis = given(unit, "unit", "give a TimeUnit, such as SECONDS").toMillis(duration);
    if (millis <= 0) {
      throw new IllegalArgumentException(
          name + " is " + duration + " " + unit + ": it must be at least 1 ms");
    }
    return millis;
  }

  /**
   * Checks that {@code value} is printable ASCII without spaces, before OkHttp does so with a
   * message that holds it. This one names the position, never the value.
   */
  static void requireHeaderText(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s holds U+%04X at index %d: it goes into an HTTP header and must be printable"
                    + " ASCII without spaces",
                name,
                (int) c,
                i));
      }
    }
  }
}
