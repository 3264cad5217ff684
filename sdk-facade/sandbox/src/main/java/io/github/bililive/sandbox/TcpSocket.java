package io.github.bililive.sandbox;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A connection's TCP socket, which does what MockWebServer's WebSocket cannot: hang up, fall silent
 * and fragment. {@link #ofThisThread} finds it from within a dispatcher or a WebSocket listener.
 */
final class TcpSocket extends Socket {
  private static final ThreadLocal<@Nullable TcpSocket> READ_LAST = new ThreadLocal<>();

  /** Both are null until they are asked for, and made once. */
  private @Nullable InputStream in;

  private @Nullable Outgoing out;

  /** Returns the socket that the current thread has read from last. */
  static TcpSocket ofThisThread() {
    TcpSocket socket = READ_LAST.get();
    if (socket == null) {
      throw new IllegalStateException("this thread serves no connection");
    }
    return socket;
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (in == null) {
      in =
          new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
              READ_LAST.set(TcpSocket.this);
              return super.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
              READ_LAST.set(TcpSocket.this);
              return super.read(bytes, offset, count);
            }

            @Override
            public void close() throws IOException {
              TcpSocket.this.close();
            }
          };
    }
    return in;
  }

  @Override
  public synchronized Outgoing getOutputStream() throws IOException {
    if (out == null) {
      out = new Outgoing(super.getOutputStream(), this);
    }
    return out;
  }

  /** From now on nothing gets out any more, not even a pong. */
  void mute() {
    outgoing().mute();
  }

  /** From now on splits frames; to be called between two frames. */
  void fragment(int size) {
    outgoing().fragment(size);
  }

  private Outgoing outgoing() {
    try {
      return getOutputStream();
    } catch (IOException e) {
      throw new IllegalStateException("a connection that has served has streams", e);
    }
  }

  /** Ends the outgoing side: the peer gets all that was sent, and then the end. */
  void endOutput() {
    try {
      shutdownOutput();
    } catch (IOException e) {
      end();
    }
  }

  /** Cuts the connection; the peer's system forgets what it has not yet read. */
  void reset() {
    try {
      setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already.
      return;
    }
    end();
  }

  void end() {
    try {
      close();
    } catch (IOException e) {
      throw new IllegalStateException("closing a socket failed", e);
    }
  }
}
