package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;
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
  @SuppressWarnings("NullAway")
  void keepAliveNamesTheArgumentThatIsNull() {
    assertThatNullPointerException()
        .isThrownBy(() -> client.keepAlive(null, (connId, state, cause) -> {}))
        .withMessage("connId is null: give the conn_id that start answered");
    assertThatNullPointerException()
        .isThrownBy(() -> client.keepAlive("c1", null))
        .withMessage(
            "listener is null: give one that starts a new connection when the state is EXPIRED");
  }

  @Test
  void anIdThatWasRefusedMayBeKeptAliveAfterAll() {
    assertThatThrownBy(() -> client.keepAlive("", (connId, state, cause) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("connId is empty: give the conn_id that start answered");

    client.keepAlive("c1", (connId, state, cause) -> {}).close();
    client.keepAlive("c1", (connId, state, cause) -> {}).close();
  }

  @Test
  @SuppressWarnings("NullAway")
  void theClientsBuilderNamesTheArgumentThatIsNull() {
    BiliLiveClient.Builder builder = BiliLiveClient.builder();

    assertThatNullPointerException()
        .isThrownBy(() -> builder.heartbeatPolicy(null))
        .withMessage("heartbeatPolicy is null: give HeartbeatPolicy.DEFAULT for the defaults");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.heartbeatEvents(null))
        .withMessage("heartbeatEvents is null: give HeartbeatEvents.NONE for none");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.heartbeatInterval(20, null))
        .withMessage("unit is null: give one such as TimeUnit.SECONDS");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.connIdTimeToLive(30, null))
        .withMessage("unit is null: give one such as TimeUnit.SECONDS");
  }

  @Test
  @SuppressWarnings("NullAway")
  void aPolicysBuilderNamesTheArgumentThatIsNull() {
    HeartbeatPolicy.Builder builder = HeartbeatPolicy.builder();

    assertThatNullPointerException()
        .isThrownBy(() -> builder.interval(20, null))
        .withMessage("unit is null: give one such as TimeUnit.SECONDS");
    assertThatNullPointerException().isThrownBy(() -> builder.timeToLive(30, null));
    assertThatNullPointerException().isThrownBy(() -> builder.requestTimeout(3, null));
    assertThatNullPointerException().isThrownBy(() -> builder.firstRetryPause(1, null));
    assertThatNullPointerException().isThrownBy(() -> builder.maxRetryPause(1, null));
  }
}
