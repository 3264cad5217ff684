package io.github.bililive;

/** The versions of the platform's signature, sent as {@code x-bili-signature-version}. */
public enum SignatureVersion {
  /** Version {@code 1.0}: legacy. */
  V1_0("1.0"),

  /** Version {@code 2.0}: goes with the {@code access-token} header. The default. */
  V2_0("2.0");

  private final String headerValue;

  SignatureVersion(String headerValue) {
    this.headerValue = headerValue;
  }

  /** Returns the text that is sent and signed, such as {@code "2.0"}. */
  public String getHeaderValue() {
    return headerValue;
  }

  /** Returns the text that is sent and signed. */
  @Override
  public String toString() {
    return headerValue;
  }
}
