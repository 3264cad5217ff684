package io.github.bililive.error;

import java.io.IOException;

/**
 * The network failed: no connection, a timeout, or one that broke before the whole answer was here.
 * The platform may or may not have carried the call out.
 */
public final class NetworkException extends BiliLiveException {
  /**
   * Creates the exception.
   *
   * @param operation the call, such as {@code "start"}
   * @param host where it was going
   * @param cause what OkHttp reported
   */
  public NetworkException(String operation, String host, IOException cause) {
    super(operation, operation + ": no answer from " + host + ": " + describe(cause), cause);
  }

  /** Returns {@link Remedy#RETRY}. */
  @Override
  public Remedy remedy() {
    return Remedy.RETRY;
  }

  private static String describe(IOException cause) {
    String type = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? type : type + " (" + cause.getMessage() + ")";
  }
}
