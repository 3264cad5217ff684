package io.github.bililive.internal.message;

/** Finds numbers that would hold up whoever reads them: that takes the square of their length. */
final class EventNumbers {
  /** Ten times what a double can have, fifty times what a long can. */
  static final int MAX_DIGITS = 1000;

  /** Up to this length no number in a message takes long; most messages are far shorter. */
  private static final int UNSUSPICIOUS_BYTES = 4 << 10;

  private EventNumbers() {}

  /**
   * Returns whether there are more than {@link #MAX_DIGITS} digits in a row, in strings as well.
   */
  static boolean takeLong(byte[] bytes, int offset, int length) {
    if (length <= UNSUSPICIOUS_BYTES) {
      return false;
    }
    int digits = 0;
    for (int i = offset; i < offset + length; i++) {
      digits = bytes[i] >= '0' && bytes[i] <= '9' ? digits + 1 : 0;
      if (digits > MAX_DIGITS) {
        return true;
      }
    }
    return false;
  }
}
