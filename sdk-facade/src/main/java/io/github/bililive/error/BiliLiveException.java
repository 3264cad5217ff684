package io.github.bililive.error;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The root of all that can go wrong in talking to the platform.
 *
 * <p>There are three kinds: the platform refused ({@link PlatformException}), its answer was not
 * understood ({@link InvalidResponseException}), the network failed ({@link NetworkException}). No
 * message holds the app secret, an access token, a signature or an auth body.
 */
public abstract class BiliLiveException extends RuntimeException implements Cloneable {
  private final String operation;

  BiliLiveException(String operation, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.operation = operation;
  }

  /**
   * Returns a failure as one of the calling thread: a copy with the stack trace of this call, in
   * which the original is suppressed. A blocking call that waits for another thread throws such a
   * copy, so that its stack trace shows who made the call.
   */
  public static BiliLiveException onThisThread(BiliLiveException failure) {
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

  /** Returns what can be done about it. */
  public abstract Remedy getRemedy();

  /**
   * Returns how long to wait before the same call can succeed, in milliseconds; 0 where that is
   * left to the caller's back-off, or where waiting does not help. What the answer itself asks for
   * ({@code Retry-After}) goes before what the SDK's table says.
   */
  public long getRetryAfterMillis() {
    return 0;
  }

  /**
   * Returns whether the platform certainly did not carry the call out, so that making it again
   * cannot do it twice. False if it may have: of a {@code start}, another would then take a second
   * of the room's five places.
   */
  public boolean isNotCarriedOut() {
    return false;
  }
}
