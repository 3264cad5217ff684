package io.github.bililive;

import java.util.Locale;

/** What may stand in an HTTP header's value: said here, before OkHttp says it with the value. */
final class HeaderText {
  private HeaderText() {}

  /**
   * Checks that {@code value} is printable ASCII without spaces.
   *
   * @throws IllegalArgumentException if not; names the position, never the value
   */
  static void require(String name, String value) {
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
