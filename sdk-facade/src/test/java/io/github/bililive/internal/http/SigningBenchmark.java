package io.github.bililive.internal.http;

import io.github.bililive.Credentials;
import io.github.bililive.SignatureVersion;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it costs to sign one heartbeat: with the SDK, nonce included; beside the bare digests of the
 * same bytes, which nobody can undercut; and beside the usual way of Java clients.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SigningBenchmark {
  private static final long EPOCH_SECONDS = 1_760_000_000;
  private static final String SECRET = "example-secret";

  private final byte[] body =
      "{\"conn_id\":\"00000000-0000-0000-0000-000000000000\"}".getBytes(StandardCharsets.UTF_8);
  private final RequestSigner signer =
      new RequestSigner(Credentials.of("example-client", SECRET), SignatureVersion.V2_0);
  private final NonceSource nonces = new NonceSource();
  private final byte[] textToSign =
      signer
          .sign(body, EPOCH_SECONDS, nonces.next())
          .signedText()
          .getBytes(StandardCharsets.ISO_8859_1);
  private MessageDigest md5;
  private Mac hmac;

  /** Sets up the digests that {@link #bareDigests} keeps. */
  @Setup
  public void keyDigests() throws GeneralSecurityException {
    md5 = MessageDigest.getInstance("MD5");
    hmac = Mac.getInstance("HmacSHA256");
    hmac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
  }

  /** The SDK, with a fresh nonce. */
  @Benchmark
  public SignedHeaders sdk() {
    return signer.sign(body, EPOCH_SECONDS, nonces.next());
  }

  /** MD5 of the body and HMAC-SHA256 of a text as long as the signed one, and nothing else. */
  @Benchmark
  public void bareDigests(Blackhole blackhole) {
    blackhole.consume(md5.digest(body));
    blackhole.consume(hmac.doFinal(textToSign));
  }

  /** As Java clients usually do it: everything anew for each call. */
  @Benchmark
  public String usualWay() throws GeneralSecurityException {
    String contentMd5 = hex(MessageDigest.getInstance("MD5").digest(body));
    String text =
        "x-bili-accesskeyid:example-client\n"
            + "x-bili-content-md5:"
            + contentMd5
            + "\nx-bili-signature-method:HMAC-SHA256\nx-bili-signature-nonce:"
            + UUID.randomUUID()
            + "\nx-bili-signature-version:2.0\nx-bili-timestamp:"
            + EPOCH_SECONDS;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return hex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder();
    for (byte b : bytes) {
      hex.append(String.format("%02x", b));
    }
    return hex.toString();
  }
}
