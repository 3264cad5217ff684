package io.github.bililive.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The app's {@code ConnectionSource} has no connection: it failed, its server's answer could not be
 * read, or the server could not start one. If the server says with which code the platform refused,
 * there is a {@link PlatformException} in place of this.
 */
public final class SourceException extends BiliLiveException {
  private final Remedy remedy;
  private final long retryAfterMillis;
  private final boolean notCarriedOut;

  /**
   * Creates the exception of a source that failed.
   *
   * @param problem what happened, in a sentence without secrets
   * @param cause why; null if there is nothing more to say
   * @param remedy what can be done, such as {@link Remedy#RETRY}; {@link Remedy#SIGN_IN_AGAIN} and
   *     {@link Remedy#GIVE_UP} end the room
   */
  public SourceException(String problem, @Nullable Throwable cause, Remedy remedy) {
    this(problem, cause, remedy, 0, true);
  }

  /**
   * Creates the exception of a server that has no connection.
   *
   * @param problem what happened, in a sentence without secrets
   * @param cause why; null if there is nothing more to say
   * @param remedy what can be done
   * @param retryAfterMillis how long to wait at least, in milliseconds
   * @param notCarriedOut whether the platform certainly started no connection that is not kept for
   *     the next question
   */
  public SourceException(
      String problem,
      @Nullable Throwable cause,
      Remedy remedy,
      long retryAfterMillis,
      boolean notCarriedOut) {
    super("start", Objects.requireNonNull(problem, "problem is null: say what happened"), cause);
    this.remedy = Objects.requireNonNull(remedy, "remedy is null: give RETRY");
    this.retryAfterMillis = retryAfterMillis;
    this.notCarriedOut = notCarriedOut;
  }

  @Override
  public Remedy getRemedy() {
    return remedy;
  }

  @Override
  public long getRetryAfterMillis() {
    return retryAfterMillis;
  }

  /** Returns true for a source that failed: asked again, it gives the same connection. */
  @Override
  public boolean isNotCarriedOut() {
    return notCarriedOut;
  }
}
