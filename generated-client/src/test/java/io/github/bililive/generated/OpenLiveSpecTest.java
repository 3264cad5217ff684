package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.github.bililive.generated.openlive.api.OpenLiveApi;
import io.github.bililive.generated.openlive.model.AnchorInfo;
import io.github.bililive.generated.openlive.model.BatchHeartbeatRequest;
import io.github.bililive.generated.openlive.model.EndRequest;
import io.github.bililive.generated.openlive.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.openlive.model.HeartbeatRequest;
import io.github.bililive.generated.openlive.model.StartRequest;
import io.github.bililive.generated.openlive.model.StartResponse;
import io.github.bililive.generated.openlive.model.WebsocketInfo;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.core.util.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/** The document of the four calls by identity code, which have packages of their own. */
class OpenLiveSpecTest {
  private final Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();
  private final JsonAdapter<StartResponse> started = moshi.adapter(StartResponse.class);
  private final JsonNode spec = read();

  @TestFactory
  Stream<DynamicTest> everyExampleIsReadAndWrittenBackAsItWas() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode path : spec.path("paths")) {
      for (String body : Arrays.asList("/post/requestBody", "/post/responses/200")) {
        JsonNode content = path.at(body + "/content/application~1json");
        String schema = content.at("/schema/$ref").asText();
        for (JsonNode example : content.path("examples")) {
          tests.add(
              DynamicTest.dynamicTest(
                  schema + ": " + example.path("summary").asText(),
                  () -> roundTrip(schema, example.path("value"))));
        }
      }
    }
    // Bodies: one each. Answers: start 3, heartbeat 3, batch 3, end 2.
    assertThat(tests).hasSize(15);
    return tests.stream();
  }

  @Test
  void theExampleOfABroadcasterIsReadAndWrittenBack() throws Exception {
    roundTrip("#/components/schemas/AnchorInfo", spec.at("/components/schemas/AnchorInfo/example"));
  }

  @Test
  void eachCallPostsItsBodyToItsPath() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      OpenLiveApi api =
          new Retrofit.Builder()
              .baseUrl(server.url("/"))
              .addConverterFactory(MoshiConverterFactory.create(moshi))
              .build()
              .create(OpenLiveApi.class);
      for (int i = 0; i < 4; i++) {
        server.enqueue(new MockResponse().setBody("{\"code\":0}"));
      }

      api.start(StartRequest.builder().code("C").appId(1650000000000L).build()).execute();
      api.heartbeat(HeartbeatRequest.builder().gameId("g").build()).execute();
      api.batchHeartbeat(BatchHeartbeatRequest.builder().gameIds(Arrays.asList("g", "h")).build())
          .execute();
      api.end(EndRequest.builder().appId(1650000000000L).gameId("g").build()).execute();

      assertSent(server, "/v2/app/start", "{\"code\":\"C\",\"app_id\":1650000000000}");
      assertSent(server, "/v2/app/heartbeat", "{\"game_id\":\"g\"}");
      assertSent(server, "/v2/app/batchHeartbeat", "{\"game_ids\":[\"g\",\"h\"]}");
      assertSent(server, "/v2/app/end", "{\"app_id\":1650000000000,\"game_id\":\"g\"}");
    }
  }

  private static void assertSent(MockWebServer server, String path, String body) throws Exception {
    RecordedRequest request = server.takeRequest();
    assertThat(request.getRequestLine()).isEqualTo("POST " + path + " HTTP/1.1");
    assertThat(request.getBody().readUtf8()).isEqualTo(body);
  }

  @Test
  void aCapturedAnswerIsRead() throws IOException {
    String text =
        new String(
            Files.readAllBytes(
                Paths.get("src/test/resources/answers/answer-start-captured-v2.json")),
            "UTF-8");

    StartResponse answer = started.fromJson(text);

    assertThat(answer.getData().getGameInfo().getGameId())
        .isEqualTo("93594bf8-0000-4b30-a5e9-0d60c4e11e17");
    assertThat(answer.getData().getWebsocketInfo().getWssLink()).hasSize(3);
    AnchorInfo anchor =
        moshi.adapter(AnchorInfo.class).fromJsonValue(answer.getData().getAnchorInfo());
    assertThat(anchor.getRoomId()).isEqualTo(4000001);
    assertThat(anchor.getUname()).isEqualTo("甲某某");
  }

  @Test
  void aBroadcasterOfAnyShapeCostsNoSession() throws IOException {
    for (String anchor : Arrays.asList("null", "[]", "{}", "\"A\"", "7", "{\"room_id\":\"\"}")) {
      StartResponse answer =
          started.fromJson(
              "{\"code\":0,\"data\":{\"game_info\":null,\"anchor_info\":" + anchor + "}}");

      assertThat(answer.getData().getGameInfo()).isNull();
    }
  }

  @Test
  void secretsPrintAsBars() {
    assertThat(StartRequest.builder().code("hush").appId(1).build().toString())
        .contains("██")
        .doesNotContain("hush");
    assertThat(WebsocketInfo.builder().authBody("hush").build().toString())
        .contains("██")
        .doesNotContain("hush");
  }

  private void roundTrip(String ref, JsonNode example) throws Exception {
    String name = ref.substring(ref.lastIndexOf('/') + 1);
    assertThat(
            rewritten(
                moshi.adapter(Class.forName("io.github.bililive.generated.openlive.model." + name)),
                example))
        .isEqualTo(example);
  }

  private static <T> JsonNode rewritten(JsonAdapter<T> adapter, JsonNode json) throws IOException {
    return Json.mapper().readTree(adapter.toJson(adapter.fromJson(json.toString())));
  }

  private static JsonNode read() {
    try {
      return Yaml.mapper().readTree(Contracts.OPEN_LIVE.toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
