package io.github.bililive.openapi.source;

/**
 * Ends the generation: the message says what cannot be generated, where it stands and what to do.
 * It has no stack trace, since nothing in it would help the author of a document.
 */
public final class UnsupportedDocumentException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Takes one readable line. */
  public UnsupportedDocumentException(String message) {
    super(message);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
