package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.github.bililive.generated.model.GeneratedJsonAdapterFactory;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.core.util.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SpecTest {
  private final JsonNode spec = read();
  private final Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();

  @TestFactory
  Stream<DynamicTest> everyExampleIsReadAndWrittenBackAsItWas() {
    List<DynamicTest> tests = new ArrayList<>();
    spec.path("paths")
        .forEach(
            path -> {
              JsonNode operation = path.has("get") ? path.path("get") : path.path("post");
              addExamples(tests, operation, "request", operation.path("requestBody"));
              addExamples(tests, operation, "answer", operation.path("responses").path("200"));
            });
    // Bodies: heartbeat 1, batch 1. Answers: start 4, heartbeat 4, batch 5, the calls about a token
    // 6.
    assertThat(tests).hasSize(21);
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> theExampleOfEachEventIsReadAndWrittenBack() {
    return spec.path("x-events").properties().stream()
        .map(
            event ->
                DynamicTest.dynamicTest(
                    event.getKey(),
                    () -> {
                      JsonNode schema =
                          spec.at(event.getValue().path("$ref").asText().substring(1));
                      JsonAdapter<?> adapter = adapter(event.getValue().path("$ref").asText());
                      JsonNode example = schema.path("example");

                      JsonNode rewritten = rewritten(adapter, example);

                      assertThat(example).isNotEmpty();
                      assertThat(only(example, rewritten)).isEqualTo(example);
                      assertThat(adapter.fromJson(rewritten.toString()))
                          .isEqualTo(adapter.fromJson(example.toString()));
                    }));
  }

  @Test
  void everyEventIsListedByItsCmd() {
    assertThat(names(spec.path("x-events")))
        .containsExactly(
            "DM",
            "DM_MIRROR",
            "SEND_GIFT",
            "SUPER_CHAT",
            "SUPER_CHAT_DEL",
            "GUARD",
            "LIKE",
            "LIVE_ROOM_ENTER",
            "LIVE_START",
            "LIVE_END",
            "ROOM_CHANGE",
            "ROOM_BLOCK_MSG",
            "INTERACT_WORD",
            "WARNING",
            "INTERACTION_END");
  }

  @Test
  void everySignedHeaderIsNamedInTheSignature() {
    assertThat(spec.at("/components/securitySchemes/Signature/description").asText())
        .contains(
            "x-bili-accesskeyid",
            "x-bili-content-md5",
            "x-bili-signature-method",
            "x-bili-signature-nonce",
            "x-bili-signature-version",
            "x-bili-timestamp");
  }

  /** The templates cannot escape it, and javadoc fails on a tag that it does not know. */
  @Test
  void noDescriptionHoldsAnInlineTagOfJavadoc() throws IOException {
    for (String document : List.of("bililive.yaml", "oauth.yaml", "open-live.yaml", "relay.yaml")) {
      assertThat(Files.readString(Contracts.FOLDER.resolve(document)))
          .as("%s: write { @ in the place of what javadoc takes for a tag", document)
          .doesNotContain("{@");
    }
  }

  @Test
  void allButHeartbeatsRequireTheAccessToken() {
    assertThat(security("live/room/ws-start"))
        .isEqualTo(security("user/account/info"))
        .isEqualTo(security("user/account/scopes"))
        .isEqualTo(security("live/room/info"))
        .isEqualTo("[{\"Signature\":[],\"AccessToken\":[]}]");
    assertThat(security("live/room/ws-heartbeat"))
        .isEqualTo(security("live/room/ws-batch-heartbeat"))
        .isEqualTo("[{\"Signature\":[]},{\"Signature\":[],\"AccessToken\":[]}]");
  }

  private String security(String call) {
    JsonNode path = spec.path("paths").path("/arcopen/fn/" + call);
    return path.path(path.has("get") ? "get" : "post").path("security").toString();
  }

  private void addExamples(
      List<DynamicTest> tests, JsonNode operation, String what, JsonNode body) {
    JsonNode content = body.path("content").path("application/json");
    String ref = content.path("schema").path("$ref").asText();
    content
        .path("examples")
        .properties()
        .forEach(
            example ->
                tests.add(
                    DynamicTest.dynamicTest(
                        operation.path("operationId").asText()
                            + " "
                            + what
                            + " "
                            + example.getKey(),
                        () -> roundTrip(ref, example.getValue().path("value")))));
  }

  private void roundTrip(String ref, JsonNode example) throws Exception {
    JsonAdapter<?> adapter = adapter(ref);
    JsonNode rewritten = rewritten(adapter, example);

    assertThat(only(example, rewritten)).isEqualTo(example);
    assertThat(adapter.fromJson(rewritten.toString()))
        .isEqualTo(adapter.fromJson(example.toString()));
  }

  private JsonAdapter<?> adapter(String ref) throws ClassNotFoundException {
    String name = ref.substring(ref.lastIndexOf('/') + 1);
    return moshi.adapter(Class.forName("io.github.bililive.generated.model." + name));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Leaves out what the example does not have: defaults, which are written. */
  private static JsonNode only(JsonNode example, JsonNode rewritten) {
    if (!example.isObject() || !rewritten.isObject()) {
      return rewritten;
    }
    ObjectNode kept = ((ObjectNode) rewritten.deepCopy()).retain(names(example));
    kept.properties().forEach(e -> e.setValue(only(example.get(e.getKey()), e.getValue())));
    return kept;
  }

  private static <T> JsonNode rewritten(JsonAdapter<T> adapter, JsonNode json) throws IOException {
    return Json.mapper().readTree(adapter.toJson(adapter.fromJson(json.toString())));
  }

  private static JsonNode read() {
    try {
      return Yaml.mapper().readTree(Contracts.LIVE_ROOM.toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
