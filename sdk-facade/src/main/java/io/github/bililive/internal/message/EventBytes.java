package io.github.bililive.internal.message;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads JSON that wastes nothing: no white space, no escapes, no number but small integers. At
 * anything else it {@linkplain #gaveUp gives up}, and what it returns then means nothing. Owned by
 * one {@link EventDanmaku}.
 */
final class EventBytes {
  /** So many digits always fit a long. */
  private static final int MAX_DIGITS = 18;

  private byte[] bytes = new byte[0];

  /** Where the next byte is. */
  private int at;

  /** Where the text ends. */
  private int end;

  private boolean gaveUp;

  /** Begins with the first so many of these bytes. */
  void begin(byte[] bytes, int length) {
    this.bytes = bytes;
    at = 0;
    end = length;
    gaveUp = false;
  }

  boolean gaveUp() {
    return gaveUp;
  }

  boolean atEnd() {
    return at == end;
  }

  boolean skip(char expected) {
    if (at < end && bytes[at] == expected) {
      at++;
      return true;
    }
    return false;
  }

  boolean skip(byte[] expected) {
    int length = expected.length;
    if (end - at < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[at + i] != expected[i]) {
        return false;
      }
    }
    at += length;
    return true;
  }

  String string() {
    if (!skip('"')) {
      gaveUp = true;
      return "";
    }
    int from = at;
    while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    int to = at;
    if (!skip('"')) { // Its end, or an escape.
      gaveUp = true;
      return "";
    }
    return from == to ? "" : new String(bytes, from, to - from, UTF_8);
  }

  long number() {
    boolean negative = skip('-');
    int from = at;
    long number = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - from < MAX_DIGITS) {
      number = 10 * number + (bytes[at++] - '0');
    }
    int digits = at - from;
    // Behind it there must be no other digit, nor a fraction: whoever calls sees to that.
    if (digits == 0 || (bytes[from] == '0' && (digits > 1 || negative))) {
      gaveUp = true;
    }
    return negative ? -number : number;
  }

  boolean bool() {
    if (skip('t')) {
      gaveUp |= !(skip('r') && skip('u') && skip('e'));
      return true;
    }
    gaveUp |= !(skip('f') && skip('a') && skip('l') && skip('s') && skip('e'));
    return false;
  }
}
