package io.github.bililive.error;

/** The end of a message: what the program can do, and what a person should look at. */
final class Advice {
  private Advice() {}

  static String of(Remedy remedy, long retryAfterMillis, String check) {
    return "; " + whatToDo(remedy, retryAfterMillis) + "; check: " + check;
  }

  private static String whatToDo(Remedy remedy, long retryAfterMillis) {
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
        return "trying again will not help";
    }
    throw new AssertionError(remedy);
  }
}
