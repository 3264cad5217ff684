package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxBuilder;
import io.github.bililive.sandbox.SandboxRoom;
import io.github.bililive.sandbox.SeenConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The four calls by identity code. */
class OpenLiveTest extends SocketTestCase {
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(60);

  @Override
  SandboxBuilder configure(SandboxBuilder builder) {
    return builder.identityCodes("CODE-ONE", "CODE-TWO").appId(1_650_000_000_007L);
  }

  @Test
  void aStartIsAnsweredWithAnIdTheSocketAndWhoTheBroadcasterIs() throws Exception {
    Reply reply = send(start("CODE-TWO"));

    assertThat(reply.code()).as(reply.body()).isZero();
    assertThat(gameId(reply)).hasSize(36);
    Object socket = Json.get(reply.data(), "websocket_info");
    assertThat((String) Json.get(socket, "auth_body")).contains("sandbox-auth-key-");
    assertThat(Json.array(Json.get(socket, "wss_link"))).isEqualTo(sandbox.wssLinks());
    Map<String, Object> anchor = Json.object(Json.get(reply.data(), "anchor_info"));
    assertThat(anchor).containsKeys("room_id", "uname", "uface", "uid", "open_id", "union_id");
    assertThat(((Number) Json.get(anchor, "room_id")).longValue())
        .isEqualTo(sandbox.room(0).id() + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "x-bili-signature-version, 2.0, 4006",
    "access-token, any, 4000",
    "access-token, '', 4000",
    "Content-Type, text/plain, 4011",
    "x-bili-accesskeyid, another, 127004",
  })
  void aHeaderThatIsNotThisApisIsRefused(String name, String value, int code) throws IOException {
    assertRefused(start("CODE-ONE").header(name, value), code, name);
  }

  @Test
  void theQueryIsEmpty() throws IOException {
    String target = Endpoint.APP_START.path() + "?client_id=" + sandbox.clientId();
    assertRefused(start("CODE-ONE").target(target), 4000, "query");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"code\":\"CODE-ONE\"}",
        "{\"app_id\":1650000000007}",
        "{\"code\":\"\",\"app_id\":1650000000007}",
        "{\"code\":7,\"app_id\":1650000000007}",
        "{\"code\":\"CODE-ONE\",\"app_id\":\"1650000000007\"}",
        "{\"code\":\"CODE-ONE\",\"app_id\":1650000000007,\"more\":1}",
        "{\"code\":\"CODE-ONE\",\"app_id\":1650000000007}{}",
      })
  void aStartsBodyIsCodeAndAppIdAndNothingElse(String body) throws IOException {
    assertThat(send(call(Endpoint.APP_START, body)).code()).isEqualTo(4000);
  }

  @Test
  void anotherAppIdIsRefused() throws IOException {
    assertRefused(call(Endpoint.APP_START, "{\"code\":\"CODE-ONE\",\"app_id\":1}"), 8002, "app_id");
  }

  @Test
  void anIdentityCodeWorksUntilTheBroadcasterRenewsIt() throws IOException {
    assertRefused(start("CODE-THREE"), 7007, "identity code");

    String renewed = sandbox.openLive().renew(0);

    assertRefused(start("CODE-ONE"), 7007, "identity code");
    assertThat(send(start(renewed)).code()).isZero();
    assertThat(sandbox.openLive().identityCodes()).containsExactly(renewed, "CODE-TWO");
  }

  @Test
  void aSessionLivesForAMinuteAfterItsLastHeartbeat() throws IOException {
    String id = gameId(send(start("CODE-ONE")));
    clock.advance(TIME_TO_LIVE.minus(TICK));
    assertThat(send(heartbeat(id)).code()).isZero();
    clock.advance(TIME_TO_LIVE.minus(TICK));
    assertThat(Json.get(send(batch(id)).data(), "failed_game_ids")).isEqualTo(List.of());
    clock.advance(TIME_TO_LIVE);

    assertRefused(heartbeat(id), 7003, "game_id");
    assertThat(Json.get(send(batch(id)).data(), "failed_game_ids")).isEqualTo(List.of(id));
    assertThat(seen(id).state()).isEqualTo(SeenConnection.State.EXPIRED);
  }

  @Test
  void eachApiKeepsItsOwnIdsAliveAlone() throws IOException {
    String connId = startedId();
    String gameId = gameId(send(start("CODE-ONE")));

    assertThat(send(heartbeat(connId)).code()).isEqualTo(7003);
    assertThat(send(super.heartbeat(gameId)).code()).isEqualTo(7003);
    assertThat(sandbox.connections()).hasSize(2);
  }

  @Test
  void aBatchHoldsTwoHundredIdsAndNoneTwice() throws IOException {
    String[] ids = new String[201];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = "id-" + i;
    }
    assertRefused(batch(ids), 7004, "200");
    assertRefused(batch("a", "a"), 7005, "twice");
    assertThat(send(call(Endpoint.APP_BATCH_HEARTBEAT, "{\"conn_ids\":[\"a\"]}")).code())
        .isEqualTo(4000);
  }

  @Test
  void anEndedSessionIsOverAtOnceAndSoIsASecondEnd() throws IOException {
    String id = gameId(send(start("CODE-ONE")));
    String expired = gameId(send(start("CODE-ONE")));
    sandbox.expire(expired);

    assertThat(send(end(id)).code()).isZero();

    assertThat(seen(id).state()).isEqualTo(SeenConnection.State.ENDED);
    assertRefused(heartbeat(id), 7003, "game_id");
    assertRefused(end(id), 7000, "not running");
    assertRefused(end("never"), 7000, "not running");
    assertRefused(end(expired), 7003, "expired");
    assertThat(send(call(Endpoint.APP_END, "{\"game_id\":\"" + id + "\"}")).code()).isEqualTo(4000);
  }

  @Test
  void aRoomHoldsFiveSessionsBesideThoseByToken() throws IOException {
    startedId();
    String first = gameId(send(start("CODE-ONE")));
    for (int i = 0; i < 4; i++) {
      assertThat(send(start("CODE-ONE")).code()).isZero();
    }
    assertRefused(start("CODE-ONE"), 7010, "5");
    assertThat(send(start("CODE-TWO")).code()).isZero();
    send(end(first));
    assertThat(send(start("CODE-ONE")).code()).isZero();
  }

  @Test
  void aGameRunsOnceInARoom() throws IOException {
    try (Sandbox game = Sandbox.builder().clock(clock).sessionsPerRoom(1).start()) {
      String body =
          "{\"code\":\"%s\",\"app_id\":%d}"
              .formatted(game.openLive().identityCode(), game.openLive().appId());
      assertThat(send(TestCall.openLive(game, timestamp(), Endpoint.APP_START, body)).code())
          .isZero();
      assertThat(send(TestCall.openLive(game, timestamp(), Endpoint.APP_START, body)).code())
          .isEqualTo(7002);
      clock.advance(TIME_TO_LIVE);
      assertThat(send(TestCall.openLive(game, timestamp(), Endpoint.APP_START, body)).code())
          .isZero();
    }
  }

  @Test
  void aToolsSessionHasNoIdAndLivesWithoutHeartbeats() throws Exception {
    try (Sandbox tool = Sandbox.builder().clock(clock).emptyGameIds(true).start()) {
      String body =
          "{\"code\":\"%s\",\"app_id\":%d}"
              .formatted(tool.openLive().identityCode(), tool.openLive().appId());
      Reply reply = send(TestCall.openLive(tool, timestamp(), Endpoint.APP_START, body));
      assertThat(gameId(reply)).isEmpty();
      clock.advance(Duration.ofHours(1));

      TestSocket socket = TestSocket.dial(client, tool.wssLinks().get(0)).awaitOpen();
      socket.authenticate((String) Json.get(Json.get(reply.data(), "websocket_info"), "auth_body"));
      tool.room(0).send(SAMPLES.danmaku(tool.room(0).id(), "m-1", "text"));

      assertThat(socket.nextMessage()).contains("LIVE_OPEN_PLATFORM_DM");
      assertThat(tool.connections()).extracting(SeenConnection::state).containsOnly(ALIVE);
    }
  }

  private static final SeenConnection.State ALIVE = SeenConnection.State.ALIVE;

  @Test
  void oneRoomsEventsHaveThePrefixOfTheDoorTheyComeThrough() throws Exception {
    TestSocket byToken = authenticated(startedId());
    TestSocket byCode = authenticated(gameId(send(start("CODE-ONE"))));
    SandboxRoom room = sandbox.room(0);

    assertThat(room.send(danmaku(room.id(), 1))).isEqualTo(2);

    assertThat(byToken.nextMessage()).isEqualTo(danmaku(room.id(), 1));
    assertThat(byCode.nextMessage())
        .isEqualTo(danmaku(room.id(), 1).replace("OPEN_LIVEROOM_", "LIVE_OPEN_PLATFORM_"));
  }

  @Test
  void theEndOfASessionNamesItsGameId() throws Exception {
    String id = gameId(send(start("CODE-ONE")));
    TestSocket socket = authenticated(id);

    assertThat(sandbox.endInteraction(id)).isTrue();

    Map<String, Object> event = Json.object(Json.read(socket.nextMessage()));
    assertThat(event).containsEntry("cmd", "LIVE_OPEN_PLATFORM_INTERACTION_END");
    assertThat(Json.object(Json.get(event, "data"))).containsEntry("game_id", id);
    assertThat(seen(id).state()).isEqualTo(SeenConnection.State.EXPIRED);
  }

  private TestCall call(Endpoint endpoint, String body) {
    return TestCall.openLive(sandbox, timestamp(), endpoint, body);
  }

  private TestCall start(String code) {
    return call(Endpoint.APP_START, "{\"code\":\"" + code + "\",\"app_id\":1650000000007}");
  }

  @Override
  TestCall heartbeat(String gameId) {
    return call(Endpoint.APP_HEARTBEAT, "{\"game_id\":\"" + gameId + "\"}");
  }

  private TestCall batch(String... gameIds) {
    String ids = String.join("\",\"", gameIds);
    return call(Endpoint.APP_BATCH_HEARTBEAT, "{\"game_ids\":[\"" + ids + "\"]}");
  }

  private TestCall end(String gameId) {
    return call(Endpoint.APP_END, "{\"game_id\":\"" + gameId + "\",\"app_id\":1650000000007}");
  }

  private static String gameId(Reply reply) throws IOException {
    return (String) Json.get(Json.get(reply.data(), "game_info"), "game_id");
  }

  private SeenConnection seen(String id) {
    return Objects.requireNonNull(sandbox.connection(id));
  }

  private void assertRefused(TestCall call, int code, String inMessage) throws IOException {
    Reply reply = send(call);
    assertThat(reply.code()).as(reply.body()).isEqualTo(code);
    assertThat(reply.message()).contains(inMessage);
    assertThat(reply.body()).doesNotContain("CODE-ONE", "CODE-THREE", sandbox.appSecret());
  }
}
