package io.github.bililive.internal.http;

import io.github.bililive.Credentials;
import io.github.bililive.SignatureVersion;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes the platform's signature: a pure function of credentials, body, time and nonce.
 *
 * <p>Three stages, as the <a
 * href="https://open.bilibili.com/doc/4/8673959e-f7bb-56e6-6e68-d225f971b81b">official pages</a>
 * have them: the MD5 of the body, the {@linkplain CanonicalText text to sign}, and the HMAC-SHA256
 * of that text under the app secret.
 *
 * <p>Safe for use by several threads and free of locks: digests, whose set-up costs more than their
 * use, are kept between calls in one slot. A thread that finds the slot empty makes its own.
 */
public final class RequestSigner {
  private static final int HMAC_BYTES = 32;

  private final Credentials credentials;
  private final SignatureVersion version;
  private final AtomicReference<Stages> idle = new AtomicReference<>();

  /** Creates a signer for one app; fails at once if this JVM lacks a digest. */
  public RequestSigner(Credentials credentials, SignatureVersion version) {
    this.credentials = credentials;
    this.version = version;
    idle.set(new Stages(credentials, version));
  }

  /**
   * Signs one request. The same arguments always give the same headers.
   *
   * @param body the exact bytes that will be sent; empty for no body
   * @param epochSeconds Unix time in seconds, not before 1970; the platform accepts 10 minutes to
   *     either side of its own clock
   * @param nonce printable ASCII that no request of this app has carried before
   */
  public SignedHeaders sign(byte[] body, long epochSeconds, String nonce) {
    Stages stages = idle.getAndSet(null);
    if (stages == null) {
      stages = new Stages(credentials, version);
    }
    stages.canonicalize(body, epochSeconds, nonce);
    SignedHeaders headers =
        new SignedHeaders(
            credentials.getClientId(),
            version,
            stages.text.md5(),
            nonce,
            stages.text.timestamp(),
            stages.authorization());
    idle.set(stages);
    return headers;
  }

  /** The digests and buffers of one signature at a time. Owned by the thread that took it. */
  private static final class Stages {
    final CanonicalText text;
    private final MessageDigest md5;
    private final Mac hmac;
    private final byte[] digest = new byte[HMAC_BYTES];
    private final byte[] hex = new byte[2 * HMAC_BYTES];

    Stages(Credentials credentials, SignatureVersion version) {
      text = new CanonicalText(credentials.getClientId(), version);
      try {
        md5 = MessageDigest.getInstance("MD5");
        hmac = Mac.getInstance("HmacSHA256");
        byte[] key = credentials.getAppSecret().getBytes(StandardCharsets.UTF_8);
        hmac.init(new SecretKeySpec(key, "HmacSHA256"));
      } catch (InvalidKeyException e) {
        // The cause is left out: a provider may put the key into its message.
        throw new IllegalStateException("this JVM refuses the app secret as an HmacSHA256 key");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JVM lacks MD5 or HmacSHA256", e);
      }
    }

    void canonicalize(byte[] body, long epochSeconds, String nonce) {
      try {
        md5.update(body, 0, body.length);
        md5.digest(digest, 0, digest.length);
      } catch (java.security.DigestException e) {
        throw new IllegalStateException(e);
      }
      text.write(digest, nonce, epochSeconds);
    }

    String authorization() {
      try {
        hmac.update(text.buffer(), 0, text.length());
        hmac.doFinal(digest, 0);
      } catch (ShortBufferException e) {
        throw new IllegalStateException(e);
      }
      Hex.write(digest, HMAC_BYTES, hex, 0);
      return new String(hex, StandardCharsets.ISO_8859_1);
    }
  }
}
