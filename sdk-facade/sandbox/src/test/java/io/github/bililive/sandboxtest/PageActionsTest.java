package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.SeenConnection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageActionsTest extends PageTestCase {
  private final long room = sandbox.room(0).id();

  @Test
  void whatIsSaidThereIsHeardAndSoAreGiftsAndEventsAsJson() throws Exception {
    TestSocket socket = authenticated(startedId());

    assertThat(act("danmaku", "{\"room\":" + room + ",\"text\":\"你好\"}"))
        .containsEntry("sockets", 1.0);
    act("gift", "{\"room\":" + room + ",\"name\":\"小花花\",\"count\":7}");
    act("event", "{\"room\":" + room + ",\"json\":\"{\\\"cmd\\\":\\\"ANY\\\"}\"}");

    assertThat(Json.get(Json.get(Json.read(socket.nextMessage()), "data"), "msg")).isEqualTo("你好");
    assertThat(Json.get(Json.get(Json.read(socket.nextMessage()), "data"), "gift_num"))
        .isEqualTo(7.0);
    assertThat(socket.nextMessage()).isEqualTo("{\"cmd\":\"ANY\"}");
    assertThat(journal("ACTION"))
        .extracting(entry -> entry.get("what") + " " + ((Double) entry.get("room")).longValue())
        .containsExactly("danmaku " + room, "gift " + room, "event " + room);
    assertThat(journal("EVENT")).extracting(entry -> entry.get("fate")).containsOnly("SENT");
  }

  @Test
  void aSocketIsCutAndAConnectionExpiresOrItsInteractionEnds() throws Exception {
    String cut = startedId();
    TestSocket first = authenticated(cut);
    long number = socketOf(cut).seen().number();
    act("cut", "{\"socket\":" + number + "}");
    first.awaitEnd();
    assertThat(post("cut", "{\"socket\":" + number + "}").body()).contains("is not open");

    String ended = startedId();
    TestSocket second = authenticated(ended);
    act("end", "{\"connId\":\"" + ended + "\"}");
    assertThat(second.nextMessage()).contains("INTERACTION_END", ended);
    act("expire", "{\"connId\":\"" + cut + "\"}");
    assertThat(post("expire", "{\"connId\":\"" + cut + "\"}").status()).isEqualTo(400);
    assertThat(sandbox.connections())
        .extracting(SeenConnection::state)
        .containsOnly(SeenConnection.State.EXPIRED);
    assertThat(journal("CONNECTION"))
        .extracting(entry -> entry.get("what"))
        .containsExactly("started", "started", "expired", "expired");
    assertThat(journal("SOCKET"))
        .extracting(entry -> entry.get("what"))
        .contains("opened", "authenticated", "closed");
    second.cancel();
  }

  @Test
  void aSilencedSocketHearsNothing() throws Exception {
    String connId = startedId();
    authenticated(connId);
    act("silence", "{\"socket\":" + socketOf(connId).seen().number() + "}");
    sandbox.room(0).send(SampleEvents.openLive().like(room, "x"));

    assertThat(journal("EVENT")).extracting(entry -> entry.get("fate")).containsExactly("WITHHELD");
    assertThat(String.valueOf(get("api/state").get("sockets"))).contains("state=SILENT");
  }

  @ParameterizedTest
  @CsvSource({"7010, 7010", "4009, 4009", "-400, -400"})
  void theApiAnswersWithACode(int code, int answered) throws IOException {
    act("fault", "{\"fault\":\"code\",\"code\":" + code + ",\"count\":1,\"call\":\"START\"}");
    assertThat(String.valueOf(get("api/state").get("faults")))
        .contains("fault=code " + code, "where=START", "left=1.0");

    assertThat(send(heartbeat("x")).code()).isEqualTo(7003);
    assertThat(send(start()).code()).isEqualTo(answered);
    assertThat(send(start()).code()).isZero();
  }

  @Test
  void theApiAnswersWithHtmlOr500UntilThatIsCleared() throws IOException {
    act("fault", "{\"fault\":\"html\",\"count\":0,\"call\":\"ANY\"}");
    assertThat(send(start()).body()).contains("<!DOCTYPE html>");
    assertThat(send(heartbeat("x")).status()).isEqualTo(502);
    act("clearFaults", "{}");
    act("fault", "{\"fault\":\"500\",\"count\":0,\"call\":\"START\"}");
    assertThat(send(start()).status()).isEqualTo(500);
    assertThat(String.valueOf(newestRequest().get("fault"))).isEqualTo("status 500");
    act("clearFaults", "{}");
    act("fault", "{\"fault\":\"slow\",\"millis\":1,\"count\":1,\"call\":\"ANY\"}");
    assertThat(send(start()).code()).isZero();
    act("fault", "{\"fault\":\"hang\",\"count\":1,\"call\":\"START\"}");
    act("fault", "{\"fault\":\"reset\",\"count\":1,\"call\":\"START\"}");
    assertThat(sandbox.faults().pending()).isEqualTo(2);
  }

  @Test
  void aTokenIsRevokedAndAnotherOneGranted() throws IOException {
    act("revoke", "{\"room\":" + room + "}");
    assertThat(send(start()).code()).isEqualTo(127001);
    assertThat(String.valueOf(get("api/state").get("rooms"))).contains("token=false");

    String token = String.valueOf(act("grant", "{\"room\":" + room + "}").get("accessToken"));
    assertThat(send(start().header("access-token", token)).code()).isZero();
    assertThat(get("api/credentials?room=" + room)).containsEntry("accessToken", token);
    assertThat(String.valueOf(get("api/state").get("rooms"))).contains("token=true");
    assertThat(post("revoke", "{\"room\":5}").body()).contains("room 5 is no broadcaster's");
  }

  @Test
  void thePlatformsClockIsSetOffAndTimePassesAsBefore() throws IOException {
    act("clock", "{\"seconds\":900}");
    assertThat(send(start()).code()).isEqualTo(4003);
    assertThat(send(TestCall.start(sandbox, timestamp() + 900)).code()).isZero();
    assertThat(get("api/state")).containsEntry("clockOffset", 900_000.0);
    act("clock", "{\"seconds\":0}");
    assertThat(send(start()).code()).isZero();
    assertThat(journal("ACTION").get(0)).containsEntry("at", (double) clock.wallMillis());
  }

  @Test
  void roomsTalkByThemselvesUntilTheyAreHushed() throws Exception {
    TestSocket socket = authenticated(startedId());
    act("chat", "{\"millis\":1}");
    assertThat(socket.nextMessage()).contains("OPEN_LIVEROOM_");
    act("chat", "{\"millis\":0}");
    int said = sandbox.events().size();
    act("danmaku", "{\"room\":" + room + ",\"text\":\"last\"}");
    assertThat(sandbox.events()).hasSize(said + 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "danmaku|{\"text\":\"x\"}|room must be a whole number",
        "danmaku|{\"room\":1.5,\"text\":\"x\"}|room must be a whole number",
        "danmaku|{\"room\":1}|text must be a text that is not empty",
        "gift|{\"room\":1,\"name\":\"x\",\"count\":0}|count must be from 1 to 1000000, but is 0",
        "fault|{\"fault\":\"x\",\"count\":1,\"call\":\"ANY\"}|fault must be slow, code, html",
        "fault|{\"fault\":\"html\",\"count\":1,\"call\":\"x\"}|call must be ANY or one of [START",
        "fault|{\"fault\":\"slow\",\"millis\":0,\"count\":1,\"call\":\"ANY\"}|millis must be from 1",
        "clock|{\"seconds\":1e14}|seconds must be from",
        "cut|{\"socket\":9}|socket 9 is not open",
        "end|{\"connId\":\"x\"}|no such connection is alive",
      })
  void aWrongArgumentIsNamedAndNothingIsDone(String action, String json, String problem)
      throws IOException {
    Reply reply = post(action, json);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(String.valueOf(reply.envelope().get("error"))).startsWith(problem);
    assertThat(journal("ACTION")).isEmpty();
    assertThat(sandbox.faults().pending()).isZero();
  }

  @Test
  void aSessionByIdentityCodeIsShownAndHearsTheSameRoom() throws Exception {
    String body =
        "{\"code\":\"%s\",\"app_id\":%d}"
            .formatted(sandbox.openLive().identityCode(), sandbox.openLive().appId());
    Reply reply = send(TestCall.openLive(sandbox, timestamp(), Endpoint.APP_START, body));
    String authBody = (String) Json.get(Json.get(reply.data(), "websocket_info"), "auth_body");
    TestSocket socket = open().authenticate(authBody);
    act("danmaku", "{\"room\":" + room + ",\"text\":\"你好\"}");

    assertThat(socket.nextMessage()).contains("LIVE_OPEN_PLATFORM_DM", "你好");
    assertThat(String.valueOf(get("api/state").get("connections"))).contains("api=IDENTITY_CODE");
    assertThat(get("api/credentials?room=" + room))
        .containsEntry("identityCode", sandbox.openLive().identityCode());
    socket.cancel();
  }

  @Test
  void whoKeepsAConnectionAliveIsShown() throws IOException {
    String connId = startedId();
    String other = startedId();
    send(batch(List.of(connId, other)).header("User-Agent", "my-client/1.0"));
    List<Object> shown = Json.array(Json.get(get("api/state"), "connections"));
    assertThat(shown).hasSize(2);
    for (Object connection : shown) {
      assertThat(Json.object(connection))
          .containsAllEntriesOf(
              Map.of("keptBy", "my-client/1.0", "batch", 2.0, "beats", 1.0, "state", "ALIVE"));
    }
  }
}
