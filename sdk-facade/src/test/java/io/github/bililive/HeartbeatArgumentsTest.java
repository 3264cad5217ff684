package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Arguments that make no sense, as a user may pass them. */
class HeartbeatArgumentsTest {
  private final BiliLiveClient client =
      BiliLiveClient.builder().credentials(Credentials.of("client-id", "app-secret")).build();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void anIdThatWasRefusedMayBeKeptAliveAfterAll() {
    assertThatThrownBy(() -> client.keepAlive("", (connId, state, cause) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("connId is empty: give the conn_id that start answered");

    client.keepAlive("c1", (connId, state, cause) -> {}).close();
    client.keepAlive("c1", (connId, state, cause) -> {}).close();
  }
}
