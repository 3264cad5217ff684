package io.github.bililive.sandbox;

import io.github.bililive.sandbox.Packet.Malformed;
import java.util.List;
import java.util.function.Consumer;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one WebSocket: what it makes of each thing that comes. Called by the one
 * thread that serves the connection.
 */
final class SocketProtocol extends WebSocketListener {
  private static final int AUTHENTICATION_FAILED = -101;
  private static final int NORMAL_CLOSURE = 1000;
  private static final int POPULARITY = 1;

  private final SocketHub hub;
  private final String target;
  private final List<String> upgradeErrors;

  /** Null until the socket is open; then it stays. */
  private @Nullable SandboxSocket socket;

  SocketProtocol(SocketHub hub, String target, List<String> upgradeErrors) {
    this.hub = hub;
    this.target = target;
    this.upgradeErrors = upgradeErrors;
  }

  @Override
  public void onOpen(WebSocket webSocket, Response response) {
    TcpSocket tcp = TcpSocket.ofThisThread();
    tcp.fragment(hub.settings.fragmentSize());
    SandboxSocket opened = hub.open(target, webSocket, tcp);
    socket = opened;
    hub.monitor.change(() -> upgradeErrors.forEach(opened::protocolError));
  }

  @Override
  public void onMessage(WebSocket webSocket, String text) {
    whileOpen(
        opened -> {
          opened.protocolError("a text frame came, of %d characters".formatted(text.length()));
          if (!opened.isIntroduced()) {
            opened.hangUp("the sandbox: no authentication in the first frame");
          }
        });
  }

  @Override
  public void onMessage(WebSocket webSocket, ByteString frame) {
    whileOpen(
        opened -> {
          try {
            Packet.decode(frame).forEach(packet -> receive(opened, packet));
          } catch (Malformed e) {
            opened.protocolError(String.valueOf(e.getMessage()));
            opened.hangUp("the sandbox: a malformed frame came");
          }
        });
  }

  @Override
  public void onClosing(WebSocket webSocket, int code, String reason) {
    end("the client: closed with " + code);
    webSocket.close(NORMAL_CLOSURE, null);
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable cause, @Nullable Response response) {
    end("the client: cut the connection");
  }

  private void end(String by) {
    SandboxSocket opened = socket;
    if (opened != null) {
      hub.monitor.change(() -> opened.close(by));
    }
  }

  private void whileOpen(Consumer<SandboxSocket> reaction) {
    SandboxSocket opened = socket;
    if (opened == null) {
      throw new IllegalStateException("a message came before its socket was open");
    }
    try {
      hub.monitor.change(
          () -> {
            if (opened.isOpen()) {
              reaction.accept(opened);
            }
          });
    } catch (RuntimeException | Error e) {
      // Thrown further, it would end MockWebServer's thread and reach nobody.
      hub.failed(e);
      opened.reset();
    }
  }

  private void receive(SandboxSocket opened, Packet packet) {
    if (packet.version() != Packet.PLAIN && packet.version() != Packet.PLAIN_TOO) {
      opened.protocolError("a client's packet has version " + packet.version());
    }
    if (packet.sequence() != Packet.SEQUENCE) {
      opened.protocolError("a packet's sequence is " + packet.sequence() + ", not 1");
    }
    if (!opened.isIntroduced()) {
      introduce(opened, packet);
    } else if (packet.operation() == Packet.HEARTBEAT) {
      heartbeat(opened, packet);
    } else if (packet.operation() == Packet.AUTH) {
      opened.protocolError("a second authentication came");
    } else {
      opened.protocolError("an unknown operation came: " + packet.operation());
    }
  }

  private void introduce(SandboxSocket opened, Packet packet) {
    if (packet.operation() != Packet.AUTH) {
      opened.protocolError("the first packet has operation %d".formatted(packet.operation()));
      opened.hangUp("the sandbox: no authentication in the first packet");
      return;
    }
    Connection known = hub.connections.ofAuthBody(packet.body());
    hub.introduce(opened, known);
    if (known == null) {
      opened.protocolError("the auth body is none that a start was answered with");
    }
    SocketFault fault = hub.faults.take(opened.seen());
    fault.strike(hub, opened, () -> judge(opened, known));
  }

  private void judge(SandboxSocket opened, @Nullable Connection known) {
    if (known != null && hub.connections.isAlive(known) && makesRoom(opened, known)) {
      opened.authenticate();
    } else {
      opened.refuse(AUTHENTICATION_FAILED);
    }
  }

  /** Returns whether it may be open, beside others of its connection or in place of them. */
  private boolean makesRoom(SandboxSocket opened, Connection known) {
    for (SandboxSocket other : hub.authenticated()) {
      if (other != opened && other.connection() == known) {
        if (hub.settings.secondSocket() == SecondSocket.REFUSED) {
          return false;
        }
        if (hub.settings.secondSocket() == SecondSocket.REPLACES) {
          other.hangUp("the sandbox: replaced by socket " + opened.number);
        }
      }
    }
    return true;
  }

  private void heartbeat(SandboxSocket opened, Packet packet) {
    opened.heartbeat();
    if (!opened.isAuthenticated()) {
      opened.protocolError("a heartbeat came before the authentication was answered");
    } else if (hub.settings.expiredSockets() != ExpiredSockets.SILENT || isAlive(opened)) {
      opened.transmit(Frames.heartbeatReply(POPULARITY, packet.body()));
    }
  }

  private boolean isAlive(SandboxSocket opened) {
    Connection connection = opened.connection();
    return connection != null && hub.connections.isAlive(connection);
  }
}
