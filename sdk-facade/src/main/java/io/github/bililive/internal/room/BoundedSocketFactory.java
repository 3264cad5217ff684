package io.github.bililive.internal.room;

import io.github.bililive.internal.packet.PacketLimits;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOptions;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The user's sockets for one WebSocket, which fail when a peer makes OkHttp keep too much: it would
 * keep a message of any length, fragments without end, and the answers to any number of pings, some
 * 50 bytes for each ping of two. Under TLS it counts what is encrypted, which is near enough.
 */
final class BoundedSocketFactory extends SocketFactory {
  /** How much may come without a whole message: the longest frame that is read, and TLS's share. */
  static final int MAX_BYTES = PacketLimits.MAX_FRAME_BYTES + (64 << 10);

  /** How often it may be written to between two heartbeats: each ping is answered by one write. */
  static final int MAX_WRITES = 1_000;

  private final SocketFactory users;

  /** Bytes since the last whole message. Used by the one thread that reads. */
  private int received;

  /** Writes since the last heartbeat. */
  private final AtomicInteger writes = new AtomicInteger();

  /** What was too much; null if nothing was. */
  private volatile @Nullable String excess;

  BoundedSocketFactory(SocketFactory users) {
    this.users = users;
  }

  /**
   * Returns a client with such sockets. TLS that is not the JDK's may read past a socket's streams,
   * as Android's does, or not take such a socket: then it is the client that was given.
   */
  OkHttpClient bound(OkHttpClient http) {
    String tls;
    try {
      tls = http.sslSocketFactory().getClass().getName();
    } catch (IllegalStateException e) { // A client for cleartext alone.
      tls = "";
    }
    boolean isJdks = tls.isEmpty() || tls.startsWith("sun.security.ssl.");
    return isJdks ? http.newBuilder().socketFactory(this).build() : http;
  }

  /** A whole message came. */
  void messageCame() {
    received = 0;
  }

  /** A heartbeat is about to be sent. */
  void beating() {
    writes.set(0);
  }

  /** Returns what came too much, and made a socket fail; null if nothing did. */
  @Nullable String excess() {
    return excess;
  }

  private int count(int bytes) throws IOException {
    received += Math.max(0, bytes);
    if (received > MAX_BYTES) {
      throw tooMuch("more than " + MAX_BYTES + " bytes came without a whole message");
    }
    return bytes;
  }

  private void countWrite() throws IOException {
    if (writes.incrementAndGet() > MAX_WRITES) {
      throw tooMuch("more than " + MAX_WRITES + " pings came between two heartbeats");
    }
  }

  private IOException tooMuch(String what) {
    excess = what;
    return new IOException(what);
  }

  @Override
  public Socket createSocket() throws IOException {
    return new CountedSocket(new CountedImpl(users.createSocket()));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw connected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw connected();
  }

  private static SocketException connected() {
    return new SocketException("OkHttp connects its sockets itself");
  }

  private static final class CountedSocket extends Socket {
    CountedSocket(SocketImpl counted) throws SocketException {
      super(counted);
    }
  }

  /** A socket of the user's, with a count of what comes. */
  private final class CountedImpl extends SocketImpl {
    private final Socket socket;

    CountedImpl(Socket socket) {
      this.socket = socket;
    }

    @Override
    protected void connect(SocketAddress to, int timeoutMillis) throws IOException {
      socket.connect(to, timeoutMillis);
      address = socket.getInetAddress();
      port = socket.getPort();
      localport = socket.getLocalPort();
    }

    @Override
    protected void connect(String host, int port) throws IOException {
      connect(new InetSocketAddress(host, port), 0);
    }

    @Override
    protected void connect(InetAddress host, int port) throws IOException {
      connect(new InetSocketAddress(host, port), 0);
    }

    @Override
    protected void bind(InetAddress host, int port) throws IOException {
      socket.bind(new InetSocketAddress(host, port));
    }

    @Override
    protected InputStream getInputStream() throws IOException {
      return new FilterInputStream(socket.getInputStream()) {
        @Override
        public int read() throws IOException {
          int next = super.read();
          count(next < 0 ? 0 : 1);
          return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          return count(super.read(bytes, offset, length));
        }
      };
    }

    @Override
    protected OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(socket.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          countWrite();
          out.write(bytes, offset, length);
        }
      };
    }

    @Override
    protected int available() throws IOException {
      return socket.getInputStream().available();
    }

    @Override
    protected void shutdownInput() throws IOException {
      socket.shutdownInput();
    }

    @Override
    protected void shutdownOutput() throws IOException {
      socket.shutdownOutput();
    }

    @Override
    protected void close() throws IOException {
      socket.close();
    }

    @Override
    public void setOption(int option, Object value) throws SocketException {
      if (option == SocketOptions.SO_TIMEOUT) {
        socket.setSoTimeout((Integer) value);
      } else if (option == SocketOptions.TCP_NODELAY) {
        socket.setTcpNoDelay((Boolean) value);
      } else if (option == SocketOptions.SO_KEEPALIVE) {
        socket.setKeepAlive((Boolean) value);
      } else if (option == SocketOptions.SO_LINGER) {
        boolean isOn = value instanceof Integer;
        socket.setSoLinger(isOn, isOn ? (Integer) value : 0);
      }
    }

    @Override
    public Object getOption(int option) throws SocketException {
      switch (option) {
        case SocketOptions.SO_TIMEOUT:
          return socket.getSoTimeout();
        case SocketOptions.TCP_NODELAY:
          return socket.getTcpNoDelay();
        case SocketOptions.SO_KEEPALIVE:
          return socket.getKeepAlive();
        case SocketOptions.SO_BINDADDR:
          return socket.getLocalAddress();
        default:
          throw new SocketException("option " + option + " is not known");
      }
    }

    @Override
    protected void create(boolean stream) {}

    @Override
    protected void listen(int backlog) throws IOException {
      throw connected();
    }

    @Override
    protected void accept(SocketImpl socket) throws IOException {
      throw connected();
    }

    @Override
    protected void sendUrgentData(int data) throws IOException {
      socket.sendUrgentData(data);
    }
  }
}
