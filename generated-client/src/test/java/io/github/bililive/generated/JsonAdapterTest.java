package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import io.github.bililive.generated.model.BatchHeartbeatRequest;
import io.github.bililive.generated.model.BatchHeartbeatResponse;
import io.github.bililive.generated.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.model.HeartbeatData;
import io.github.bililive.generated.model.HeartbeatRequest;
import io.github.bililive.generated.model.HeartbeatResponse;
import io.github.bililive.generated.model.StartData;
import io.github.bililive.generated.model.StartResponse;
import io.github.bililive.generated.model.WebsocketInfo;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JsonAdapterTest {
  private final Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();
  private final JsonAdapter<StartResponse> startResponse = moshi.adapter(StartResponse.class);
  private final JsonAdapter<HeartbeatRequest> heartbeatRequest =
      moshi.adapter(HeartbeatRequest.class);
  private final JsonAdapter<HeartbeatResponse> heartbeatResponse =
      moshi.adapter(HeartbeatResponse.class);
  private final JsonAdapter<BatchHeartbeatRequest> batchRequest =
      moshi.adapter(BatchHeartbeatRequest.class);
  private final JsonAdapter<BatchHeartbeatResponse> batchResponse =
      moshi.adapter(BatchHeartbeatResponse.class);

  @Test
  void aStartAnswerIsReadAndWrittenBackAsItWas() throws IOException {
    String json =
        "{\"code\":0,\"message\":\"0\",\"request_id\":\"r\",\"ttl\":1,\"data\":{\"conn_id\":\"c\","
            + "\"websocket_info\":{\"auth_body\":\"{\\\"key\\\":1}\",\"wss_link\":[\"wss://a\",\"wss://b\"]}}}";

    StartResponse read = startResponse.fromJson(json);

    assertThat(read)
        .isEqualTo(
            StartResponse.builder()
                .code(0)
                .message("0")
                .requestId("r")
                .ttl(1)
                .data(
                    StartData.builder()
                        .connId("c")
                        .websocketInfo(
                            WebsocketInfo.builder()
                                .authBody("{\"key\":1}")
                                .wssLink(Arrays.asList("wss://a", "wss://b"))
                                .build())
                        .build())
                .build());
    assertThat(startResponse.toJson(read)).isEqualTo(json);
  }

  @Test
  void whatIsOptionalMayBeAbsentOrNull() throws IOException {
    StartResponse bare = StartResponse.builder().code(0).build();

    assertThat(startResponse.fromJson("{\"code\":0}")).isEqualTo(bare);
    assertThat(
            startResponse.fromJson(
                "{\"code\":0,\"message\":null,\"request_id\":null,\"ttl\":null,\"data\":null}"))
        .isEqualTo(
            StartResponse.builder()
                .code(0)
                .message(null)
                .requestId(null)
                .ttl(null)
                .data(null)
                .build());
  }

  @Test
  void nullIsToldFromAbsent() throws IOException {
    StartResponse withNull = startResponse.fromJson("{\"code\":0,\"data\":null}");

    assertThat(withNull.hasData()).isTrue();
    assertThat(withNull.getData()).isNull();
    assertThat(withNull.hasMessage()).isFalse();
    assertThat(startResponse.toJson(withNull)).isEqualTo("{\"code\":0,\"data\":null}");
    assertThat(withNull).isEqualTo(startResponse.fromJson("{\"code\":0}"));
  }

  @Test
  void anArrayThatIsNullIsNotAnEmptyOne() throws IOException {
    String withNull = "{\"code\":0,\"data\":{\"failed_conn_ids\":null}}";
    String empty = "{\"code\":0,\"data\":{\"failed_conn_ids\":[]}}";

    assertThat(batchResponse.fromJson(withNull).getData().getFailedConnIds()).isNull();
    assertThat(batchResponse.fromJson(empty).getData().getFailedConnIds()).isEmpty();
    assertThat(batchResponse.toJson(batchResponse.fromJson(empty))).isEqualTo(empty);
  }

  @Test
  void theEmptyDataOfAHeartbeatIsToldFromNone() throws IOException {
    assertThat(heartbeatResponse.fromJson("{\"code\":0,\"data\":{}}").getData())
        .isEqualTo(HeartbeatData.builder().build());
    assertThat(heartbeatResponse.fromJson("{\"code\":0}").getData()).isNull();
  }

  @Test
  void whatIsAbsentIsLeftOutUnlessTheWriterSerializesNulls() {
    BatchHeartbeatResponse bare = BatchHeartbeatResponse.builder().code(7003).build();

    assertThat(batchResponse.toJson(bare)).isEqualTo("{\"code\":7003}");
    assertThat(batchResponse.serializeNulls().toJson(bare))
        .isEqualTo(
            "{\"code\":7003,\"message\":null,\"request_id\":null,\"ttl\":null,\"data\":null}");
  }

  @Test
  void unknownFieldsAreSkippedAtEveryDepth() throws IOException {
    assertThat(
            startResponse.fromJson(
                "{\"new\":{\"deep\":[1,{}]},\"code\":0,\"data\":{\"game\":[null],\"conn_id\":\"c\"}}"))
        .isEqualTo(
            StartResponse.builder().code(0).data(StartData.builder().connId("c").build()).build());
  }

  @Test
  void theLastOfDuplicateFieldsWins() throws IOException {
    assertThat(heartbeatRequest.fromJson("{\"conn_id\":\"a\",\"conn_id\":\"b\"}").getConnId())
        .isEqualTo("b");
    assertThat(startResponse.fromJson("{\"code\":1,\"message\":\"m\",\"code\":2,\"message\":null}"))
        .isEqualTo(StartResponse.builder().code(2).message(null).build());
  }

  @Test
  void aMissingRequiredFieldIsNamedWithThePathOfItsObject() {
    assertThatThrownBy(() -> startResponse.fromJson("{\"message\":\"m\"}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Required value 'code' missing at $");
    assertThatThrownBy(() -> heartbeatRequest.fromJson("{}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Required value 'conn_id' missing at $");
    assertThatThrownBy(() -> batchRequest.fromJson("{\"conn_id\":\"c\"}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Required value 'conn_ids' missing at $");
  }

  @Test
  void aRequiredFieldThatIsNullIsNamedWithItsPath() {
    assertThatThrownBy(() -> startResponse.fromJson("{\"code\":null}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Expected an int but was NULL at path $.code");
    assertThatThrownBy(() -> heartbeatRequest.fromJson("{\"conn_id\":null}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Expected a string but was NULL at path $.conn_id");
    assertThatThrownBy(() -> batchRequest.fromJson("{\"conn_ids\":[\"a\",null]}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Expected a string but was NULL at path $.conn_ids[1]");
  }

  @Test
  void aFieldOfAnotherTypeIsNamedWithItsPath() {
    assertThatThrownBy(
            () -> startResponse.fromJson("{\"code\":0,\"data\":{\"websocket_info\":\"x\"}}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessageContaining("$.data.websocket_info");
    assertThatThrownBy(() -> startResponse.fromJson("{\"code\":12345678901}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessageContaining("$.code");
  }

  @Test
  void requestsAreWrittenWithNothingAroundThem() {
    assertThat(heartbeatRequest.toJson(HeartbeatRequest.builder().connId("c").build()))
        .isEqualTo("{\"conn_id\":\"c\"}");
    assertThat(
            batchRequest.toJson(
                BatchHeartbeatRequest.builder().connIds(Arrays.asList("b", "a")).build()))
        .isEqualTo("{\"conn_ids\":[\"b\",\"a\"]}");
  }

  @Test
  void theAdaptersOfTheFactoryAcceptNull() throws IOException {
    assertThat(startResponse.fromJson("null")).isNull();
    assertThat(startResponse.toJson(null)).isEqualTo("null");
  }

  @Test
  void aReadListCannotBeChanged() throws IOException {
    BatchHeartbeatRequest read = batchRequest.fromJson("{\"conn_ids\":[\"a\"]}");

    assertThatThrownBy(() -> read.getConnIds().add("b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
