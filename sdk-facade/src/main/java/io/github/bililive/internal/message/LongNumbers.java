package io.github.bililive.internal.message;

/** Finds numbers that nobody means: reading one takes the square of its length. */
public final class LongNumbers {
  /** More than a double can have, twenty times what a long can. */
  public static final int MAX_DIGITS = 400;

  private LongNumbers() {}

  /** Returns whether a text has more digits in a row, in strings or outside of them. */
  public static boolean isIn(byte[] json) {
    int digits = 0;
    for (byte each : json) {
      digits = each >= '0' && each <= '9' ? digits + 1 : 0;
      if (digits > MAX_DIGITS) {
        return true;
      }
    }
    return false;
  }

  /** Returns what to say of such a text. */
  public static String problem() {
    return "a number of more than " + MAX_DIGITS + " digits";
  }
}
