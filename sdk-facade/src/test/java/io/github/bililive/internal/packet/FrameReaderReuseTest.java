package io.github.bililive.internal.packet;

import static io.github.bililive.internal.packet.FrameEncoder.frame;
import static io.github.bililive.internal.packet.FrameEncoder.join;
import static io.github.bililive.internal.packet.FrameEncoder.packet;
import static io.github.bililive.internal.packet.FrameEncoder.zlib;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okio.ByteString;
import org.junit.jupiter.api.Test;

/** One reader for many frames, threads and faults. */
class FrameReaderReuseTest {
  private static final byte[] A = packet(0, 5, bytes("a"));
  private static final byte[] B = packet(1, 5, bytes("b"));

  private final FrameReader reader = new FrameReader();

  @Test
  void aFrameIsReadRightAfterADamagedOne() throws PacketException {
    FrameLog log = new FrameLog();
    ByteString good = frame(packet(2, 5, zlib(A)));

    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> reader.read(frame(packet(2, 5, bytes("not zlib"))), log))
          .isInstanceOf(PacketException.class);
      reader.read(good, log);
    }

    assertThat(log.lines).hasSize(20).containsOnly("message a");
  }

  @Test
  void whatTheSinkThrowsComesOutAndEndsTheFrame() throws PacketException {
    FrameLog log = new FrameLog();
    PacketSink throwing = new ThrowingSink();

    assertThatThrownBy(() -> reader.read(frame(packet(2, 5, zlib(A))), throwing))
        .isInstanceOf(IllegalStateException.class);
    reader.read(frame(packet(2, 5, zlib(B))), log);

    assertThat(log.lines).containsExactly("message b");
  }

  @Test
  void aClosedReaderStillReads() throws PacketException {
    FrameLog log = new FrameLog();
    reader.read(frame(packet(2, 5, zlib(A))), log);
    reader.close();
    reader.close();
    reader.read(frame(packet(2, 5, zlib(B))), log);

    assertThat(log.lines).containsExactly("message a", "message b");
  }

  @Test
  void aSinkMayReadAnotherFrame() throws PacketException {
    FrameLog log = new FrameLog();
    PacketSink nesting =
        new ThrowingSink() {
          @Override
          public void message(byte[] buffer, int offset, int length) {
            try {
              reader.read(frame(packet(2, 5, zlib(B))), log);
            } catch (PacketException e) {
              throw new AssertionError(e);
            }
            log.message(buffer, offset, length);
          }
        };

    reader.read(frame(packet(2, 5, zlib(join(A, A)))), nesting);

    assertThat(log.lines).containsExactly("message b", "message a", "message b", "message a");
  }

  @Test
  void severalThreadsMayReadAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<String>>> logs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        byte[] mine = packet(0, 5, bytes("thread " + i));
        ByteString frame = frame(packet(2, 5, zlib(join(mine, mine))));
        logs.add(
            threads.submit(
                () -> {
                  FrameLog log = new FrameLog();
                  for (int n = 0; n < 500; n++) {
                    reader.read(frame, log);
                  }
                  return log.lines;
                }));
      }
      for (int i = 0; i < 4; i++) {
        assertThat(logs.get(i).get()).hasSize(1000).containsOnly("message thread " + i);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static class ThrowingSink implements PacketSink {
    @Override
    public void authReply(int code) {
      throw new IllegalStateException();
    }

    @Override
    public void heartbeatReply(long popularity) {
      throw new IllegalStateException();
    }

    @Override
    public void message(byte[] buffer, int offset, int length) {
      throw new IllegalStateException();
    }

    @Override
    public void unknown(int version, int operation) {
      throw new IllegalStateException();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
