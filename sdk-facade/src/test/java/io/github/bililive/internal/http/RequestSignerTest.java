package io.github.bililive.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonReader;
import io.github.bililive.Credentials;
import io.github.bililive.SignatureVersion;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.Request;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSignerTest {
  private static final byte[] NO_BODY = {};
  private static final String NONCE = "ad184c09-095f-91c3-0849-230dd3744045";
  private static final long NOW = 1_624_594_467;

  private final RequestSigner signer =
      new RequestSigner(Credentials.of("example-client", "example-secret"), SignatureVersion.V2_0);

  /** One entry of signature.json. */
  record Vector(Map<?, ?> values) {
    String text(String name) {
      return (String) Objects.requireNonNull(values.get(name), name);
    }

    byte[] body() {
      return text("body").getBytes(UTF_8);
    }

    long timestamp() {
      return ((Double) Objects.requireNonNull(values.get("timestamp"))).longValue();
    }

    Credentials credentials() {
      return Credentials.of(text("access_key_id"), text("app_secret"));
    }

    SignatureVersion version() {
      return Stream.of(SignatureVersion.values())
          .filter(version -> version.getHeaderValue().equals(text("signature_version")))
          .findFirst()
          .orElseThrow();
    }

    SignedHeaders sign(RequestSigner with) {
      return with.sign(body(), timestamp(), text("nonce"));
    }

    @Override
    public String toString() {
      return text("name");
    }
  }

  static List<Vector> vectors() throws IOException {
    try (InputStream in = RequestSignerTest.class.getResourceAsStream("/vectors/signature.json")) {
      JsonReader reader = JsonReader.of(new Buffer().readFrom(Objects.requireNonNull(in)));
      List<Vector> vectors = new ArrayList<>();
      for (Object entry : (List<?>) Objects.requireNonNull(reader.readJsonValue())) {
        vectors.add(new Vector((Map<?, ?>) entry));
      }
      assertThat(vectors).hasSizeGreaterThanOrEqualTo(5);
      return vectors;
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theMd5IsTheVectors(Vector vector) {
    assertThat(vector.sign(signer).contentMd5()).isEqualTo(vector.text("content_md5"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theTextThatIsSignedIsTheVectors(Vector vector) {
    RequestSigner own = new RequestSigner(vector.credentials(), vector.version());

    assertThat(vector.sign(own).signedText()).isEqualTo(vector.text("string_to_sign"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theSignatureAndAllHeadersAreTheVectors(Vector vector) {
    SignedHeaders headers = vector.sign(new RequestSigner(vector.credentials(), vector.version()));

    assertThat(headers.authorization()).isEqualTo(vector.text("authorization"));
    Request.Builder request = new Request.Builder().url("https://example.com/");
    headers.applyTo(request);
    StringBuilder signed = new StringBuilder();
    request
        .build()
        .headers()
        .forEach(
            header -> {
              if (!header.getFirst().equals("Authorization")) {
                signed.append(header.getFirst() + ":" + header.getSecond() + "\n");
              }
            });
    assertThat(signed.toString()).isEqualTo(vector.text("string_to_sign") + "\n");
    assertThat(request.build().header("Authorization")).isEqualTo(vector.text("authorization"));
  }

  @Test
  void oneSignerGivesTheSameResultsAgainWhateverItSignedInBetween() throws IOException {
    for (int round = 0; round < 3; round++) {
      for (Vector vector : vectors()) {
        if (!vector.text("app_secret").equals("example-secret")) {
          continue;
        }
        signer.sign(new byte[5_000], Long.MAX_VALUE, "n".repeat(3_000));
        signer.sign(NO_BODY, 0, "x");
        assertThat(vector.sign(signer).authorization()).isEqualTo(vector.text("authorization"));
      }
    }
  }

  @Test
  void oneSignerGivesSeveralThreadsTheRightResults() throws Exception {
    List<Vector> vectors =
        vectors().stream().filter(v -> v.text("app_secret").equals("example-secret")).toList();
    assertThat(vectors).hasSizeGreaterThan(1);
    Callable<Integer> sign =
        () -> {
          int wrong = 0;
          for (int i = 0; i < 2_000; i++) {
            Vector vector = vectors.get(i % vectors.size());
            SignedHeaders headers = vector.sign(signer);
            if (!headers.authorization().equals(vector.text("authorization"))
                || !headers.contentMd5().equals(vector.text("content_md5"))
                || !headers.nonce().equals(vector.text("nonce"))) {
              wrong++;
            }
          }
          return wrong;
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Integer> wrong : threads.invokeAll(List.of(sign, sign, sign, sign))) {
        assertThat(wrong.get()).isZero();
      }
    } finally {
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 35, 36, 37, 1_000, 20_000})
  void aNonceMayBeShortOrLong(int length) throws Exception {
    String nonce = "n".repeat(length);

    SignedHeaders headers = signer.sign(NO_BODY, NOW, nonce);

    assertThat(headers.signedText())
        .isEqualTo(
            "x-bili-accesskeyid:example-client\n"
                + "x-bili-content-md5:d41d8cd98f00b204e9800998ecf8427e\n"
                + "x-bili-signature-method:HMAC-SHA256\n"
                + "x-bili-signature-nonce:"
                + nonce
                + "\nx-bili-signature-version:2.0\n"
                + "x-bili-timestamp:1624594467");
    assertThat(headers.nonce()).isEqualTo(nonce);
    assertThat(headers.authorization()).isEqualTo(signatureOf(headers));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 999_999_999, 1_000_000_000, Long.MAX_VALUE})
  void aTimestampIsWrittenInDecimalDigits(long epochSeconds) throws Exception {
    signer.sign(NO_BODY, Long.MAX_VALUE, NONCE);

    SignedHeaders headers = signer.sign(NO_BODY, epochSeconds, NONCE);

    assertThat(headers.timestamp()).isEqualTo(Long.toString(epochSeconds));
    assertThat(headers.signedText()).endsWith("\nx-bili-timestamp:" + epochSeconds);
    assertThat(headers.authorization()).isEqualTo(signatureOf(headers));
  }

  @Test
  void bodyTimeNonceSecretClientIdAndVersionAllChangeTheSignature() {
    Credentials otherSecret = Credentials.of("example-client", "example-secret2");
    Credentials otherId = Credentials.of("example-client2", "example-secret");

    assertThat(
            Stream.of(
                signer.sign(NO_BODY, NOW, NONCE),
                signer.sign(new byte[1], NOW, NONCE),
                signer.sign(NO_BODY, NOW + 1, NONCE),
                signer.sign(NO_BODY, NOW, NONCE + "0"),
                new RequestSigner(otherSecret, SignatureVersion.V2_0).sign(NO_BODY, NOW, NONCE),
                new RequestSigner(otherId, SignatureVersion.V2_0).sign(NO_BODY, NOW, NONCE),
                new RequestSigner(
                        Credentials.of("example-client", "example-secret"), SignatureVersion.V1_0)
                    .sign(NO_BODY, NOW, NONCE)))
        .extracting(SignedHeaders::authorization)
        .doesNotHaveDuplicates();
  }

  @Test
  void aNonceMayBeALittleLongerThanTheOneBefore() {
    Credentials credentials = Credentials.of("client", "hush");
    RequestSigner used = new RequestSigner(credentials, SignatureVersion.V2_0);
    String nonce = "0123456789";
    for (int i = 0; i < 60; i++) {
      used.sign(new byte[0], Long.MAX_VALUE, nonce);
      nonce += "n";

      assertThat(used.sign(new byte[0], Long.MAX_VALUE, nonce).authorization())
          .isEqualTo(
              new RequestSigner(credentials, SignatureVersion.V2_0)
                  .sign(new byte[0], Long.MAX_VALUE, nonce)
                  .authorization());
    }
  }

  @Test
  void signingLeavesTheBodyAsItIs() {
    byte[] body = "{\"conn_id\":\"1\"}".getBytes(UTF_8);

    signer.sign(body, NOW, NONCE);

    assertThat(body).isEqualTo("{\"conn_id\":\"1\"}".getBytes(UTF_8));
  }

  /** What the signature is, by the JDK and the text that an error would show. */
  private static String signatureOf(SignedHeaders headers) throws GeneralSecurityException {
    Mac hmac = Mac.getInstance("HmacSHA256");
    hmac.init(new SecretKeySpec("example-secret".getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(hmac.doFinal(headers.signedText().getBytes(UTF_8)));
  }
}
