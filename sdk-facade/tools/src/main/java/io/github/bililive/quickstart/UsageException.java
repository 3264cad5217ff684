package io.github.bililive.quickstart;

/** The quickstart was called wrongly; the message is one line for the user. */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }
}
