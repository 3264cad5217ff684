package io.github.bililive.sandboxtest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Frames;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxSocket;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import okio.ByteString;
import org.junit.jupiter.api.Test;

/** Looks at the bytes themselves, since OkHttp's client puts fragments together unseen. */
class FragmentsTest extends SocketTestCase {
  private static final ByteString FRAME = Frames.heartbeatReply(1, ByteString.encodeUtf8("12345"));

  @Test
  void aFrameIsWholeByDefault() throws Exception {
    assertThat(received(sandbox, 2 + FRAME.size()).hex()).isEqualTo("8219" + FRAME.hex());
  }

  @Test
  void aFragmentHoldsAsManyBytesAsItWasTold() throws Exception {
    try (Sandbox fragmenting = Sandbox.builder().clock(clock).fragmentSize(10).start()) {
      String expected =
          ("020a" + FRAME.substring(0, 10).hex())
              + ("000a" + FRAME.substring(10, 20).hex())
              + ("8005" + FRAME.substring(20).hex());
      assertThat(received(fragmenting, 6 + FRAME.size()).hex()).isEqualTo(expected);
    }
  }

  private static ByteString received(Sandbox from, int count) throws Exception {
    URI link = URI.create(from.wssLinks().get(0));
    try (Socket socket = new Socket(link.getHost(), link.getPort())) {
      String upgrade =
          "GET /sub HTTP/1.1\r\nHost: sandbox\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
      socket.getOutputStream().write(upgrade.getBytes(US_ASCII));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      skipHead(in);
      from.sockets().await(1, seen -> true, PATIENCE);
      SandboxSocket opened = from.sockets().open().get(0);
      opened.sendFrame(FRAME);
      return ByteString.of(in.readNBytes(count));
    }
  }

  private static void skipHead(DataInputStream in) throws IOException {
    for (int last = 0; last != 0x0d0a0d0a; ) {
      last = last << 8 | in.readUnsignedByte();
    }
  }
}
