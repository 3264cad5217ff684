package io.github.bililive.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The platform understood the call and refused it: its answer has a code other than 0. */
public final class PlatformException extends BiliLiveException {
  private final int code;
  private final String platformMessage;
  private final @Nullable String requestId;
  private final Advice advice;

  /**
   * Creates the exception.
   *
   * @param operation the call, such as {@code "start"}
   * @param code the answer's code, not 0
   * @param platformMessage the answer's message, empty if it had none
   * @param requestId the answer's request id, null if it had none
   */
  public PlatformException(
      String operation, int code, String platformMessage, @Nullable String requestId) {
    this(operation, code, platformMessage, requestId, null, "");
  }

  /**
   * Creates the exception with what was seen of the call.
   *
   * @param operation the call, such as {@code "start"}
   * @param code the answer's code, not 0
   * @param platformMessage the answer's message, empty if it had none
   * @param requestId the answer's request id, null if it had none
   * @param askedMillis how long the answer asks to wait by {@code Retry-After}, in milliseconds;
   *     null if it does not
   * @param finding what helps to find the cause, such as the text that was signed, without secrets;
   *     empty for nothing
   */
  public PlatformException(
      String operation,
      int code,
      String platformMessage,
      @Nullable String requestId,
      @Nullable Long askedMillis,
      String finding) {
    super(
        Objects.requireNonNull(operation, "operation is null: give one such as \"start\""),
        describe(
            operation,
            code,
            Objects.requireNonNull(platformMessage, "platformMessage is null: give \"\" for none"),
            requestId,
            advice(code, askedMillis),
            Objects.requireNonNull(finding, "finding is null: give \"\" for none")),
        null);
    this.code = code;
    this.platformMessage = platformMessage;
    this.requestId = requestId;
    advice = advice(code, askedMillis);
  }

  /** Returns the code as the platform sent it, listed in {@link PlatformCode} or not. */
  public int getCode() {
    return code;
  }

  /** Returns the code's entry in the table of known codes, or null if it has none. */
  public @Nullable PlatformCode getKnownCode() {
    return PlatformCode.of(code);
  }

  /** Returns the platform's own message, often Chinese; empty if it sent none. */
  public String getPlatformMessage() {
    return platformMessage;
  }

  /** Returns the id to give to the platform's support, or null if the answer had none. */
  public @Nullable String getRequestId() {
    return requestId;
  }

  /** Returns what the table says of the code; {@link Remedy#RETRY} if it is not listed. */
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

  /** Returns what the table says of the code; false if it is not listed. */
  @Override
  public boolean isNotCarriedOut() {
    PlatformCode known = getKnownCode();
    return known != null && known.isNotCarriedOut();
  }

  private static Advice advice(int code, @Nullable Long askedMillis) {
    PlatformCode known = PlatformCode.of(code);
    return known == null
        ? new Advice(
            Remedy.RETRY, 0, false, askedMillis, "with the platform's support what it means")
        : new Advice(
            known.getRemedy(),
            known.getRetryAfterMillis(),
            known.isForWholeApp(),
            askedMillis,
            known.getCheck());
  }

  private static String describe(
      String operation,
      int code,
      String platformMessage,
      @Nullable String requestId,
      Advice advice,
      String finding) {
    PlatformCode known = PlatformCode.of(code);
    StringBuilder text = new StringBuilder(operation).append(" refused by the platform: ");
    text.append(code).append(known == null ? "" : " " + known.getMeaning());
    if (!platformMessage.isEmpty()) {
      text.append(" («").append(platformMessage).append("»)");
    }
    text.append(requestId == null ? "" : ", request_id " + requestId + " (for its support)");
    text.append(known == null ? "; the code is not known to this SDK" : "");
    text.append(advice);
    return text.append(finding.isEmpty() ? "" : "; " + finding).toString();
  }
}
