package io.github.bililive.internal.heartbeat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server on loopback that can become a black hole: then it swallows what comes, and says
 * nothing. Connections that it has swallowed from stay dead for good, as when a device changes its
 * network; those that are opened later are not.
 */
final class Hole implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final int to;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean swallows;

  Hole(int to) throws IOException {
    this.to = to;
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void swallow(boolean swallows) {
    this.swallows = swallows;
  }

  private void accept() {
    try {
      while (true) {
        Socket near = kept(server.accept());
        Socket far = kept(new Socket(InetAddress.getByName("127.0.0.1"), to));
        boolean[] isDead = {false};
        daemon(() -> pass(near, far, isDead));
        daemon(() -> pass(far, near, isDead));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private Socket kept(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  private void pass(Socket from, Socket onTo, boolean[] isDead) {
    byte[] bytes = new byte[8192];
    try (from) {
      InputStream in = from.getInputStream();
      OutputStream out = onTo.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        synchronized (isDead) {
          isDead[0] |= swallows;
          if (!isDead[0]) {
            out.write(bytes, 0, count);
          }
        }
      }
    } catch (IOException e) {
      // One of the two hung up.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "test-hole");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
