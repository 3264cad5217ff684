package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.StartedConnection;
import io.github.bililive.error.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the two sides of a source make of each other's texts. */
class LeaseTextTest {
  @Test
  void anAnswerWithASecretInAWrongPlaceIsNotQuoted() {
    assertThatThrownBy(() -> LeaseText.readAnswer("{\"version\":1,\"lease_seconds\":\"hush\"}"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("Expected an int at path $.lease_seconds")
        .hasMessageNotContaining("hush")
        .hasNoCause();
  }

  @Test
  void norIsAQuestion() {
    assertThatThrownBy(() -> LeaseText.readQuestion("{\"version\":\"hush at path x\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Expected an int at path $.version")
        .hasMessageNotContaining("hush")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"room_id\":1.5}", "{\"room_id\":1e30}", "[]", "7", "null"})
  void aBroadcasterThatCannotBeReadCostsNoConnectionAndNoNumberIsCut(String anchor) {
    StartedConnection started =
        LeaseText.connection(
            LeaseText.readAnswer(
                "{\"version\":1,\"lease_seconds\":60,\"connection\":{\"conn_id\":\"c1\","
                    + "\"auth_body\":\"hush\",\"wss_link\":[],\"anchor_info\":"
                    + anchor
                    + "}}"),
            "lease-1");

    assertThat(started.getConnId()).isEqualTo("c1");
    assertThat(started.getBroadcaster()).isNull();
  }
}
