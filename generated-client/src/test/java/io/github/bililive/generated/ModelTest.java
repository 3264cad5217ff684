package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.generated.model.BatchHeartbeatRequest;
import io.github.bililive.generated.model.HeartbeatData;
import io.github.bililive.generated.model.HeartbeatRequest;
import io.github.bililive.generated.model.StartData;
import io.github.bililive.generated.model.StartResponse;
import io.github.bililive.generated.model.WebsocketInfo;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest {
  private static final StartResponse STARTED =
      StartResponse.builder()
          .code(0)
          .message("0")
          .data(
              StartData.builder()
                  .connId("c")
                  .websocketInfo(
                      WebsocketInfo.builder()
                          .authBody("top secret")
                          .wssLink(Collections.singletonList("wss://a"))
                          .build())
                  .build())
          .build();

  @Test
  void toStringShowsEverythingButTheSecret() {
    assertThat(STARTED)
        .hasToString(
            "StartResponse{code=0, message=0, request_id=null, ttl=null, data=StartData{conn_id=c, "
                + "websocket_info=WebsocketInfo{auth_body=██, wss_link=[wss://a]}}}");
  }

  @Test
  void toStringTellsThatThereIsNoSecret() {
    assertThat(WebsocketInfo.builder().build())
        .hasToString("WebsocketInfo{auth_body=null, wss_link=null}");
  }

  @Test
  void toStringOfAnEmptyModelIsItsName() {
    assertThat(HeartbeatData.builder().build()).hasToString("HeartbeatData{}");
  }

  @Test
  void aBuilderNamesTheRequiredPropertyThatWasNotSet() {
    assertThatThrownBy(() -> StartResponse.builder().message("m").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("StartResponse needs code: set it before build()");
    assertThatThrownBy(() -> HeartbeatRequest.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("HeartbeatRequest needs conn_id: set it before build()");
    assertThatThrownBy(() -> BatchHeartbeatRequest.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("BatchHeartbeatRequest needs conn_ids: set it before build()");
  }

  @Test
  void newBuilderStartsFromTheValuesAndLeavesTheOriginalAlone() {
    StartResponse other = STARTED.newBuilder().code(7010).build();

    assertThat(STARTED.getCode()).isZero();
    assertThat(other.getCode()).isEqualTo(7010);
    assertThat(other.newBuilder().code(0).build()).isEqualTo(STARTED);
  }

  @Test
  void aListIsCopiedWhenTheModelIsBuilt() {
    List<String> ids = new ArrayList<>(Arrays.asList("b", "a"));
    BatchHeartbeatRequest request = BatchHeartbeatRequest.builder().connIds(ids).build();

    ids.clear();

    assertThat(request.getConnIds()).containsExactly("b", "a");
    assertThatThrownBy(() -> request.getConnIds().remove(0))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void equalValuesAreEqualAndHashAlike() {
    StartResponse copy = STARTED.newBuilder().build();

    assertThat(copy).isEqualTo(STARTED).isNotSameAs(STARTED).hasSameHashCodeAs(STARTED);
    assertThat(HeartbeatData.builder().build())
        .isEqualTo(HeartbeatData.builder().build())
        .hasSameHashCodeAs(HeartbeatData.builder().build());
  }

  @Test
  void eachPropertyCountsForEquality() {
    assertThat(STARTED).isNotEqualTo(STARTED.newBuilder().code(1).build());
    assertThat(STARTED).isNotEqualTo(STARTED.newBuilder().message("m").build());
    assertThat(STARTED).isNotEqualTo(STARTED.newBuilder().requestId("r").build());
    assertThat(STARTED).isNotEqualTo(STARTED.newBuilder().ttl(1).build());
    assertThat(STARTED).isNotEqualTo(STARTED.newBuilder().data(null).build());
    assertThat(STARTED).isNotEqualTo(null).isNotEqualTo("StartResponse");
  }

  @Test
  void modelsAreFinalAndHoldFinalFieldsOnly() {
    assertThat(
            Arrays.asList(
                StartResponse.class,
                StartData.class,
                WebsocketInfo.class,
                HeartbeatData.class,
                BatchHeartbeatRequest.class))
        .allSatisfy(
            model -> {
              assertThat(model).isFinal();
              assertThat(model.getDeclaredFields())
                  .allMatch(field -> Modifier.isFinal(field.getModifiers()));
            });
  }
}
