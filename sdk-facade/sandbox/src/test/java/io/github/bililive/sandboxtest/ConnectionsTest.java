package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxBuilder;
import io.github.bililive.sandbox.SeenConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConnectionsTest extends SandboxTestCase {
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);
  private static final Duration TICK = Duration.ofNanos(1);

  @Override
  SandboxBuilder configure(SandboxBuilder builder) {
    return builder.accessTokens("fake-token-one", "fake-token-two");
  }

  @Test
  void anIdLivesUntilOneTickBeforeItsTimeIsOver() throws IOException {
    String id = startedId();
    clock.advance(TIME_TO_LIVE.minus(TICK));
    Reply reply = send(heartbeat(id));
    assertThat(reply.code()).isZero();
    assertThat(Json.object(reply.data())).isEmpty();
  }

  @Test
  void anIdIsDeadWhenItsTimeIsOver() throws IOException {
    String id = startedId();
    clock.advance(TIME_TO_LIVE);
    assertThat(send(heartbeat(id)).code()).isEqualTo(7003);
    assertThat(connection(id).state()).isEqualTo(SeenConnection.State.EXPIRED);
  }

  @Test
  void eachBeatBuysAWholeTimeToLive() throws IOException {
    String id = startedId();
    for (int i = 0; i < 3; i++) {
      clock.advance(TIME_TO_LIVE.minus(TICK));
      assertThat(send(heartbeat(id)).code()).isZero();
    }
    clock.advance(TIME_TO_LIVE);
    assertThat(send(heartbeat(id)).code()).isEqualTo(7003);
  }

  @Test
  void anExpiredIdStaysDead() throws IOException {
    String id = startedId();
    assertThat(sandbox.expire(id)).isTrue();
    assertThat(sandbox.expire(id)).isFalse();
    assertThat(send(heartbeat(id)).code()).isEqualTo(7003);
    assertThat(send(heartbeat(id)).code()).isEqualTo(7003);
  }

  @Test
  void anUnknownIdIsRefused() throws IOException {
    assertThat(send(heartbeat("00000000-0000-0000-0000-000000000000")).code()).isEqualTo(7003);
    assertThat(sandbox.expire("unknown")).isFalse();
    assertThat(sandbox.connection("unknown")).isNull();
  }

  @Test
  void aBatchNamesTheIdsThatFailedAndKeepsTheOthersAlive() throws IOException {
    String expired = startedId();
    String alive = startedId();
    sandbox.expire(expired);
    clock.advance(TIME_TO_LIVE.minus(TICK));

    Reply reply = send(batch(List.of(expired, alive, "unknown")));
    assertThat(reply.code()).isZero();
    assertThat(failed(reply)).containsExactly(expired, "unknown");

    clock.advance(TIME_TO_LIVE.minus(TICK));
    assertThat(failed(send(batch(List.of(alive))))).isEmpty();
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void idsExpireInTheOrderOfTheirBeatsNotOfTheirStarts() throws IOException {
    List<String> ids = sandbox.startConnections(3);
    clock.advance(Duration.ofSeconds(20));
    assertThat(send(heartbeat(ids.get(0))).code()).isZero();
    clock.advance(Duration.ofSeconds(10));

    assertThat(failed(send(batch(ids)))).containsExactly(ids.get(1), ids.get(2));
    assertThat(connection(ids.get(1)).endedAtNanos()).isEqualTo(TIME_TO_LIVE.toNanos());
    assertThat(connection(ids.get(0)).endedAtNanos()).isNull();
  }

  @Test
  void aBatchHoldsTwoHundredIds() throws IOException {
    List<String> ids = new ArrayList<>(sandbox.startConnections(200));
    assertThat(failed(send(batch(ids)))).isEmpty();

    ids.add("one more");
    Reply reply = send(batch(ids));
    assertThat(reply.code()).isEqualTo(7004);
    assertThat(reply.message()).contains("201").contains("200");
  }

  @Test
  void aRefusedBatchKeepsNothingAlive() throws IOException {
    String id = startedId();
    clock.advance(Duration.ofSeconds(20));
    assertThat(send(batch(List.of(id, id))).code()).isEqualTo(7005);
    clock.advance(Duration.ofSeconds(10));
    assertThat(send(heartbeat(id)).code()).isEqualTo(7003);
  }

  @Test
  void aRoomHoldsFiveConnectionsUntilOneExpires() throws IOException {
    String first = startedId();
    clock.advance(Duration.ofSeconds(1));
    for (int i = 0; i < 4; i++) {
      startedId();
    }
    assertThat(send(start()).code()).isEqualTo(7010);
    assertThat(send(start().header("access-token", "fake-token-two")).code()).isZero();

    sandbox.expire(first);
    assertThat(send(start()).code()).isZero();
    assertThat(send(start()).code()).isEqualTo(7010);
    clock.advance(TIME_TO_LIVE);
    assertThat(send(start()).code()).isZero();
  }

  @Test
  void theRecordTellsStartBeatsAndLargestGap() throws IOException {
    clock.advance(Duration.ofSeconds(5));
    String id = startedId();
    clock.advance(Duration.ofSeconds(12));
    send(heartbeat(id));
    clock.advance(Duration.ofSeconds(20));
    send(batch(List.of(id)));
    clock.advance(Duration.ofSeconds(7));

    assertThat(connection(id))
        .isEqualTo(
            new SeenConnection(
                id,
                1_000_001,
                SeenConnection.State.ALIVE,
                seconds(5),
                null,
                seconds(37),
                2,
                seconds(20)));
    assertThat(sandbox.connections()).containsExactly(connection(id));

    sandbox.expire(id);
    assertThat(connection(id).endedAtNanos()).isEqualTo(seconds(44));
  }

  @Test
  void expiredConnectionsAreForgottenBeyondTheRecordLimit() {
    try (Sandbox small = Sandbox.builder().clock(clock).recordLimit(2).start()) {
      List<String> ids = small.startConnections(3);
      clock.advance(TIME_TO_LIVE);
      assertThat(small.connections())
          .extracting(SeenConnection::connId)
          .containsExactly(ids.get(1), ids.get(2));
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    SandboxBuilder builder = Sandbox.builder();
    assertThatThrownBy(() -> builder.batchLimit(0)).hasMessageContaining("batchLimit");
    assertThatThrownBy(() -> builder.connectionsPerRoom(0)).hasMessageContaining("1 or more");
    assertThatThrownBy(() -> builder.recordLimit(0)).hasMessageContaining("recordLimit");
    assertThatThrownBy(() -> builder.timeToLive(Duration.ZERO)).hasMessageContaining("timeToLive");
    assertThatThrownBy(() -> builder.timestampTolerance(TICK.negated()))
        .hasMessageContaining("timestampTolerance");
    assertThatThrownBy(builder::accessTokens).hasMessageContaining("one or more");
    assertThatThrownBy(() -> builder.accessTokens("a", "a")).hasMessageContaining("different");
    assertThatThrownBy(() -> builder.clientId("")).hasMessageContaining("clientId");
    assertThatThrownBy(() -> builder.appSecret("")).hasMessageContaining("appSecret");
    assertThatThrownBy(() -> clock.advance(TICK.negated())).hasMessageContaining("shiftWall");
  }

  private SeenConnection connection(String id) {
    return Objects.requireNonNull(sandbox.connection(id));
  }

  private static List<Object> failed(Reply reply) throws IOException {
    return Json.array(Json.get(reply.data(), "failed_conn_ids"));
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
