package io.github.bililive.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * There is no access token at the moment: it could not be renewed, the user's own function or store
 * failed, or it took too long. It may help to try again.
 */
public final class TokenException extends BiliLiveException {
  private final Remedy remedy;
  private final long retryAfterMillis;

  /**
   * Creates the exception. Its remedy is {@link Remedy#WAIT} if there is a time to wait, else
   * {@link Remedy#GIVE_UP} if the cause's is, else {@link Remedy#RETRY}.
   *
   * @param operation what was tried, such as {@code "refreshToken"}
   * @param problem what happened, in a sentence without secrets
   * @param cause why, without secrets; null if there is nothing more to say
   * @param retryAfterMillis when it is tried again, in milliseconds from now; 0 if it may be tried
   *     at once
   */
  public TokenException(
      String operation, String problem, @Nullable Throwable cause, long retryAfterMillis) {
    super(
        operation,
        describe(
            Objects.requireNonNull(problem, "problem is null: say what happened"),
            retryAfterMillis),
        cause);
    this.retryAfterMillis = retryAfterMillis;
    remedy = remedy(cause, retryAfterMillis);
  }

  @Override
  public Remedy getRemedy() {
    return remedy;
  }

  @Override
  public long getRetryAfterMillis() {
    return retryAfterMillis;
  }

  private static Remedy remedy(@Nullable Throwable cause, long retryAfterMillis) {
    if (retryAfterMillis > 0) {
      return Remedy.WAIT;
    }
    boolean isLasting =
        cause instanceof BiliLiveException
            && ((BiliLiveException) cause).getRemedy() == Remedy.GIVE_UP;
    return isLasting ? Remedy.GIVE_UP : Remedy.RETRY;
  }

  private static String describe(String problem, long retryAfterMillis) {
    return retryAfterMillis > 0
        ? problem + "; the next attempt is due in " + (retryAfterMillis + 999) / 1000 + " s"
        : problem;
  }
}
