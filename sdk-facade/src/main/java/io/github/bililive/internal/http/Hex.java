package io.github.bililive.internal.http;

/** Lower-case hexadecimal, written straight into a buffer of ASCII bytes. */
final class Hex {
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private Hex() {}

  /** Writes the first {@code count} of {@code bytes} as twice as many digits. */
  static void write(byte[] bytes, int count, byte[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at++] = DIGITS[(bytes[i] >> 4) & 0xf];
      to[at++] = DIGITS[bytes[i] & 0xf];
    }
  }

  /** Writes the {@code digits} lowest hexadecimal digits of {@code value}. */
  static void write(long value, int digits, byte[] to, int at) {
    for (int i = at + digits - 1; i >= at; i--) {
      to[i] = DIGITS[(int) value & 0xf];
      value >>>= 4;
    }
  }
}
