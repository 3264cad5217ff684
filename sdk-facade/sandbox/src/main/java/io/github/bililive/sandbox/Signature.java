package io.github.bililive.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.Headers;

/** The platform's signature, worked out from its documentation and nothing else. */
final class Signature {
  static final String ACCESS_KEY_ID = "x-bili-accesskeyid";
  static final String CONTENT_MD5 = "x-bili-content-md5";
  static final String METHOD = "x-bili-signature-method";
  static final String NONCE = "x-bili-signature-nonce";
  static final String VERSION = "x-bili-signature-version";
  static final String TIMESTAMP = "x-bili-timestamp";

  /** Sorted by name, which is the order in which they are signed. */
  static final List<String> SIGNED =
      List.of(ACCESS_KEY_ID, CONTENT_MD5, METHOD, NONCE, VERSION, TIMESTAMP);

  private Signature() {}

  static String md5(byte[] body) {
    try {
      return hex(MessageDigest.getInstance("MD5").digest(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no MD5", e);
    }
  }

  /** Returns the text that is signed. */
  static String text(Headers headers) {
    StringBuilder text = new StringBuilder();
    for (String name : SIGNED) {
      text.append(text.length() == 0 ? "" : "\n")
          .append(name)
          .append(':')
          .append(Objects.requireNonNullElse(headers.get(name), "—"));
    }
    return text.toString();
  }

  static String of(Headers headers, String appSecret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(appSecret.getBytes(UTF_8), "HmacSHA256"));
      return hex(mac.doFinal(text(headers).getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
