package io.github.bililive.sandboxtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.ManualClock;
import io.github.bililive.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureVectorsTest {
  private static final List<Integer> PAST_THE_SIGNATURE = List.of(0, 4000, 7003);

  static Stream<Arguments> vectors() throws IOException {
    try (InputStream in =
        SignatureVectorsTest.class.getResourceAsStream("/vectors/signature.json")) {
      String json = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return Json.array(Json.read(json)).stream()
          .map(vector -> Arguments.of(Json.get(vector, "name"), vector));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void theSandboxAcceptsTheSignatureOfEachVector(String name, Object vector) throws IOException {
    try (Sandbox sandbox = sandboxFor(vector)) {
      Reply reply = call(sandbox, vector).send(new OkHttpClient());
      // Bodies that are no heartbeat's are refused for that, after the signature was accepted.
      assertThat(reply.code()).as(reply.body()).isIn(PAST_THE_SIGNATURE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void theSandboxRefusesEachVectorUnderAnotherSecret(String name, Object vector)
      throws IOException {
    try (Sandbox sandbox = sandboxFor(vector, text(vector, "app_secret") + "x")) {
      assertThat(call(sandbox, vector).send(new OkHttpClient()).code()).isEqualTo(4002);
    }
  }

  private static Sandbox sandboxFor(Object vector) {
    return sandboxFor(vector, text(vector, "app_secret"));
  }

  private static Sandbox sandboxFor(Object vector, String appSecret) {
    return Sandbox.builder()
        .clientId(text(vector, "access_key_id"))
        .appSecret(appSecret)
        .clock(ManualClock.startingAt(timestamp(vector) * 1000))
        .start();
  }

  private static TestCall call(Sandbox sandbox, Object vector) {
    String body = text(vector, "body");
    TestCall call =
        body.isEmpty()
            ? TestCall.start(sandbox, timestamp(vector))
            : body.contains("conn_ids")
                ? TestCall.batchWithBody(sandbox, timestamp(vector), body)
                : TestCall.heartbeatWithBody(sandbox, timestamp(vector), body);
    return call.header("x-bili-content-md5", text(vector, "content_md5"))
        .header("x-bili-signature-nonce", text(vector, "nonce"))
        .header("x-bili-signature-version", text(vector, "signature_version"))
        .authorization(text(vector, "authorization"));
  }

  private static String text(Object vector, String name) {
    return (String) Json.get(vector, name);
  }

  private static long timestamp(Object vector) {
    return ((Double) Json.get(vector, "timestamp")).longValue();
  }
}
