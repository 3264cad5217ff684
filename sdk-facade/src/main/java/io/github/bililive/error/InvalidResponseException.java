package io.github.bililive.error;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An answer came that is not the platform's JSON, or that lacks what it must have: a gateway's HTML
 * page, an empty body, JSON that breaks off, an HTTP error. Usually it passes.
 */
public final class InvalidResponseException extends BiliLiveException {
  private final int httpStatus;
  private final @Nullable String contentType;
  private final String bodyStart;
  private final Advice advice;

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
  public InvalidResponseException(
      String operation,
      String problem,
      int httpStatus,
      @Nullable String contentType,
      String bodyStart,
      @Nullable Throwable cause) {
    this(operation, problem, httpStatus, contentType, bodyStart, null, cause);
  }

  /**
   * Creates the exception with the answer's {@code Retry-After}.
   *
   * @param operation the call, such as {@code "start"}
   * @param problem what is wrong with the answer, in a few words
   * @param httpStatus the answer's HTTP status
   * @param contentType the answer's {@code Content-Type}, null if it had none
   * @param bodyStart the first characters of its body, without secrets
   * @param askedMillis how long the answer asks to wait, in milliseconds; null if it does not
   * @param cause why it could not be read, null if it could be
   */
  public InvalidResponseException(
      String operation,
      String problem,
      int httpStatus,
      @Nullable String contentType,
      String bodyStart,
      @Nullable Long askedMillis,
      @Nullable Throwable cause) {
    super(
        operation,
        operation
            + ": answer not understood: "
            + Objects.requireNonNull(problem, "problem is null: say what is wrong")
            + "; "
            + describe(
                httpStatus,
                contentType,
                Objects.requireNonNull(bodyStart, "bodyStart is null: give \"\" for no body"))
            + advice(httpStatus, askedMillis),
        cause);
    this.httpStatus = httpStatus;
    this.contentType = contentType;
    this.bodyStart = bodyStart;
    advice = advice(httpStatus, askedMillis);
  }

  /** Returns the answer's HTTP status. */
  public int getHttpStatus() {
    return httpStatus;
  }

  /** Returns the answer's {@code Content-Type}, or null if it had none. */
  public @Nullable String getContentType() {
    return contentType;
  }

  /** Returns the first characters of the answer's body, without secrets; empty for no body. */
  public String getBodyStart() {
    return bodyStart;
  }

  /**
   * Returns what the HTTP status means, in Chinese for a Chinese locale, else in English; empty if
   * it is not from 200 to 599.
   */
  public String getMeaning(Locale locale) {
    HttpRefusal known = HttpRefusal.of(httpStatus);
    boolean isChinese = PlatformCode.isChinese(locale);
    return known == null ? "" : isChinese ? known.meaningZh : known.meaning;
  }

  /**
   * Returns what a person should check: a sentence of Chinese for a Chinese locale, else English
   * words that continue "check"; empty if the HTTP status is not from 200 to 599.
   */
  public String getCheck(Locale locale) {
    HttpRefusal known = HttpRefusal.of(httpStatus);
    boolean isChinese = PlatformCode.isChinese(locale);
    return known == null ? "" : isChinese ? known.checkZh : known.check;
  }

  /**
   * Returns {@link Remedy#RETRY} or {@link Remedy#WAIT}: such an answer mostly comes from a gateway
   * in passing.
   */
  @Override
  public Remedy getRemedy() {
    return advice.remedy;
  }

  @Override
  public long getRetryAfterMillis() {
    return advice.retryAfterMillis;
  }

  @Override
  public boolean isForWholeApp() {
    return advice.wholeApp;
  }

  /** Returns what the table says of the HTTP status. */
  @Override
  public boolean isNotCarriedOut() {
    HttpRefusal known = HttpRefusal.of(httpStatus);
    return known != null && known.notCarriedOut;
  }

  private static String describe(int httpStatus, @Nullable String contentType, String bodyStart) {
    HttpRefusal known = HttpRefusal.of(httpStatus);
    return "HTTP "
        + httpStatus
        + (known == null ? "" : " (" + known.meaning + ")")
        + ", "
        + (contentType == null ? "no Content-Type" : contentType)
        + ", "
        + (bodyStart.isEmpty() ? "empty body" : "body begins «" + bodyStart + "»");
  }

  private static Advice advice(int httpStatus, @Nullable Long askedMillis) {
    HttpRefusal known = HttpRefusal.of(httpStatus);
    return known == null
        ? new Advice(Remedy.RETRY, 0, false, askedMillis, "the base URL")
        : new Advice(
            known.remedy, known.retryAfterMillis, known.wholeApp, askedMillis, known.check);
  }
}
