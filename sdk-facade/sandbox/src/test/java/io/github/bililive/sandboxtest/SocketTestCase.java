package io.github.bililive.sandboxtest;

import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.SandboxSocket;
import io.github.bililive.sandbox.SeenSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A sandbox with connections whose sockets are about to be dialled. */
class SocketTestCase extends SandboxTestCase {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final Duration TICK = Duration.ofNanos(1);
  static final SampleEvents SAMPLES = SampleEvents.openLive();

  String connId() {
    return sandbox.startConnections(1).get(0);
  }

  String authBody(String connId) {
    return Objects.requireNonNull(sandbox.authBody(connId));
  }

  /** Opens a socket that has not said whose it is. */
  TestSocket open() throws Exception {
    return TestSocket.dial(client, sandbox.wssLinks().get(0)).awaitOpen();
  }

  TestSocket authenticated(String connId) throws Exception {
    return open().authenticate(authBody(connId));
  }

  SandboxSocket socketOf(String connId) {
    return Objects.requireNonNull(sandbox.sockets().ofConnection(connId));
  }

  /** Returns the only socket there ever was, once it is over. */
  SeenSocket closed() throws Exception {
    sandbox.sockets().awaitAllClosed(PATIENCE);
    List<SeenSocket> seen = sandbox.sockets().seen();
    if (seen.size() != 1) {
      throw new AssertionError(seen);
    }
    return seen.get(0);
  }

  /** Waits until the only socket has made so many mistakes. */
  List<String> errors(int count) throws Exception {
    return sandbox
        .sockets()
        .await(1, socket -> socket.protocolErrors().size() >= count, PATIENCE)
        .get(0)
        .protocolErrors();
  }

  String danmaku(long roomId, int number) {
    return SAMPLES.danmaku(roomId, "id-" + number, "text " + number);
  }
}
