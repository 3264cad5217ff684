package io.github.bililive.error;

import java.util.Objects;

/** The page on which a broadcaster authorises the app says that they did not. */
public final class AuthorisationRefusedException extends BiliLiveException {
  private final String error;

  /**
   * Creates the exception.
   *
   * @param error the page's word for why, such as {@code access_denied}; empty if it had none that
   *     can be shown
   */
  public AuthorisationRefusedException(String error) {
    super(
        "authorizationUrl",
        "the broadcaster did not authorise the app"
            + (Objects.requireNonNull(error, "error is null: give an empty text").isEmpty()
                ? ""
                : " (the page says: " + error + ")")
            + "; if they want to, let them visit the page again, by a new request",
        null);
    this.error = error;
  }

  /** Returns the page's word for why, such as {@code access_denied}; empty if there is none. */
  public String getError() {
    return error;
  }

  /** Returns {@link Remedy#SIGN_IN_AGAIN}. */
  @Override
  public Remedy getRemedy() {
    return Remedy.SIGN_IN_AGAIN;
  }
}
