package io.github.bililive.internal.http;

import io.github.bililive.SignatureVersion;
import okhttp3.Request;

/**
 * The headers that make a request the app's own: what was signed, and the signature.
 *
 * <p>Immutable. {@link #toString} shows everything but the signature.
 */
public final class SignedHeaders {
  static final String ACCESS_KEY_ID = "x-bili-accesskeyid";
  static final String CONTENT_MD5 = "x-bili-content-md5";
  static final String METHOD = "x-bili-signature-method";
  static final String NONCE = "x-bili-signature-nonce";
  static final String VERSION = "x-bili-signature-version";
  static final String TIMESTAMP = "x-bili-timestamp";
  static final String AUTHORIZATION = "Authorization";
  static final String HMAC_SHA256 = "HMAC-SHA256";
  static final String MD5_OF_NOTHING = "d41d8cd98f00b204e9800998ecf8427e";

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

  /** Returns {@code x-bili-content-md5}: the lower-case hexadecimal MD5 of the body. */
  public String contentMd5() {
    return contentMd5;
  }

  /** Returns {@code x-bili-signature-nonce}. */
  public String nonce() {
    return nonce;
  }

  /** Returns {@code x-bili-timestamp}: Unix time in seconds, as decimal digits. */
  public String timestamp() {
    return timestamp;
  }

  /** Returns {@code Authorization}: the lower-case hexadecimal signature. */
  public String authorization() {
    return authorization;
  }

  /** Returns the text that was signed. It holds no secret. */
  public String signedText() {
    return ACCESS_KEY_ID
        + ":"
        + clientId
        + "\n"
        + CONTENT_MD5
        + ":"
        + contentMd5
        + "\n"
        + METHOD
        + ":"
        + HMAC_SHA256
        + "\n"
        + NONCE
        + ":"
        + nonce
        + "\n"
        + VERSION
        + ":"
        + version.getHeaderValue()
        + "\n"
        + TIMESTAMP
        + ":"
        + timestamp;
  }

  /** Sets the seven headers on a request, in place of any it has under these names. */
  public void applyTo(Request.Builder request) {
    request
        .header(ACCESS_KEY_ID, clientId)
        .header(CONTENT_MD5, contentMd5)
        .header(METHOD, HMAC_SHA256)
        .header(NONCE, nonce)
        .header(VERSION, version.getHeaderValue())
        .header(TIMESTAMP, timestamp)
        .header(AUTHORIZATION, authorization);
  }

  /** Returns the headers that were signed; the signature itself is a black bar. */
  @Override
  public String toString() {
    return "SignedHeaders{clientId="
        + clientId
        + ", version="
        + version
        + ", contentMd5="
        + contentMd5
        + ", nonce="
        + nonce
        + ", timestamp="
        + timestamp
        + ", authorization=██}";
  }
}
