package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.SeenRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCheckTest extends SandboxTestCase {
  @Test
  void aSignedStartIsAnsweredWithAnIdAnAuthBodyAndSeveralLinks() throws IOException {
    Reply reply = send(start());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).startsWith("application/json");
    assertThat(reply.envelope()).containsKeys("code", "message", "request_id", "ttl", "data");
    assertThat(reply.code()).isZero();
    assertThat(reply.message()).isEqualTo("0");
    assertThat((String) Json.get(reply.data(), "conn_id")).hasSize(36);
    Map<String, Object> info = Json.object(Json.get(reply.data(), "websocket_info"));
    assertThat((String) Json.get(info, "auth_body")).contains("\"key\":\"sandbox-auth-key-");
    assertThat(Json.array(Json.get(info, "wss_link")))
        .hasSizeGreaterThan(1)
        .allMatch(link -> ((String) link).startsWith("ws://127.0.0.1:"));
    assertThat(sandbox.refusals()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Accept, 4013",
    "Content-Type, 4011",
    "x-bili-content-md5, 4012",
    "x-bili-signature-method, 4005",
    "x-bili-signature-version, 4006",
    "x-bili-timestamp, 4003",
    "x-bili-accesskeyid, 4001",
    "x-bili-signature-nonce, 4000",
    "access-token, 127000",
  })
  void aMissingHeaderIsNamed(String name, int code) throws IOException {
    assertRefused(start().without(name), code, name + " is missing");
  }

  @Test
  void aMissingSignatureIsNamed() throws IOException {
    assertRefused(start().authorization(""), 4002, "Authorization is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "Accept, */*, 4013",
    "Accept, 'application/json, text/html', 4013",
    "Content-Type, application/json; charset=utf-8, 4011",
    "Content-Type, Application/JSON, 4011",
    "Content-Type, text/plain, 4011",
    "x-bili-content-md5, D41D8CD98F00B204E9800998ECF8427E, 4012",
    "x-bili-content-md5, 9dcedc5da2f763bee796013492863656, 4012",
    "x-bili-signature-method, HMAC-SHA1, 4005",
    "x-bili-signature-method, hmac-sha256, 4005",
    "x-bili-signature-version, 2, 4006",
    "x-bili-signature-version, 3.0, 4006",
    "x-bili-timestamp, soon, 4003",
    "x-bili-timestamp, -1760000000, 4003",
    "x-bili-timestamp, 1760000000000, 4003",
    "x-bili-accesskeyid, another-client, 127004",
    "access-token, '', 127000",
    "access-token, another-token, 127001",
  })
  void aWrongHeaderHasItsCode(String name, String value, int code) throws IOException {
    assertRefused(start().header(name, value), code, name);
  }

  @ParameterizedTest
  @CsvSource({"x-bili-timestamp, 4003", "x-bili-accesskeyid, 4001", "access-token, 127001"})
  void aHeaderSentTwiceIsRefused(String name, int code) throws IOException {
    assertRefused(start().twice(name, "again"), code, name + " is sent 2 times");
  }

  @Test
  void theLegacyVersionIsAccepted() throws IOException {
    assertThat(send(start().header("x-bili-signature-version", "1.0")).code()).isZero();
  }

  @Test
  void aSignatureWithAnotherSecretIsRefused() throws IOException {
    assertRefused(start().secret("another"), 4002, "Authorization");
  }

  @Test
  void aSignatureInUpperCaseIsRefused() throws IOException {
    String signature = String.valueOf(start().request().header("Authorization"));
    assertRefused(start().authorization(signature.toUpperCase()), 4002, "Authorization");
  }

  @Test
  void otherBytesThanTheSignedOnesAreRefused() throws IOException {
    String id = startedId();
    assertRefused(
        heartbeat(id).bodySent("{\"conn_id\": \"" + id + "\"}"), 4012, "x-bili-content-md5");
  }

  @ParameterizedTest
  @ValueSource(longs = {-600, 600})
  void aTimestampAtTheToleranceIsAccepted(long seconds) throws IOException {
    String timestamp = Long.toString(timestamp() + seconds);
    assertThat(send(start().header("x-bili-timestamp", timestamp)).code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"-601, behind", "601, ahead of"})
  void aTimestampBeyondTheToleranceIsRefused(long seconds, String where) throws IOException {
    String timestamp = Long.toString(timestamp() + seconds);
    assertRefused(
        start().header("x-bili-timestamp", timestamp), 4003, "601 s " + where + " the platform");
  }

  @Test
  void aShiftOfTheWallClockMakesTimestampsStale() throws IOException {
    TestCall call = start();
    clock.shiftWall(Duration.ofMinutes(11));
    assertRefused(call, 4003, "660 s behind");
  }

  @Test
  void aNonceWorksOnce() throws IOException {
    TestCall call = heartbeat(startedId());
    assertThat(send(call).code()).isZero();
    assertRefused(call, 4004, "x-bili-signature-nonce");
  }

  @Test
  void aNonceIsRememberedForAsLongAsItsTimestampCouldBeAccepted() throws IOException {
    TestCall call = start().header("x-bili-timestamp", Long.toString(timestamp() + 600));
    assertThat(send(call).code()).isZero();
    clock.advance(Duration.ofMinutes(20));
    assertRefused(call, 4004, "x-bili-signature-nonce");
    clock.advance(Duration.ofSeconds(1));
    assertRefused(call, 4003, "x-bili-timestamp");
  }

  @Test
  void aRequestRefusedForItsSignatureUsesUpNoNonce() throws IOException {
    TestCall call = start();
    assertThat(send(call.secret("another")).code()).isEqualTo(4002);
    assertThat(send(call.secret(sandbox.appSecret())).code()).isZero();
  }

  @Test
  void onlyPostIsAnInterface() throws IOException {
    assertRefused(start().method("GET"), 4010, "POST");
    assertRefused(start().method("PUT"), 4010, "POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/arcopen/fn/live/room/ws-end", "/arcopen/fn/live/room/ws-start/"})
  void anUnknownPathIsNoInterface(String path) throws IOException {
    assertRefused(start().target(path), 4010, "no such interface");
  }

  @Test
  void aStartHasNoQueryAndNoBody() throws IOException {
    assertRefused(
        start().target(Endpoint.START.path() + "?client_id=" + sandbox.clientId()),
        4000,
        "query must be empty");
    assertRefused(
        TestCall.heartbeatWithBody(sandbox, timestamp(), "{}")
            .target(Endpoint.START.path())
            .header("access-token", sandbox.accessToken()),
        4000,
        "body must be empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?client_id=another-client",
        "?client_id=sandbox-client&client_id=sandbox-client",
        "?client_id=sandbox-client&debug=1",
      })
  void aHeartbeatNamesTheAppInItsQueryAndNothingElse(String query) throws IOException {
    assertRefused(
        heartbeat(startedId()).target(Endpoint.HEARTBEAT.path() + query), 4000, "client_id");
  }

  @Test
  void aHeartbeatNeedsNoAccessTokenButRefusesAWrongOne() throws IOException {
    String id = startedId();
    assertThat(send(heartbeat(id)).code()).isZero();
    assertThat(send(heartbeat(id).header("access-token", "")).code()).isZero();
    assertThat(send(heartbeat(id).header("access-token", sandbox.accessToken())).code()).isZero();
    assertRefused(heartbeat(id).header("access-token", "another"), 127001, "access-token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"conn_id\":null}",
        "{\"conn_id\":\"\"}",
        "{\"conn_id\":7}",
        "{\"conn_id\":[\"a\"]}",
        "{\"conn_id\":\"a\"",
        "{\"conn_id\":\"a\",\"conn_id\":\"b\"}",
        "{\"conn_id\":\"a\",\"debug\":1}",
        "{\"conn_id\":\"a\"}{}",
        "{'conn_id':'a'}",
        "{\"conn_ids\":[\"a\"]}",
      })
  void aHeartbeatsBodyIsOneIdAndNothingElse(String body) throws IOException {
    assertThat(send(TestCall.heartbeatWithBody(sandbox, timestamp(), body)).code()).isEqualTo(4000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"conn_ids\":[]}",
        "{\"conn_ids\":null}",
        "{\"conn_ids\":\"a\"}",
        "{\"conn_ids\":[1]}",
        "{\"conn_ids\":[null]}",
        "{\"conn_ids\":[\"\"]}",
        "{\"conn_ids\":[\"a\",]}",
        "{\"conn_id\":\"a\"}",
      })
  void aBatchsBodyIsAListOfIds(String body) throws IOException {
    assertThat(send(TestCall.batchWithBody(sandbox, timestamp(), body)).code()).isEqualTo(4000);
  }

  private void assertRefused(TestCall call, int code, String inMessage) throws IOException {
    Reply reply = send(call);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.code()).as(reply.body()).isEqualTo(code);
    assertThat(reply.message()).contains(inMessage);
    assertThat(reply.envelope()).containsEntry("data", null);
    assertThat(reply.body()).doesNotContain(sandbox.appSecret(), sandbox.accessToken());
    SeenRequest last = sandbox.refusals().get(sandbox.refusals().size() - 1);
    assertThat(last.code()).isEqualTo(code);
    assertThat(last.message()).isEqualTo(reply.message());
    assertThat(last.requestId()).isEqualTo(reply.envelope().get("request_id"));
  }
}
