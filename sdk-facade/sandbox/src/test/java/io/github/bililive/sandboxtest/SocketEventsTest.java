package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.sandbox.Packing;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxRoom;
import io.github.bililive.sandbox.SentEvent;
import io.github.bililive.sandbox.SentEvent.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketEventsTest extends SocketTestCase {
  @ParameterizedTest
  @EnumSource(Packing.class)
  void eventsComeWholeAndInOrderHoweverTheyArePacked(Packing packing) throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    SandboxRoom room = sandbox.roomOf(connId);
    List<String> expected = new ArrayList<>();
    for (int frame = 0; frame < 8; frame++) {
      String[] events = new String[frame + 1];
      for (int i = 0; i < events.length; i++) {
        events[i] = danmaku(room.id(), expected.size());
        expected.add(events[i]);
      }
      assertThat(room.send(packing, events)).isEqualTo(1);
    }
    for (String event : expected) {
      assertThat(socket.nextMessage()).isEqualTo(event);
    }
    assertThat(sandbox.sockets().seen().get(0).events()).isEqualTo(expected.size());
  }

  @Test
  void everyWayOfPackingIsThatWay() throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    SandboxRoom room = sandbox.roomOf(connId);
    room.send(danmaku(1, 1));
    assertThat(socket.next().way()).containsExactly(2, 0);
    room.send(Packing.PLAIN, danmaku(1, 2), danmaku(1, 3));
    assertThat(socket.next().way()).containsExactly(0);
    assertThat(socket.next().way()).containsExactly(1);
    room.send(Packing.BROTLI, danmaku(1, 4), danmaku(1, 5));
    assertThat(socket.next().way()).containsExactly(3, 0);
    assertThat(socket.next().way()).containsExactly(3, 1);
    room.send(Packing.MIXED, danmaku(1, 6), danmaku(1, 7), danmaku(1, 8));
    assertThat(socket.next().way()).containsExactly(0);
    assertThat(socket.next().way()).containsExactly(2, 0);
    assertThat(socket.next().way()).containsExactly(3, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 65_535, 65_536, 65_537, 200_000})
  void brotliHoldsAnyLength(int length) throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    String event = SAMPLES.danmaku(1, "long", "x".repeat(length));
    sandbox.roomOf(connId).send(Packing.BROTLI, event);
    assertThat(socket.nextMessage()).isEqualTo(event);
  }

  @Test
  void framesMayComeInFragmentsOfAnySize() throws Exception {
    for (int size : new int[] {1, 7, 125, 126, 1_000}) {
      try (Sandbox fragmenting = Sandbox.builder().clock(clock).fragmentSize(size).start()) {
        String connId = fragmenting.startConnections(1).get(0);
        TestSocket socket =
            TestSocket.dial(client, fragmenting.wssLinks().get(0))
                .authenticate(String.valueOf(fragmenting.authBody(connId)));
        for (int length : new int[] {0, 100, 70_000}) {
          String event = SAMPLES.danmaku(1, "id", "y".repeat(length));
          fragmenting.roomOf(connId).send(Packing.PLAIN, event);
          assertThat(socket.nextMessage()).isEqualTo(event);
        }
        socket.sendHeartbeat("still in step");
        assertThat(socket.next().trailing().utf8()).isEqualTo("still in step");
        socket.close();
        assertThat(socket.awaitEnd()).isEqualTo("closed with 1000");
      }
    }
    assertThatThrownBy(() -> Sandbox.builder().fragmentSize(0)).hasMessageContaining("65535");
  }

  @Test
  void everySocketOfARoomHearsItAndNoOtherDoes() throws Exception {
    Object first = send(start()).data();
    Object second = send(start()).data();
    TestSocket one = authenticated((String) Json.get(first, "conn_id"));
    TestSocket two = authenticated((String) Json.get(second, "conn_id"));
    String elsewhere = connId();
    TestSocket other = authenticated(elsewhere);

    SandboxRoom room = sandbox.room(sandbox.accessToken());
    assertThat(room.sockets()).hasSize(2);
    assertThat(sandbox.send(room.id(), danmaku(room.id(), 1))).isEqualTo(2);
    sandbox.roomOf(elsewhere).send(danmaku(2, 2));

    assertThat(one.nextMessage()).contains("id-1");
    assertThat(two.nextMessage()).contains("id-1");
    assertThat(other.nextMessage()).contains("id-2");
  }

  @Test
  void theLogTellsWhatBecameOfEachEventOnEachSocket() throws Exception {
    String connId = connId();
    SandboxRoom room = sandbox.roomOf(connId);
    room.send(danmaku(room.id(), 1));
    authenticated(connId);
    clock.advance(Duration.ofSeconds(2));
    room.send(danmaku(room.id(), 2), SAMPLES.liveStart(room.id(), "start-1"), "no JSON");
    socketOf(connId).goDeaf();
    room.send(danmaku(room.id(), 3));
    sandbox.expire(connId);
    socketOf(connId).drop();
    room.send(danmaku(room.id(), 4));

    assertThat(sandbox.events())
        .extracting(SentEvent::msgId)
        .containsExactly("id-1", "id-2", "start-1", null, "id-3", "id-4");
    assertThat(sandbox.events())
        .extracting(SentEvent::fate)
        .containsExactly(
            Fate.UNHEARD, Fate.SENT, Fate.SENT, Fate.SENT, Fate.WITHHELD, Fate.UNHEARD);
    assertThat(sandbox.events(1)).hasSize(4);
    assertThat(sandbox.events().get(1))
        .isEqualTo(
            new SentEvent(
                2,
                room.id(),
                "OPEN_LIVEROOM_DM",
                "id-2",
                1L,
                connId,
                Fate.SENT,
                Duration.ofSeconds(2).toNanos(),
                (NOW + 2) * 1000));
  }

  @Test
  void anEventCanBeSentToOneSocketAloneAndTwice() throws Exception {
    String connId = connId();
    TestSocket one = authenticated(connId);
    String event = danmaku(1, 1);
    socketOf(connId).send(event);
    socketOf(connId).send(event);
    assertThat(one.nextMessage()).isEqualTo(event);
    assertThat(one.nextMessage()).isEqualTo(event);
    assertThat(sandbox.events()).extracting(SentEvent::msgId).containsExactly("id-1", "id-1");
  }

  @Test
  void anUnauthenticatedSocketHearsNothing() throws Exception {
    String connId = connId();
    TestSocket socket = open();
    sandbox.sockets().await(1, seen -> true, PATIENCE);
    assertThat(sandbox.roomOf(connId).send(danmaku(1, 1))).isZero();
    sandbox.sockets().open().get(0).send(danmaku(1, 2));
    socket.authenticate(authBody(connId));
    sandbox.roomOf(connId).send(danmaku(1, 3));
    assertThat(socket.nextMessage()).contains("id-3");
  }

  @Test
  void thereIsASampleOfEveryEventUnderEitherPrefix() throws Exception {
    for (String prefix : List.of("OPEN_LIVEROOM_", "LIVE_OPEN_PLATFORM_")) {
      SampleEvents samples =
          prefix.startsWith("OPEN") ? SampleEvents.openLive() : SampleEvents.sister();
      List<String> all = new ArrayList<>(samples.all(1_000_001, "m-"));
      all.add(samples.interactionEnd("some-id", 3));
      List<String> cmds = new ArrayList<>();
      for (String json : all) {
        Map<String, Object> event = Json.object(Json.read(json));
        String cmd = String.valueOf(event.get("cmd"));
        assertThat(cmd).startsWith(prefix);
        cmds.add(cmd.substring(prefix.length()));
        assertThat(Json.object(Json.get(event, "data"))).isNotEmpty();
      }
      assertThat(cmds)
          .containsExactly(
              "DM",
              "DM_MIRROR",
              "SEND_GIFT",
              "SUPER_CHAT",
              "SUPER_CHAT_DEL",
              "GUARD",
              "LIKE",
              "LIVE_ROOM_ENTER",
              "LIVE_START",
              "LIVE_END",
              "ROOM_CHANGE",
              "ROOM_BLOCK_MSG",
              "INTERACT_WORD",
              "WARNING",
              "INTERACTION_END");
    }
  }

  @Test
  void samplesCanBeOddToo() throws Exception {
    assertThat(SampleEvents.withoutCmd(1, "m")).startsWith("{\"data\":{\"room_id\":1");
    assertThat(SAMPLES.nullData("DM")).isEqualTo("{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":null}");
    assertThat(SAMPLES.empty("DM")).isEqualTo("{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{}}");
    assertThat(SampleEvents.roomEnterAsInTheExample(1, "m"))
        .contains("\"OPEN_PLATFORM_LIVE_ROOM_ENTER\"");
    for (String json :
        List.of(
            SAMPLES.unknown(1, "m"),
            SAMPLES.danmakuWithNewField(1, "m"),
            SAMPLES.danmakuOfWrongTypes(1, "m"))) {
      assertThat(Json.get(Json.get(Json.read(json), "data"), "msg_id")).isEqualTo("m");
    }
  }

  @Test
  void storedBrotliIsWhatTheSpecificationSays() throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    sandbox.roomOf(connId).send(Packing.BROTLI, "{}");
    ByteString body = socket.nextFrame().substring(16);
    // A window bit 0, not last, 4 nibbles of 18 - 1, uncompressed; 18 bytes; last and empty.
    assertThat(body.hex()).isEqualTo("100110" + "00000012001000000000000500000001" + "7b7d" + "03");
  }
}
