package io.github.bililive.error;

import org.jspecify.annotations.Nullable;

/**
 * An answer came and was not the platform's JSON, or lacked what it must have: a gateway's HTML
 * page, an empty body, JSON that breaks off, an HTTP error. Usually it passes.
 */
public final class AnswerException extends BiliLiveException {
  private final int httpStatus;
  private final @Nullable String contentType;
  private final String bodyStart;

  /**
   * Creates the exception.
   *
   * @param operation the call, such as {@code "start"}
   * @param problem what is wrong with the answer, in a few words
   * @param httpStatus the answer's HTTP status
   * @param contentType the answer's {@code Content-Type}, null if it had none
   * @param bodyStart the first characters of its body, without secrets
   * @param cause why it could not be read, null if it could be
   */
  public AnswerException(
      String operation,
      String problem,
      int httpStatus,
      @Nullable String contentType,
      String bodyStart,
      @Nullable Throwable cause) {
    super(operation, describe(operation, problem, httpStatus, contentType, bodyStart), cause);
    this.httpStatus = httpStatus;
    this.contentType = contentType;
    this.bodyStart = bodyStart;
  }

  /** Returns the answer's HTTP status. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Returns the answer's {@code Content-Type}, or null if it had none. */
  public @Nullable String contentType() {
    return contentType;
  }

  /** Returns the first characters of the answer's body, without secrets; empty for no body. */
  public String bodyStart() {
    return bodyStart;
  }

  /** Returns {@link Remedy#RETRY}: such an answer mostly comes from a gateway in passing. */
  @Override
  public Remedy remedy() {
    return Remedy.RETRY;
  }

  private static String describe(
      String operation,
      String problem,
      int httpStatus,
      @Nullable String contentType,
      String bodyStart) {
    return operation
        + ": answer not understood: "
        + problem
        + "; HTTP "
        + httpStatus
        + ", "
        + (contentType == null ? "no Content-Type" : contentType)
        + ", "
        + (bodyStart.isEmpty() ? "empty body" : "body begins «" + bodyStart + "»");
  }
}
