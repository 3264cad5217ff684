package io.github.bililive.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The broadcaster must authorise the app anew: there is no pair of tokens, or the platform refused
 * to renew it. Neither waiting nor trying again helps.
 */
public final class AuthorisationRequiredException extends BiliLiveException {
  private final String broadcaster;

  /**
   * Creates the exception.
   *
   * @param operation the call, such as {@code "refreshToken"}
   * @param broadcaster whose authorisation it is, by the name that the app gave
   * @param problem what happened, in a sentence without secrets
   * @param cause the platform's refusal, null if it was not asked
   */
  public AuthorisationRequiredException(
      String operation, String broadcaster, String problem, @Nullable BiliLiveException cause) {
    super(
        operation,
        "broadcaster '"
            + Objects.requireNonNull(broadcaster, "broadcaster is null: give their name")
            + "' must authorise the app anew: "
            + Objects.requireNonNull(problem, "problem is null: say what happened")
            + "; exchange the new code and hand the pair to the provider",
        cause);
    this.broadcaster = broadcaster;
  }

  /** Returns whose authorisation it is, by the name that the app gave. */
  public String getBroadcaster() {
    return broadcaster;
  }

  /** Returns {@link Remedy#SIGN_IN_AGAIN}. */
  @Override
  public Remedy getRemedy() {
    return Remedy.SIGN_IN_AGAIN;
  }
}
