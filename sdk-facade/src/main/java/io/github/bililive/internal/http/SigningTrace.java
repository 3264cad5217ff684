package io.github.bililive.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * What was signed for a call's last attempt, and what its answer says of the time. Rides on the
 * request as a tag, out of sight of the user's interceptors; {@link SigningInterceptor} writes it.
 *
 * <p>Owned by the thread that runs the call.
 */
public final class SigningTrace {
  private @Nullable SignedHeaders signed;
  private @Nullable TimeSample sample;

  /** Creates a trace of nothing. */
  public SigningTrace() {}

  void sending(SignedHeaders headers) {
    signed = headers;
    sample = null;
  }

  void answered(@Nullable TimeSample told) {
    sample = told;
  }

  /**
   * Returns whether any of the request may have left this machine, in any attempt: signing is the
   * last thing before that.
   */
  public boolean isSent() {
    return signed != null;
  }

  /** Returns the text that was signed, which holds no secret; empty if nothing was. */
  public String signedText() {
    return signed == null ? "" : signed.signedText();
  }

  /** Returns what the last answer says of the time, null if it says nothing that counts. */
  public @Nullable TimeSample sample() {
    return sample;
  }

  /** Nothing: a tag is printed with its request. */
  @Override
  public String toString() {
    return "SigningTrace";
  }
}
