package io.github.bililive.error;

import java.util.Objects;

/**
 * The user's token store failed. A pair that it did not take is kept in memory and offered to it
 * again; its access token is not used before.
 */
public final class TokenStoreException extends BiliLiveException {
  private final long retryAfterMillis;

  /**
   * Creates the exception.
   *
   * @param operation what the store was asked for: {@code "load"}, {@code "save"}, {@code "remove"}
   *     or {@code "lease"}
   * @param broadcaster whose pair it is, by the name that the app gave
   * @param cause what the store threw, without secrets
   * @param retryAfterMillis when the store is asked again, in milliseconds from now
   */
  public TokenStoreException(
      String operation, String broadcaster, Throwable cause, long retryAfterMillis) {
    super(
        Objects.requireNonNull(operation, "operation is null: give \"load\" or \"save\""),
        describe(
            operation,
            Objects.requireNonNull(broadcaster, "broadcaster is null: give their name"),
            Objects.requireNonNull(cause, "cause is null: give what the store threw")),
        cause);
    this.retryAfterMillis = retryAfterMillis;
  }

  /** Returns {@link Remedy#WAIT}: the store is asked again by itself. */
  @Override
  public Remedy getRemedy() {
    return Remedy.WAIT;
  }

  @Override
  public long getRetryAfterMillis() {
    return retryAfterMillis;
  }

  private static String describe(String operation, String broadcaster, Throwable cause) {
    String whose = "of broadcaster '" + broadcaster + "'";
    switch (operation) {
      case "save":
        return "the token store did not take the new pair "
            + whose
            + ", which is kept in memory and offered again: "
            + cause;
      case "remove":
        return "the token store did not remove the pair "
            + whose
            + ", who was forgotten; it is asked again: "
            + cause;
      case "lease":
        return "the token store did not lease the pair "
            + whose
            + ", which is not renewed for the moment: "
            + cause;
      default:
        return "the token store did not give the pair " + whose + ": " + cause;
    }
  }
}
