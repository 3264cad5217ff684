package io.github.bililive.error;

import org.jspecify.annotations.Nullable;

/** The platform understood the call and refused it: its answer has a code other than 0. */
public final class PlatformException extends BiliLiveException {
  private final int code;
  private final String platformMessage;
  private final @Nullable String requestId;

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
    super(operation, describe(operation, code, platformMessage, requestId), null);
    this.code = code;
    this.platformMessage = platformMessage;
    this.requestId = requestId;
  }

  /** Returns the code as the platform sent it, listed in {@link PlatformCode} or not. */
  public int code() {
    return code;
  }

  /** Returns the code's entry in the table of known codes, or null if it has none. */
  public @Nullable PlatformCode knownCode() {
    return PlatformCode.of(code);
  }

  /** Returns the platform's own message, often Chinese; empty if it sent none. */
  public String platformMessage() {
    return platformMessage;
  }

  /** Returns the id to give to the platform's support, or null if the answer had none. */
  public @Nullable String requestId() {
    return requestId;
  }

  /** Returns what the table says of the code; {@link Remedy#RETRY} if it is not listed. */
  @Override
  public Remedy remedy() {
    PlatformCode known = knownCode();
    return known == null ? Remedy.RETRY : known.remedy();
  }

  @Override
  public long retryAfterMillis() {
    PlatformCode known = knownCode();
    return known == null ? 0 : known.retryAfterMillis();
  }

  private static String describe(
      String operation, int code, String platformMessage, @Nullable String requestId) {
    PlatformCode known = PlatformCode.of(code);
    StringBuilder text = new StringBuilder(operation).append(" refused by the platform: ");
    text.append(code).append(known == null ? "" : " " + known.meaning());
    if (!platformMessage.isEmpty()) {
      text.append(" («").append(platformMessage).append("»)");
    }
    text.append(requestId == null ? "" : ", request_id " + requestId);
    return text.append(advice(known)).toString();
  }

  private static String advice(@Nullable PlatformCode known) {
    if (known == null) {
      return "; the code is not known to this SDK";
    }
    switch (known.remedy()) {
      case RETRY:
        return "; try again";
      case WAIT:
        return "; try again in " + known.retryAfterMillis() / 1000 + " s";
      case START_AGAIN:
        return "; start a new connection";
      case SIGN_IN_AGAIN:
        return "; refresh the access token or let the broadcaster sign in again";
      case GIVE_UP:
        return "; trying again will not help";
    }
    throw new AssertionError(known);
  }
}
