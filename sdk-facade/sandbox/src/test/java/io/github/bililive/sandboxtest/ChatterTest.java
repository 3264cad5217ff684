package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.sandbox.Chatter;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SentEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChatterTest extends SocketTestCase {
  private static final Duration INTERVAL = Duration.ofMillis(2);

  @Test
  void everyRoomThatHasASocketHearsEventsOfAllKinds() throws Exception {
    List<TestSocket> sockets = new ArrayList<>();
    for (String connId : sandbox.startConnections(2)) {
      sockets.add(authenticated(connId));
    }
    try (Chatter chatter = sandbox.startChatter(INTERVAL)) {
      for (TestSocket socket : sockets) {
        HashSet<Object> cmds = new HashSet<>();
        while (cmds.size() < 4) {
          cmds.add(Json.get(Json.read(socket.nextMessage()), "cmd"));
        }
      }
      assertThat(chatter.repeats()).isZero();
    }
    assertThat(sandbox.events()).extracting(SentEvent::msgId).doesNotHaveDuplicates();
  }

  @Test
  void whatIsRepeatedIsCountedAndNothingComesAfterItsEnd() throws Exception {
    String connId = connId();
    TestSocket socket = authenticated(connId);
    Chatter chatter = sandbox.startChatter(INTERVAL, 5);
    for (int i = 0; i < 12; i++) {
      socket.nextMessage();
    }
    chatter.close();
    chatter.close();
    List<SentEvent> sent = sandbox.events();
    assertThat(sent).hasSize((int) (chatter.events() + chatter.repeats()));
    assertThat(chatter.repeats()).isEqualTo(chatter.events() / 5).isPositive();
    assertThat(sent.get(4).msgId()).isEqualTo(sent.get(5).msgId());
    socketOf(connId).drop();
    socket.awaitEnd();
    assertThat(socket.rest()).hasSize(sent.size() - 12);
  }

  @Test
  void aDefaultSandboxSaysADanmakuASecondAndABuiltOneSaysNothingUnlessItIsTold() throws Exception {
    try (Sandbox talking = Sandbox.start()) {
      String connId = talking.startConnections(1).get(0);
      String authBody = Objects.requireNonNull(talking.authBody(connId));
      String heard =
          TestSocket.dial(client, talking.wssLinks().get(0))
              .awaitOpen()
              .authenticate(authBody)
              .nextMessage();
      assertThat(Json.get(Json.read(heard), "cmd")).isEqualTo("OPEN_LIVEROOM_DM");
    }
    assertThatThrownBy(() -> Sandbox.builder().danmakuInterval(Duration.ofNanos(-1)))
        .hasMessage("danmakuInterval must not be negative: PT-0.000000001S");
  }

  @Test
  void aRoomSpeaksAsSoonAsASocketIsAccepted() throws Exception {
    sandbox.close();
    sandbox = Sandbox.builder().danmakuInterval(Duration.ofHours(1)).start();
    assertThat(authenticated(connId()).nextMessage()).contains("OPEN_LIVEROOM_DM");
    assertThat(authenticated(connId()).nextMessage()).contains("OPEN_LIVEROOM_DM");
  }

  @Test
  void ofDanmakuAloneThereAreNoGifts() throws Exception {
    sandbox.close();
    sandbox = Sandbox.builder().danmakuInterval(INTERVAL).start();
    TestSocket socket = authenticated(connId());
    for (int i = 0; i < 12; i++) {
      assertThat(socket.nextMessage()).contains("OPEN_LIVEROOM_DM");
    }
  }

  @Test
  void itsPaceIsMoreThanZero() {
    assertThatThrownBy(() -> sandbox.startChatter(Duration.ZERO)).hasMessageContaining("interval");
    assertThatThrownBy(() -> sandbox.startChatter(INTERVAL, -1))
        .hasMessageContaining("repeatEvery");
  }
}
