package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.github.bililive.generated.relay.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.relay.model.LeaseAction;
import io.github.bililive.generated.relay.model.LeaseRequest;
import io.github.bililive.generated.relay.model.LeaseResponse;
import io.github.bililive.generated.relay.model.RelayedConnection;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.core.util.Yaml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The contract between apps without the secret and their servers, which is our own. */
class RelaySpecTest {
  private final Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();

  @TestFactory
  Stream<DynamicTest> everyExampleIsReadAndWrittenBackAsItWas() throws IOException {
    JsonNode call = Yaml.mapper().readTree(Contracts.RELAY.toFile()).at("/paths/~1lease/post");
    List<DynamicTest> tests = new ArrayList<>();
    add(tests, call.at("/requestBody"), moshi.adapter(LeaseRequest.class).failOnUnknown());
    add(tests, call.at("/responses/200"), moshi.adapter(LeaseResponse.class).failOnUnknown());
    assertThat(tests).hasSize(8);
    return tests.stream();
  }

  private static <T> void add(List<DynamicTest> tests, JsonNode body, JsonAdapter<T> adapter) {
    for (JsonNode example : body.at("/content/application~1json/examples")) {
      tests.add(
          DynamicTest.dynamicTest(
              example.path("summary").asText(),
              () -> {
                String json = example.path("value").toString();
                assertThat(Json.mapper().readTree(adapter.toJson(adapter.fromJson(json))))
                    .isEqualTo(example.path("value"));
              }));
    }
  }

  @Test
  void secretsPrintAsBars() {
    RelayedConnection connection =
        RelayedConnection.builder().connId("c").authBody("hush").wssLink(List.of()).build();

    assertThat(connection.toString()).contains("██").doesNotContain("hush");
    assertThat(
            LeaseRequest.builder()
                .version(1)
                .leaseId("hush")
                .action(LeaseAction.START)
                .build()
                .toString())
        .contains("██")
        .doesNotContain("hush");
  }

  @Test
  void whatALaterReleaseAddsIsIgnored() throws IOException {
    LeaseResponse answer =
        moshi
            .adapter(LeaseResponse.class)
            .fromJson("{\"version\":1,\"new\":{},\"failure\":{\"remedy\":\"NEW\",\"x\":1}}");

    assertThat(answer.getFailure().getRemedy()).isEqualTo("NEW");
    assertThat(answer.getLeaseSeconds()).isNull();
  }
}
