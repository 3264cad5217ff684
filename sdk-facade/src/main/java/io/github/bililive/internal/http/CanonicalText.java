package io.github.bililive.internal.http;

import io.github.bililive.SignatureVersion;
import java.nio.charset.StandardCharsets;

/**
 * The text that is signed: the six {@code x-bili-} headers sorted by name, each {@code name:value},
 * joined by line feeds, with none at the end.
 *
 * <p>Only the MD5, the nonce and the timestamp differ from request to request, so the buffer is
 * laid out once and those three are written into it. Not safe for use by several threads.
 */
final class CanonicalText {
  /** In place of each {@code %s}: client id, MD5, nonce, version, timestamp. */
  static final String LAYOUT =
      "x-bili-accesskeyid:%s\n"
          + "x-bili-content-md5:%s\n"
          + "x-bili-signature-method:HMAC-SHA256\n"
          + "x-bili-signature-nonce:%s\n"
          + "x-bili-signature-version:%s\n"
          + "x-bili-timestamp:%s";

  private static final int MD5_LENGTH = 32;

  /** Digits that the largest {@code long} can have. */
  private static final int MAX_TIMESTAMP_LENGTH = 19;

  private final int md5At;
  private final int nonceAt;
  private final byte[] betweenNonceAndTimestamp;
  private byte[] buffer;
  private int timestampAt;
  private int length;

  CanonicalText(String clientId, SignatureVersion version) {
    String[] fixed = LAYOUT.split("%s", -1);
    String beforeMd5 = fixed[0] + clientId + fixed[1];
    String beforeNonce = fixed[2];
    betweenNonceAndTimestamp = ascii(fixed[3] + version.getHeaderValue() + fixed[4]);
    md5At = beforeMd5.length();
    nonceAt = md5At + MD5_LENGTH + beforeNonce.length();
    buffer = ascii(beforeMd5 + new String(new char[MD5_LENGTH]) + beforeNonce);
  }

  /** Lays out one request: its body's 16-byte MD5, its nonce (ASCII) and its Unix time. */
  void write(byte[] md5, String nonce, long epochSeconds) {
    int afterNonce = nonceAt + nonce.length();
    timestampAt = afterNonce + betweenNonceAndTimestamp.length;
    if (buffer.length < timestampAt + MAX_TIMESTAMP_LENGTH) {
      byte[] larger = new byte[timestampAt + MAX_TIMESTAMP_LENGTH];
      System.arraycopy(buffer, 0, larger, 0, nonceAt);
      buffer = larger;
    }
    Hex.write(md5, 16, buffer, md5At);
    for (int i = 0; i < nonce.length(); i++) {
      buffer[nonceAt + i] = (byte) nonce.charAt(i);
    }
    System.arraycopy(
        betweenNonceAndTimestamp, 0, buffer, afterNonce, betweenNonceAndTimestamp.length);
    length = timestampAt + writeDecimal(epochSeconds, timestampAt);
  }

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  String md5() {
    return text(md5At, MD5_LENGTH);
  }

  String timestamp() {
    return text(timestampAt, length - timestampAt);
  }

  private String text(int from, int count) {
    return new String(buffer, from, count, StandardCharsets.ISO_8859_1);
  }

  /** Writes a number and returns how many digits it took. */
  private int writeDecimal(long value, int at) {
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    for (int i = at + digits - 1; i >= at; i--) {
      buffer[i] = (byte) ('0' + value % 10);
      value /= 10;
    }
    return digits;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
