package io.github.bililive.doctor;

/** There is no telling whether all is well; the message says why. */
final class NotCheckedException extends Exception {
  NotCheckedException(String message) {
    super(message);
  }
}
