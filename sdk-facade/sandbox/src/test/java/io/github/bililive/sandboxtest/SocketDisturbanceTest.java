package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.sandbox.Frames;
import io.github.bililive.sandbox.Packing;
import io.github.bililive.sandbox.SandboxRoom;
import io.github.bililive.sandbox.SeenConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import okio.ByteString;
import org.junit.jupiter.api.Test;

class SocketDisturbanceTest extends SocketTestCase {
  @Test
  void aDroppedSocketHasGotAllThatWasSent() throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    SandboxRoom room = sandbox.roomOf(connId);
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      sent.add(danmaku(room.id(), i));
      room.send(Packing.PLAIN, sent.get(i));
    }
    room.drop();
    assertThat(room.send(danmaku(room.id(), 500))).isZero();

    assertThat(socket.awaitEnd()).isEqualTo("failed: EOFException");
    assertThat(socket.rest()).isEqualTo(sent);
    assertThat(closed().closedBy()).isEqualTo("the sandbox: dropped");
  }

  @Test
  void aResetSocketEndsAtOnce() throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    socketOf(connId).reset();
    assertThat(socket.awaitEnd()).startsWith("failed");
    assertThat(closed().closedBy()).isEqualTo("the sandbox: reset");
  }

  @Test
  void aClosedSocketSaysWithWhichCode() throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    sandbox.roomOf(connId).send(danmaku(1, 1));
    socketOf(connId).close(1001, "going away");
    assertThat(socket.awaitEnd()).isEqualTo("closed with 1001");
    assertThat(socket.rest()).hasSize(1);
    assertThat(closed().closedBy()).isEqualTo("the sandbox: closed with 1001");
  }

  @Test
  void aSilentSocketStaysOpenAndAnswersNothing() throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    sandbox.roomOf(connId).send(danmaku(1, 1));
    sandbox.roomOf(connId).goSilent();
    assertThat(sandbox.roomOf(connId).send(danmaku(1, 2))).isZero();
    socket.sendHeartbeat("");
    sandbox.sockets().await(1, seen -> seen.heartbeats() == 1, PATIENCE);
    assertThat(sandbox.sockets().open()).hasSize(1);
    assertThat(socket.nextMessage()).contains("id-1");

    socket.cancel();
    assertThat(socket.rest()).isEmpty();
    assertThat(closed().closedBy()).isEqualTo("the client: cut the connection");
  }

  @Test
  void aDeafSocketAnswersHeartbeatsAlone() throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    socketOf(connId).goDeaf();
    sandbox.roomOf(connId).send(danmaku(1, 1));
    socket.sendHeartbeat("");
    assertThat(socket.next().operation()).isEqualTo(Unpacked.HEARTBEAT_REPLY);
  }

  @Test
  void allSocketsCanBeDisturbedAtOnce() throws Exception {
    for (int i = 0; i < 4; i++) {
      List<TestSocket> sockets = new ArrayList<>();
      for (String connId : sandbox.startConnections(3)) {
        sockets.add(authenticated(connId));
      }
      switch (i) {
        case 0 -> sandbox.sockets().dropAll();
        case 1 -> sandbox.sockets().resetAll();
        case 2 -> sandbox.sockets().closeAll(1012, "restart");
        default -> {
          sandbox.sockets().silenceAll();
          sockets.forEach(TestSocket::cancel);
        }
      }
      sandbox.sockets().awaitAllClosed(PATIENCE);
      for (TestSocket socket : sockets) {
        assertThat(socket.awaitEnd()).isEqualTo(i == 2 ? "closed with 1012" : socket.awaitEnd());
      }
    }
    assertThat(sandbox.sockets().seen()).hasSize(12);
  }

  @Test
  void anEndOfInteractionIsHeardAndTheConnectionIsOver() throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    assertThat(sandbox.endInteraction(connId)).isTrue();
    Object event = Json.read(socket.nextMessage());
    assertThat(Json.get(event, "cmd")).isEqualTo("OPEN_LIVEROOM_INTERACTION_END");
    assertThat(Json.get(Json.get(event, "data"), "conn_id")).isEqualTo(connId);
    assertThat(Objects.requireNonNull(sandbox.connection(connId)).state())
        .isEqualTo(SeenConnection.State.EXPIRED);
    assertThat(sandbox.roomOf(connId).send(danmaku(1, 1))).isZero();
    assertThat(sandbox.endInteraction(connId)).isFalse();
  }

  @Test
  void framesCanBeUnsound() throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    List<ByteString> frames =
        List.of(
            Frames.unknownVersion("{}"),
            Frames.unknownOperation("{}"),
            Frames.wrongLength("{}", 15),
            Frames.damagedZlib("{}"),
            Frames.garbage(3),
            Frames.noPacket());
    for (ByteString frame : frames) {
      socketOf(connId).sendFrame(frame);
      assertThat(socket.nextFrame()).isEqualTo(frame);
    }
    assertThat(frames.get(0).getByte(7)).isEqualTo((byte) 9);
    assertThat(frames.get(1).getByte(11)).isEqualTo((byte) 99);
    assertThat(frames.get(2).getByte(3)).isEqualTo((byte) 15);
    assertThatThrownBy(() -> Unpacked.unpack(frames.get(3))).isInstanceOf(Exception.class);
    assertThat(sandbox.events()).isEmpty();
  }

  @Test
  void bombsAreSmallAndHuge() throws Exception {
    ByteString bomb = Frames.zlibBomb(8_000_000);
    assertThat(bomb.size()).isLessThan(16_000);
    ByteString inflated = Unpacked.inflate(bomb.substring(16));
    assertThat(inflated.size()).isEqualTo(8_000_000);
    assertThat(inflated.asByteBuffer().getInt()).isEqualTo(8_000_000);

    ByteString flood = Frames.flood(10_000, "{}");
    assertThat(flood.size()).isLessThan(4_000);
    assertThat(Unpacked.unpack(flood)).hasSize(10_000);

    assertThat(Unpacked.unpack(Frames.nested(4, "{}")).get(0).way()).containsExactly(2, 2, 2, 2, 0);
    assertThat(Unpacked.unpack(Frames.messages(Packing.MIXED, "{}", "{}")))
        .extracting(Unpacked::way)
        .containsExactly(List.of(0), List.of(2, 0));
  }

  @Test
  void waitingInVainSaysHowManyThereAre() throws Exception {
    authenticated(connId());
    assertThatThrownBy(() -> sandbox.sockets().awaitAuthenticated(2, TICK))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("waited PT0.000000001S for 2 authenticated sockets; there are 1");
    assertThatThrownBy(() -> sandbox.sockets().awaitAllClosed(TICK))
        .hasMessageContaining("no open socket; there are 1");
    assertThat(sandbox.sockets().awaitAuthenticated(1, PATIENCE)).hasSize(1);
    assertThat(sandbox.sockets().ofConnection("unknown")).isNull();
    assertThatThrownBy(() -> sandbox.roomOf("unknown"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sandbox.room("unknown")).hasMessageContaining("accessTokens()");
  }
}
