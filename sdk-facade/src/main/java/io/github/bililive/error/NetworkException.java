package io.github.bililive.error;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * No answer came: there was no connection, a timeout passed, the connection broke before the whole
 * answer was here, or the call was cancelled or held back. The platform may have carried the call
 * out, unless {@link #isNotCarriedOut}.
 */
public final class NetworkException extends BiliLiveException {
  /** What the JDK's TLS and Android's say of an answer in cleartext. */
  private static final Pattern NOT_TLS =
      Pattern.compile("unrecognized SSL message|plaintext connection|WRONG_VERSION_NUMBER");

  private final boolean sent;
  private final long retryAfterMillis;

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
    this(operation, host, sent, cause, 0);
  }

  /**
   * Creates the exception of a call that was not sent, since the platform wants the whole app to
   * wait.
   *
   * @param operation the call, such as {@code "start"}
   * @param host where it was going
   * @param cause why it was not sent
   * @param retryAfterMillis how long the app still has to wait, in milliseconds
   */
  public NetworkException(String operation, String host, IOException cause, long retryAfterMillis) {
    this(operation, host, false, cause, retryAfterMillis);
  }

  private NetworkException(
      String operation, String host, boolean sent, IOException cause, long retryAfterMillis) {
    super(
        operation,
        operation
            + ": no answer from "
            + Objects.requireNonNull(host, "host is null: give where the call was going")
            + ": "
            + describe(Objects.requireNonNull(cause, "cause is null: give an IOException"))
            + (sent ? "" : "; nothing was sent")
            + (retryAfterMillis > 0 ? "; try again in " + seconds(retryAfterMillis) + " s" : "")
            + check(cause),
        cause);
    this.sent = sent;
    this.retryAfterMillis = retryAfterMillis;
  }

  /**
   * Returns {@link Remedy#RETRY}; {@link Remedy#WAIT} if the whole app has to wait; {@link
   * Remedy#GIVE_UP} if the thread that waited was interrupted, as it would be again.
   */
  @Override
  public Remedy getRemedy() {
    Throwable cause = getCause();
    if (cause instanceof InterruptedIOException
        && cause.getCause() instanceof InterruptedException) {
      return Remedy.GIVE_UP;
    }
    return retryAfterMillis > 0 ? Remedy.WAIT : Remedy.RETRY;
  }

  @Override
  public long getRetryAfterMillis() {
    return retryAfterMillis;
  }

  @Override
  public boolean isForWholeApp() {
    return retryAfterMillis > 0;
  }

  /** Returns whether it failed before anything of the request had left. */
  @Override
  public boolean isNotCarriedOut() {
    return !sent;
  }

  /** Rounded up: too early is refused again. */
  private static long seconds(long millis) {
    return (millis + 999) / 1000;
  }

  private static String describe(IOException cause) {
    String type = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? type : type + " (" + cause.getMessage() + ")";
  }

  private static String check(IOException cause) {
    if (cause instanceof UnknownHostException) {
      return "; check: this machine's network and DNS";
    }
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof SSLException && NOT_TLS.matcher(message).find()) {
      return "; check: the port, and whether it speaks TLS: what it answered is not TLS";
    }
    if (cause instanceof SSLException) {
      return "; check: this machine's clock and trusted certificates, and whether a proxy"
          + " intercepts TLS";
    }
    return "";
  }
}
