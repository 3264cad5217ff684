package io.github.bililive.doctor;

/** A check failed; the message says what is wrong and what to do, without secrets. */
final class CheckFailedException extends Exception {
  CheckFailedException(String message) {
    super(message);
  }
}
