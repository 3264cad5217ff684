package io.github.bililive.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ServerSocketFactory;

/**
 * Makes server sockets whose connections send at once, and are {@link TcpSocket}s. MockWebServer
 * writes headers and body apart, and with Nagle's algorithm the body waits some 40 ms for the
 * client's delayed acknowledgement.
 */
final class PromptSockets extends ServerSocketFactory {
  /** MockWebServer asks for 50, which hundreds of clients that dial at once overrun. */
  private static final int BACKLOG = 4096;

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new ServerSocket() {
      @Override
      public void bind(SocketAddress endpoint, int backlog) throws IOException {
        super.bind(endpoint, BACKLOG);
      }

      @Override
      public Socket accept() throws IOException {
        TcpSocket socket = new TcpSocket();
        implAccept(socket);
        try {
          socket.setTcpNoDelay(true);
        } catch (SocketException e) {
          // The client has gone already; thrown further, this would stop the whole server.
          return socket;
        }
        return socket;
      }
    };
  }

  @Override
  public ServerSocket createServerSocket(int port) {
    throw new UnsupportedOperationException("MockWebServer binds by itself");
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) {
    throw new UnsupportedOperationException("MockWebServer binds by itself");
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
    throw new UnsupportedOperationException("MockWebServer binds by itself");
  }
}
