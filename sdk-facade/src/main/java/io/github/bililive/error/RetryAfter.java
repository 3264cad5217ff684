package io.github.bililive.error;

import org.jspecify.annotations.Nullable;

/** What an answer asks for by {@code Retry-After}, beside what the table says. */
final class RetryAfter {
  private RetryAfter() {}

  /** Returns the remedy: an answer that says how long to wait makes WAIT of RETRY. */
  static Remedy remedy(Remedy ofTable, @Nullable Long askedMillis) {
    boolean isAsked = askedMillis != null && askedMillis > 0;
    return ofTable == Remedy.RETRY && isAsked ? Remedy.WAIT : ofTable;
  }

  /** Returns how long to wait, in milliseconds; 0 where waiting is no remedy. */
  static long millis(Remedy ofTable, long ofTableMillis, @Nullable Long askedMillis) {
    boolean isAgain = ofTable == Remedy.RETRY || ofTable == Remedy.WAIT;
    return isAgain && askedMillis != null ? askedMillis : ofTableMillis;
  }
}
