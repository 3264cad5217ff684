package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.sandbox.Chatter;
import io.github.bililive.sandbox.SentEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
  void itsPaceIsMoreThanZero() {
    assertThatThrownBy(() -> sandbox.startChatter(Duration.ZERO)).hasMessageContaining("interval");
    assertThatThrownBy(() -> sandbox.startChatter(INTERVAL, -1))
        .hasMessageContaining("repeatEvery");
  }
}
