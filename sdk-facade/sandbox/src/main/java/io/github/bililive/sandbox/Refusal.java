package io.github.bililive.sandbox;

/** Why the platform refuses a request. The message never repeats a value that was sent. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;

  Refusal(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  Answer answer() {
    return new Answer(code, String.valueOf(getMessage()), Answer.NULL);
  }
}
