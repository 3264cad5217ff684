package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.ExpiredSockets;
import io.github.bililive.sandbox.Frames;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenSocket;
import java.time.Duration;
import okio.ByteString;
import org.junit.jupiter.api.Test;

class SocketHeartbeatTest extends SocketTestCase {
  private static final Duration TIMEOUT = Duration.ofSeconds(70);

  @Test
  void aHeartbeatIsAnsweredWithPopularityAndTheClientsBodyPastTheDeclaredLength() throws Exception {
    TestSocket socket = authenticated(connId());
    clock.advance(Duration.ofSeconds(7));
    socket.sendHeartbeat("[object Object]");

    Unpacked reply = socket.next();
    assertThat(reply.operation()).isEqualTo(Unpacked.HEARTBEAT_REPLY);
    assertThat(reply.body()).isEqualTo(ByteString.decodeHex("00000001"));
    assertThat(reply.trailing().utf8()).isEqualTo("[object Object]");
    socket.sendHeartbeat("");
    assertThat(socket.next().trailing()).isEqualTo(ByteString.EMPTY);
    SeenSocket seen = sandbox.sockets().seen().get(0);
    assertThat(seen.heartbeats()).isEqualTo(2);
    assertThat(seen.lastHeartbeatAtNanos()).isEqualTo(Duration.ofSeconds(7).toNanos());
    assertThat(seen.protocolErrors()).isEmpty();
  }

  @Test
  void aSocketWithoutHeartbeatsIsHungUpAndNotATickBefore() throws Exception {
    TestSocket first = authenticated(connId());
    clock.advance(TICK);
    TestSocket second = authenticated(connId());
    clock.advance(TIMEOUT.minus(TICK));

    assertThat(first.awaitEnd()).startsWith("failed");
    second.sendHeartbeat("");
    assertThat(second.next().operation()).isEqualTo(Unpacked.HEARTBEAT_REPLY);
    assertThat(sandbox.sockets().seen().get(0).closedBy()).contains("no heartbeat in PT1M10S");
  }

  @Test
  void textFramesAndUnknownOperationsAreRecordedAndChangeNothing() throws Exception {
    TestSocket socket = authenticated(connId());
    socket.sendText("hello");
    socket.send(Unpacked.pack(0, 4, 1, ByteString.EMPTY));
    socket.sendHeartbeat("");
    assertThat(socket.next().operation()).isEqualTo(Unpacked.HEARTBEAT_REPLY);
    assertThat(errors(2))
        .containsExactly("a text frame came, of 5 characters", "an unknown operation came: 4");
  }

  @Test
  void aReplyCanBeMadeUp() throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    socketOf(connId).sendFrame(Frames.heartbeatReply(7, ByteString.decodeHex("00ff")));
    Unpacked reply = socket.next();
    assertThat(reply.body().hex()).isEqualTo("00000007");
    assertThat(reply.trailing().hex()).isEqualTo("00ff");
  }

  @Test
  void aSocketWhoseConnectionExpiresIsDeafByDefault() throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    clock.advance(Duration.ofSeconds(30));

    assertThat(sandbox.roomOf(connId).send(danmaku(1, 1))).isZero();
    socket.sendHeartbeat("");
    assertThat(socket.next().operation()).isEqualTo(Unpacked.HEARTBEAT_REPLY);
    assertThat(sandbox.events().get(0).fate()).hasToString("EXPIRED");
    assertThat(socketOf(connId).seen().state()).isEqualTo(SeenSocket.State.AUTHENTICATED);
  }

  @Test
  void aSocketWhoseConnectionExpiresCanBeSilent() throws Exception {
    try (Sandbox silent =
        Sandbox.builder().clock(clock).expiredSockets(ExpiredSockets.SILENT).start()) {
      String connId = silent.startConnections(1).get(0);
      TestSocket socket =
          TestSocket.dial(client, silent.wssLinks().get(0))
              .authenticate(String.valueOf(silent.authBody(connId)));
      silent.expire(connId);
      silent.roomOf(connId).send(danmaku(1, 1));
      socket.sendHeartbeat("");
      silent.sockets().await(1, seen -> seen.heartbeats() == 1, PATIENCE);
      socket.cancel();
      assertThat(socket.rest()).isEmpty();
    }
  }

  @Test
  void aSocketWhoseConnectionExpiresCanBeHungUp() throws Exception {
    try (Sandbox strict =
        Sandbox.builder().clock(clock).expiredSockets(ExpiredSockets.CLOSED).start()) {
      String connId = strict.startConnections(1).get(0);
      TestSocket socket =
          TestSocket.dial(client, strict.wssLinks().get(0))
              .authenticate(String.valueOf(strict.authBody(connId)));
      strict.expire(connId);
      assertThat(socket.awaitEnd()).startsWith("failed");
      assertThat(strict.sockets().seen().get(0).closedBy()).contains("its conn_id expired");
    }
  }
}
