package io.github.bililive.internal.http;

import io.github.bililive.SignatureVersion;
import java.util.Locale;
import okhttp3.Request;

/** The headers that make a request the app's own: what was signed, and the signature. Immutable. */
public final class SignedHeaders {
  private final String clientId;
  private final SignatureVersion version;
  private final String contentMd5;
  private final String nonce;
  private final String timestamp;
  private final String authorization;

  SignedHeaders(
      String clientId,
      SignatureVersion version,
      String contentMd5,
      String nonce,
      String timestamp,
      String authorization) {
    this.clientId = clientId;
    this.version = version;
    this.contentMd5 = contentMd5;
    this.nonce = nonce;
    this.timestamp = timestamp;
    this.authorization = authorization;
  }

  public String contentMd5() {
    return contentMd5;
  }

  public String nonce() {
    return nonce;
  }

  /** Returns the signed Unix time in seconds, as decimal digits. */
  public String timestamp() {
    return timestamp;
  }

  /** Returns the signature, in lower-case hexadecimal. */
  public String authorization() {
    return authorization;
  }

  /** Returns the text that was signed. It holds no secret. */
  public String signedText() {
    return String.format(
        Locale.ROOT,
        CanonicalText.LAYOUT,
        clientId,
        contentMd5,
        nonce,
        version.getHeaderValue(),
        timestamp);
  }

  /** Sets the seven headers on a request, in place of any it has under these names. */
  public void applyTo(Request.Builder request) {
    request
        .header("x-bili-accesskeyid", clientId)
        .header("x-bili-content-md5", contentMd5)
        .header("x-bili-signature-method", "HMAC-SHA256")
        .header("x-bili-signature-nonce", nonce)
        .header("x-bili-signature-version", version.getHeaderValue())
        .header("x-bili-timestamp", timestamp)
        .header("Authorization", authorization);
  }

  /** Returns the headers that were signed; the signature itself is a black bar. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "SignedHeaders{version=%s, contentMd5=%s, nonce=%s, timestamp=%s," + " authorization=██}",
        version,
        contentMd5,
        nonce,
        timestamp);
  }
}
