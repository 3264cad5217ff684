package io.github.bililive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.mockwebserver.RecordedRequest;

/** Checks what reached a server, from the platform's documentation and without the SDK's signer. */
public final class WireSignature {
  private WireSignature() {}

  /** Checks MD5 and signature of a request by the app of {@link ServerTestCase}. */
  public static void assertSigned(RecordedRequest request) throws GeneralSecurityException {
    byte[] body = bodyOf(request);
    assertThat(request.getHeaders().values("x-bili-content-md5"))
        .containsExactly(hex(MessageDigest.getInstance("MD5").digest(body)));
    String text =
        Stream.of(
                "x-bili-accesskeyid",
                "x-bili-content-md5",
                "x-bili-signature-method",
                "x-bili-signature-nonce",
                "x-bili-signature-version",
                "x-bili-timestamp")
            .map(name -> name + ":" + single(request, name))
            .collect(Collectors.joining("\n"));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(ServerTestCase.APP_SECRET.getBytes(UTF_8), "HmacSHA256"));
    assertThat(request.getHeaders().values("Authorization"))
        .containsExactly(hex(mac.doFinal(text.getBytes(UTF_8))));
  }

  /** Returns the body's bytes, which can be asked for again. */
  public static byte[] bodyOf(RecordedRequest request) {
    return request.getBody().clone().readByteArray();
  }

  /** Returns the value of a header that must be there once. */
  public static String single(RecordedRequest request, String name) {
    assertThat(request.getHeaders().values(name)).as(name).hasSize(1);
    return request.getHeaders().values(name).get(0);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
