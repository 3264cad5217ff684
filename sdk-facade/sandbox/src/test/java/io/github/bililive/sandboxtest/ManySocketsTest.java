package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Chatter;
import io.github.bililive.sandbox.SeenSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class ManySocketsTest extends SocketTestCase {
  private static final int MANY = 200;

  /** OkHttp counts WebSockets against these. */
  private final Dispatcher wide = new Dispatcher();

  private final OkHttpClient dialler = client.newBuilder().dispatcher(wide).build();

  @Test
  void hundredsOfSocketsDialAtOnceHearAndEndPromptly() throws Exception {
    wide.setMaxRequests(MANY);
    wide.setMaxRequestsPerHost(MANY);
    List<TestSocket> sockets = new ArrayList<>();
    for (String connId : sandbox.startConnections(MANY)) {
      TestSocket socket = TestSocket.dial(dialler, sandbox.wssLinks().get(0));
      sockets.add(socket.sendAuth(authBody(connId)));
    }
    sandbox.sockets().awaitAuthenticated(MANY, PATIENCE);
    assertThat(sandbox.sockets().mostAtOnceOfOneRoom(Duration.ZERO)).isEqualTo(1);
    try (Chatter chatter = sandbox.startChatter(Duration.ofMillis(100))) {
      for (TestSocket socket : sockets) {
        assertThat(socket.next().text()).isEqualTo("{\"code\":0}");
        socket.nextMessage();
        socket.nextMessage();
      }
      assertThat(chatter.events()).isGreaterThanOrEqualTo(2 * MANY);
    }
    long before = System.nanoTime();
    sandbox.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    for (TestSocket socket : sockets) {
      assertThat(socket.awaitEnd()).startsWith("failed");
    }
    assertThat(sandbox.sockets().open()).isEmpty();
    assertThat(sandbox.sockets().seen()).allMatch(SeenSocket::wasAuthenticated);
    assertThat(sandbox.sockets().protocolErrors()).isEmpty();
    wide.executorService().shutdown();
  }

  @Test
  void aClosedSandboxLeavesNoThreadBehind() throws Exception {
    String connId = connId();
    TestSocket silent = authenticated(connId);
    socketOf(connId).goSilent();
    authenticated(connId());
    sandbox.startChatter(Duration.ofMillis(1));
    sandbox.close();
    silent.awaitEnd();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("sandbox-")) {
        thread.join(PATIENCE.toMillis());
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }
}
