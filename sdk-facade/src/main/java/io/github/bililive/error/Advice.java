package io.github.bililive.error;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a refusal: what the table says, and what the answer asks for by {@code
 * Retry-After}. Immutable.
 */
final class Advice implements Serializable {
  private static final long serialVersionUID = 0;

  final Remedy remedy;

  /** 0 where waiting is no remedy. */
  final long retryAfterMillis;

  /** Whether that wait is for all calls of the app. */
  final boolean wholeApp;

  private final String check;

  Advice(
      Remedy ofTable,
      long ofTableMillis,
      boolean ofTableWholeApp,
      @Nullable Long askedMillis,
      String check) {
    boolean isAgain = ofTable == Remedy.RETRY || ofTable == Remedy.WAIT;
    retryAfterMillis = isAgain && askedMillis != null ? askedMillis : ofTableMillis;
    boolean isAsked = askedMillis != null && askedMillis > 0;
    wholeApp = ofTableWholeApp || (isAgain && isAsked);
    remedy = ofTable == Remedy.RETRY && isAsked ? Remedy.WAIT : ofTable;
    this.check = check;
  }

  /** Returns the end of a message: what the program can do, and what a person should look at. */
  @Override
  public String toString() {
    return "; " + whatToDo() + "; check: " + check;
  }

  private String whatToDo() {
    switch (remedy) {
      case RETRY:
        return "try again";
      case WAIT:
        // Rounded up: too early is refused again.
        return "try again in " + (retryAfterMillis + 999) / 1000 + " s";
      case START_AGAIN:
        return "start a new connection";
      case SIGN_IN_AGAIN:
        return "refresh the access token or let the broadcaster sign in again";
      case GIVE_UP:
        return "trying again will not help until this is put right";
    }
    throw new AssertionError(remedy);
  }
}
