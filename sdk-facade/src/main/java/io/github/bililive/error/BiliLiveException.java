package io.github.bililive.error;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of all that can go wrong in talking to the platform. Unchecked: callbacks and lambdas
 * may let it pass.
 *
 * <ul>
 *   <li>{@link PlatformException}: the platform understood the call and refused it.
 *   <li>{@link InvalidResponseException}: an answer came that is not the platform's, or that lacks
 *       what it must have.
 *   <li>{@link NetworkException}: no answer came.
 *   <li>{@link TokenException}: there is no access token at the moment.
 *   <li>{@link TokenStoreException}: the user's token store failed.
 *   <li>{@link SourceException}: the app's own source of connections has none.
 *   <li>{@link AuthorisationRequiredException}: the broadcaster must authorise the app again.
 *   <li>{@link AuthorisationRefusedException}: the broadcaster was asked, and did not authorise it.
 * </ul>
 *
 * <p>No message holds the app secret, an access or refresh token, a signature or an auth body.
 */
public abstract class BiliLiveException extends RuntimeException implements Cloneable {
  private final String operation;

  BiliLiveException(String operation, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.operation =
        Objects.requireNonNull(operation, "operation is null: give one such as \"start\"");
  }

  /**
   * Returns a failure as one of the calling thread: a copy with the stack trace of this call, in
   * which the original is suppressed. A blocking call that waits for another thread throws such a
   * copy, so that its stack trace shows who made the call.
   */
  public static BiliLiveException onThisThread(BiliLiveException failure) {
    Objects.requireNonNull(failure, "failure is null: give the one that the callback heard");
    BiliLiveException copy;
    try {
      copy = (BiliLiveException) failure.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e); // It is supported.
    }
    StackTraceElement[] here = new Throwable().getStackTrace();
    copy.setStackTrace(Arrays.copyOfRange(here, 1, here.length));
    copy.addSuppressed(failure);
    return copy;
  }

  /** Returns the call that failed, as the API names it, such as {@code "start"}. */
  public String getOperation() {
    return operation;
  }

  /** Returns what a program can do about it. */
  public abstract Remedy getRemedy();

  /**
   * Returns how long to wait before the same call can succeed, in milliseconds. It is 0 if the
   * caller's back-off decides, or if waiting does not help. If the answer asks for a time ({@code
   * Retry-After}), that is returned; else the time in the SDK's table.
   */
  public long getRetryAfterMillis() {
    return 0;
  }

  /**
   * Returns whether that wait is for all calls of the app: after a rate limit, a quota, HTTP 429 or
   * a {@code Retry-After}. If false, only the room or the call that failed has to wait.
   */
  public boolean isForWholeApp() {
    return false;
  }

  /**
   * Returns true if the platform certainly did not carry the call out: then it is safe to make it
   * again. False if it may have: a second {@code start} might take a second of the room's five
   * places.
   */
  public boolean isNotCarriedOut() {
    return false;
  }
}
