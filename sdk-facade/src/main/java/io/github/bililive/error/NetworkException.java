package io.github.bililive.error;

import java.io.IOException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/**
 * The network failed: no connection, a timeout, or one that broke before the whole answer was here.
 * The platform may or may not have carried the call out; {@link #isNotCarriedOut} tells when it
 * certainly has not.
 */
public final class NetworkException extends BiliLiveException {
  private final boolean sent;

  /**
   * Creates the exception.
   *
   * @param operation the call, such as {@code "start"}
   * @param host where it was going
   * @param cause what OkHttp reported
   */
  public NetworkException(String operation, String host, IOException cause) {
    this(operation, host, true, cause);
  }

  /**
   * Creates the exception.
   *
   * @param operation the call, such as {@code "start"}
   * @param host where it was going
   * @param sent whether any of the request may have left this machine
   * @param cause what OkHttp reported
   */
  public NetworkException(String operation, String host, boolean sent, IOException cause) {
    super(
        operation,
        operation
            + ": no answer from "
            + host
            + ": "
            + describe(cause)
            + (sent ? "" : "; nothing was sent")
            + check(cause),
        cause);
    this.sent = sent;
  }

  /** Returns {@link Remedy#RETRY}. */
  @Override
  public Remedy getRemedy() {
    return Remedy.RETRY;
  }

  /** Returns whether it failed before anything of the request had left. */
  @Override
  public boolean isNotCarriedOut() {
    return !sent;
  }

  private static String describe(IOException cause) {
    String type = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? type : type + " (" + cause.getMessage() + ")";
  }

  private static String check(IOException cause) {
    if (cause instanceof UnknownHostException) {
      return "; check: this machine's network and DNS";
    }
    if (cause instanceof SSLException) {
      return "; check: this machine's clock and trusted certificates, and whether a proxy"
          + " intercepts TLS";
    }
    return "";
  }
}
