package io.github.bililive.internal.room;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.bililive.internal.packet.FrameEncoder;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okio.ByteString;

/**
 * A platform whose sockets flood. It answers every call; the room's access token says how its
 * sockets behave: one of the {@link Flood}s.
 */
final class HostileGateway implements AutoCloseable {
  enum Flood {
    /** None: accepted, and an event every 20 ms. */
    HONEST {
      @Override
      void play(DataOutputStream out) throws IOException {
        out.write(frame(ACCEPTED));
        for (int i = 0; ; i++) {
          out.write(frame(event("honest" + i, "")));
          pause();
        }
      }
    },
    /** One message without an end. */
    LONG_MESSAGE {
      @Override
      void play(DataOutputStream out) throws IOException {
        out.write(0x82);
        out.write(127);
        out.writeLong(1L << 40);
        while (true) {
          out.write(ZEROS);
        }
      }
    },
    /** A message of fragments without an end. */
    FRAGMENTS {
      @Override
      void play(DataOutputStream out) throws IOException {
        for (int opcode = 2; ; opcode = 0) {
          head(out, opcode, ZEROS.length);
          out.write(ZEROS);
        }
      }
    },
    /** Pings without an end. Their answers are not read. */
    PINGS {
      @Override
      void play(DataOutputStream out) throws IOException {
        while (true) {
          out.write(MANY_PINGS);
        }
      }
    },
    /** The same, with whole messages in between. */
    PINGS_AND_MESSAGES {
      @Override
      void play(DataOutputStream out) throws IOException {
        out.write(frame(ACCEPTED));
        while (true) {
          out.write(MANY_PINGS);
          out.write(frame(FrameEncoder.packet(0, 99, new byte[0])));
        }
      }
    },
    /** Accepted, and then one long msg_id after the other. */
    LONG_IDS {
      @Override
      void play(DataOutputStream out) throws IOException {
        out.write(frame(ACCEPTED));
        for (int i = 0; ; i++) {
          out.write(frame(event(i + LONG_TEXT, "")));
        }
      }
    },
    /** Accepted, and then one long event after the other. */
    LONG_EVENTS {
      @Override
      void play(DataOutputStream out) throws IOException {
        out.write(frame(ACCEPTED));
        for (int i = 0; ; i++) {
          out.write(frame(event("id" + i, LONG_TEXT)));
        }
      }
    },
    /** Long events before the socket is accepted, which it never is. */
    EARLY_EVENTS {
      @Override
      void play(DataOutputStream out) throws IOException {
        for (int i = 0; ; i++) {
          out.write(frame(event("id" + i, LONG_TEXT)));
        }
      }
    },
    /** Accepted, and then events of nothing but empty objects, which take 60 times their text. */
    EMPTY_OBJECTS {
      @Override
      void play(DataOutputStream out) throws IOException {
        String objects = "{},".repeat(600_000) + "{}";
        byte[] message =
            FrameEncoder.packet(
                0,
                5,
                ("{\"cmd\":\"LIVE_OPEN_PLATFORM_LIKE\",\"data\":{\"x\":[" + objects + "]}}")
                    .getBytes(UTF_8));
        out.write(frame(ACCEPTED));
        while (true) {
          out.write(frame(FrameEncoder.packet(2, 5, FrameEncoder.zlib(message))));
        }
      }
    };

    abstract void play(DataOutputStream out) throws IOException;
  }

  private static final byte[] ZEROS = new byte[1 << 14];
  private static final byte[] MANY_PINGS = new byte[1 << 16];

  static {
    for (int i = 0; i < MANY_PINGS.length; i += 2) {
      MANY_PINGS[i] = (byte) 0x89;
    }
  }

  private static final byte[] ACCEPTED = FrameEncoder.packet(0, 8, "{\"code\":0}".getBytes(UTF_8));
  private static final String LONG_TEXT = "x".repeat(1_900_000);

  private final ServerSocket sockets = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final MockWebServer api = new MockWebServer();
  private final Set<Socket> accepted = ConcurrentHashMap.newKeySet();

  HostileGateway() throws IOException {
    api.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    api.start(InetAddress.getByName("127.0.0.1"), 0);
    daemon(this::accept);
  }

  String baseUrl() {
    return "http://127.0.0.1:" + api.getPort() + "/";
  }

  private MockResponse answer(RecordedRequest request) {
    String token = request.getHeader("access-token");
    String path = request.getPath();
    String data =
        path == null || !path.endsWith("start")
            ? "{}"
            : "{\"conn_id\":\"c"
                + System.nanoTime()
                + "\",\"websocket_info\":{\"auth_body\":\"{}\",\"wss_link\":[\"ws://127.0.0.1:"
                + sockets.getLocalPort()
                + "/"
                + token
                + "\"]}}";
    return new MockResponse()
        .setHeader("Content-Type", "application/json")
        .setBody("{\"code\":0,\"message\":\"0\",\"data\":" + data + "}");
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = sockets.accept();
        accepted.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // The gateway is closed.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "test-gateway");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader request =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      String flood = String.valueOf(request.readLine()).replaceAll("^GET /| .*", "");
      String key = "";
      for (String line = request.readLine();
          line != null && !line.isEmpty();
          line = request.readLine()) {
        if (line.toLowerCase().startsWith("sec-websocket-key: ")) {
          key = line.substring("sec-websocket-key: ".length());
        }
      }
      OutputStream out = socket.getOutputStream();
      String accept =
          ByteString.encodeUtf8(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").sha1().base64();
      out.write(
          ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Accept: "
                  + accept
                  + "\r\n\r\n")
              .getBytes(ISO_8859_1));
      Flood.valueOf(flood).play(new DataOutputStream(out));
    } catch (IOException | IllegalArgumentException e) {
      // The other side hung up, or did before it had asked for a flood.
    } finally {
      accepted.remove(socket);
    }
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
  }

  /** A packed event. */
  private static byte[] event(String msgId, String text) {
    String json =
        "{\"cmd\":\"LIVE_OPEN_PLATFORM_DM\",\"data\":{\"msg\":\""
            + text
            + "\",\"msg_id\":\""
            + msgId
            + "\"}}";
    byte[] message = FrameEncoder.packet(0, 5, json.getBytes(UTF_8));
    return FrameEncoder.packet(2, 5, FrameEncoder.zlib(message));
  }

  /** One whole WebSocket message. */
  private static byte[] frame(byte[] payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    head(out, 0x82, payload.length);
    out.write(payload);
    return bytes.toByteArray();
  }

  private static void head(DataOutputStream out, int first, int length) throws IOException {
    out.write(first);
    out.write(126);
    out.writeShort(length);
  }

  @Override
  public void close() throws IOException {
    sockets.close();
    for (Socket socket : accepted) {
      socket.close();
    }
    api.shutdown();
  }
}
