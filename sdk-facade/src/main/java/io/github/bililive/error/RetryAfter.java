package io.github.bililive.error;

/** What an answer asks for by {@code Retry-After}, beside what the table says. */
final class RetryAfter {
  /** The answer asks for nothing. */
  static final long ABSENT = -1;

  private RetryAfter() {}

  /** Returns the remedy: an answer that says how long to wait makes of "again" a "not before". */
  static Remedy remedy(Remedy ofTable, long askedMillis) {
    return ofTable == Remedy.RETRY && askedMillis > 0 ? Remedy.WAIT : ofTable;
  }

  /** Returns how long to wait, in milliseconds; 0 where waiting is no remedy. */
  static long millis(Remedy ofTable, long ofTableMillis, long askedMillis) {
    boolean again = ofTable == Remedy.RETRY || ofTable == Remedy.WAIT;
    return again && askedMillis != ABSENT ? askedMillis : ofTableMillis;
  }
}
