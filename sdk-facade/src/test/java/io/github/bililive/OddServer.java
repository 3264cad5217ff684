package io.github.bililive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server on loopback that reads one request of a connection, answers any bytes and hangs up. */
public final class OddServer implements Closeable {
  /** The first byte of TLS, which is answered in cleartext, too. */
  private static final int TLS_HANDSHAKE = 22;

  private final ServerSocket server;
  private final Function<String, byte[]> answer;

  /** Starts it. The answer is chosen by the request's path. */
  public OddServer(Function<String, byte[]> answer) throws IOException {
    this.answer = answer;
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    daemon(this::acceptAll);
  }

  /** Returns where it is, without a scheme: {@code 127.0.0.1:port/}. */
  public String address() {
    return "127.0.0.1:" + server.getLocalPort() + "/";
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "odd-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() {
    while (true) {
      Socket socket;
      try {
        socket = server.accept();
      } catch (IOException e) {
        return; // Closed.
      }
      daemon(() -> serve(socket));
    }
  }

  private void serve(Socket accepted) {
    try (Socket socket = accepted) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String path = readRequest(in);
      if (path != null) {
        socket.getOutputStream().write(answer.apply(path));
        socket.shutdownOutput();
        in.transferTo(
            OutputStream.nullOutputStream()); // Hanging up on unread bytes would reset the answer.
      }
    } catch (IOException e) {
      // The client has hung up.
    }
  }

  /** Returns the path of a whole request; null at the end. */
  private static @Nullable String readRequest(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      if (next == TLS_HANDSHAKE) {
        return "/tls";
      }
      head.write(next);
    }
    for (String line : head.toString(ISO_8859_1).split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        in.readNBytes(Integer.parseInt(line.substring(15).trim()));
      }
    }
    return head.toString(ISO_8859_1).split(" ")[1];
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
