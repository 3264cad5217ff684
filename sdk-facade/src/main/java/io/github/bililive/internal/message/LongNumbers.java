package io.github.bililive.internal.message;

/** Finds numbers that nobody means: reading one takes the square of its length. */
public final class LongNumbers {
  /** More than a double can have, twenty times what a long can. */
  public static final int MAX_DIGITS = 400;

  private LongNumbers() {}

  /**
   * Returns whether a text has more digits in a row, in strings or outside of them. It looks at one
   * byte of as many as such a row has at least, and at the others only where that is a digit.
   */
  public static boolean isIn(byte[] json) {
    for (int i = MAX_DIGITS; i < json.length; i += MAX_DIGITS + 1) {
      int digits = 0;
      for (int before = i; before >= 0 && isDigit(json[before]); before--) {
        digits++;
      }
      for (int after = i + 1; digits > 0 && after < json.length && isDigit(json[after]); after++) {
        if (++digits > MAX_DIGITS) {
          return true;
        }
      }
      if (digits > MAX_DIGITS) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(byte each) {
    return each >= '0' && each <= '9';
  }

  /** Returns what to say of such a text. */
  public static String problem() {
    return "a number of more than " + MAX_DIGITS + " digits";
  }
}
