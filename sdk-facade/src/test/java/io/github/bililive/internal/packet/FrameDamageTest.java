package io.github.bililive.internal.packet;

import static io.github.bililive.internal.packet.FrameEncoder.frame;
import static io.github.bililive.internal.packet.FrameEncoder.header;
import static io.github.bililive.internal.packet.FrameEncoder.join;
import static io.github.bililive.internal.packet.FrameEncoder.packet;
import static io.github.bililive.internal.packet.FrameEncoder.storedBrotli;
import static io.github.bililive.internal.packet.FrameEncoder.zlib;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.zip.Deflater;
import okio.ByteString;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a damaged frame, or one without measure, comes to. */
class FrameDamageTest {
  private static final byte[] A = packet(0, 5, bytes("a"));
  private static final byte[] B = packet(1, 5, bytes("b"));

  @Nested
  class Damage {
    @Test
    void anEmptyFrameIsAnError() {
      assertThatThrownBy(() -> FrameLog.of(ByteString.EMPTY))
          .isInstanceOf(PacketException.class)
          .hasMessage("empty frame");
    }

    @Test
    void fewerBytesThanAHeaderAreAnError() {
      assertThatThrownBy(() -> FrameLog.ofHex("00000010 0010 0001 00000005 000000"))
          .hasMessage("packet at byte 0 of the frame has 15 bytes, fewer than a header's 16");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 18, 0x7fffffff, 0x80000000, -1})
    void aPacketLengthOutsideOfTheFrameIsAnError(int length) {
      assertThatThrownBy(() -> FrameLog.of(frame(header(length, 16, 0, 5, bytes("a")))))
          .isInstanceOf(PacketException.class)
          .hasMessage(
              "packet at byte 0 of the frame has a packet length of "
                  + Integer.toUnsignedString(length)
                  + ", not from 16 to the 17 bytes left");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, 20, 0xffff})
    void anotherHeaderLengthIsAnError(int headerLength) {
      byte[] packet = header(20, headerLength, 0, 5, bytes("body"));

      assertThatThrownBy(() -> FrameLog.of(frame(packet)))
          .isInstanceOf(PacketException.class)
          .hasMessage(
              "packet at byte 0 of the frame has a header length of " + headerLength + ", not 16");
    }

    @Test
    void whatCameBeforeTheDamageIsHandedOn() {
      FrameLog log = new FrameLog();

      assertThatThrownBy(() -> new FrameReader().read(frame(A, bytes("x")), log))
          .isInstanceOf(PacketException.class);
      assertThat(log.lines).containsExactly("message a");
    }

    @Test
    void damageInsideOfAPackedPacketSaysWhere() {
      byte[] inside = join(A, header(9, 16, 0, 5, bytes("a")));

      assertThatThrownBy(() -> FrameLog.of(frame(B, packet(2, 5, zlib(inside)))))
          .hasMessage(
              "packet at byte 17 of what was packed 1 deep has a packet length of 9, not from 16 to"
                  + " the 17 bytes left");
    }

    @Test
    void bytesThatAreNotZlibAreAnError() {
      assertThatThrownBy(() -> FrameLog.of(frame(packet(2, 5, bytes("not zlib")))))
          .hasMessageStartingWith("packet at byte 0 of the frame is not zlib: ");
    }

    @Test
    void zlibThatBreaksOffIsAnError() {
      byte[] packed = zlib(A);
      byte[] cut = Arrays.copyOf(packed, packed.length - 1);

      assertThatThrownBy(() -> FrameLog.of(frame(packet(2, 5, cut))))
          .hasMessage("packet at byte 0 of the frame breaks off after 17 unpacked bytes");
    }

    @Test
    void anEmptyPackedBodyIsAnError() {
      assertThatThrownBy(() -> FrameLog.of(frame(packet(2, 5, bytes("")))))
          .hasMessage("packet at byte 0 of the frame breaks off after 0 unpacked bytes");
    }

    @Test
    void zlibWithADictionaryIsAnError() {
      Deflater deflater = new Deflater();
      deflater.setDictionary(bytes("OPEN_LIVEROOM_DM"));
      deflater.setInput(A);
      deflater.finish();
      byte[] packed = new byte[200];
      int length = deflater.deflate(packed);
      deflater.end();

      byte[] body = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> FrameLog.of(frame(packet(2, 5, body))))
          .hasMessage(
              "packet at byte 0 of the frame needs a preset zlib dictionary, which the protocol does not have");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void packedNothingIsAnError(int version) {
      byte[] nothing = version == 2 ? zlib(new byte[0]) : storedBrotli(new byte[0]);

      assertThatThrownBy(() -> FrameLog.of(frame(packet(version, 5, nothing))))
          .hasMessage("packet that unpacks to nothing");
    }
  }

  @Nested
  class Limits {
    @Test
    void aFrameAtTheLimitIsRead() throws PacketException {
      byte[] body = new byte[PacketLimits.MAX_FRAME_BYTES - 16];

      assertThat(FrameLog.of(frame(packet(0, 5, body)))).hasSize(1);
    }

    @Test
    void aFrameBeyondTheLimitIsAnError() {
      byte[] body = new byte[PacketLimits.MAX_FRAME_BYTES - 15];

      assertThatThrownBy(() -> FrameLog.of(frame(packet(0, 5, body))))
          .hasMessage("frame of 1048577 bytes, more than 1048576");
    }

    @Test
    void packetsAtTheLimitAreRead() throws PacketException {
      ByteString frame = frame(packet(2, 5, zlib(many(PacketLimits.MAX_PACKETS - 1))));

      assertThat(FrameLog.of(frame)).hasSize(PacketLimits.MAX_PACKETS - 1);
    }

    @Test
    void packetsBeyondTheLimitAreAnErrorPackedOrNot() {
      byte[] half = packet(2, 5, zlib(many(PacketLimits.MAX_PACKETS / 2)));

      assertThatThrownBy(() -> FrameLog.of(frame(half, half)))
          .hasMessageEndingWith("is one more than the 16384 of a frame");
    }

    @Test
    void unpackedBytesAtTheLimitAreRead() throws PacketException {
      byte[] large = packet(0, 5, new byte[PacketLimits.MAX_UNPACKED_BYTES - 16]);

      assertThat(FrameLog.of(frame(packet(2, 5, zlib(large))))).hasSize(1);
    }

    @Test
    void oneByteMoreIsAnError() {
      byte[] large = packet(0, 5, new byte[PacketLimits.MAX_UNPACKED_BYTES - 15]);

      assertThatThrownBy(() -> FrameLog.of(frame(packet(2, 5, zlib(large)))))
          .hasMessage("packet at byte 0 of the frame unpacks to more than 2097152 bytes");
    }

    @Test
    void theBytesOfAllPacketsCountTogether() {
      byte[] half = packet(2, 5, zlib(packet(0, 5, new byte[PacketLimits.MAX_UNPACKED_BYTES / 2])));

      assertThatThrownBy(() -> FrameLog.of(frame(half, half)))
          .hasMessageMatching(
              "packet at byte \\d+ of the frame unpacks to more than 1048560 bytes");
    }

    @Test
    void aZlibBombIsAnError() {
      byte[] bomb = packet(2, 5, zlib(new byte[32 << 20]));

      assertThatThrownBy(() -> FrameLog.of(frame(bomb)))
          .hasMessage("packet at byte 0 of the frame unpacks to more than 2097152 bytes");
    }

    @Test
    void aBombInABombIsAnError() {
      byte[] inner = packet(2, 5, zlib(new byte[16 << 20]));
      byte[] outer = packet(2, 5, zlib(join(inner, inner)));

      assertThatThrownBy(() -> FrameLog.of(frame(outer)))
          .hasMessageStartingWith(
              "packet at byte 0 of what was packed 1 deep unpacks to more than");
    }

    @Test
    void aBrotliBombIsAnError() {
      // 16 MiB of zeros.
      String hex =
          "0000002b001000030000000500000001cbffff3ff82700e2b14020f7fe2ffffffff04f00c4611180eefd1f";

      assertThatThrownBy(() -> FrameLog.ofHex(hex))
          .hasMessage("packet at byte 0 of the frame unpacks to more than 2097152 bytes");
    }

    @Test
    void packingAtTheDeepestIsRead() throws PacketException {
      assertThat(FrameLog.of(frame(nested(PacketLimits.MAX_NESTING)))).containsExactly("message a");
    }

    @Test
    void packingDeeperIsAnError() {
      assertThatThrownBy(() -> FrameLog.of(frame(nested(PacketLimits.MAX_NESTING + 1))))
          .hasMessage(
              "packet at byte 0 of what was packed 3 deep is packed again, more than 3 times");
    }

    private byte[] nested(int depth) {
      byte[] packet = A;
      for (int i = 0; i < depth; i++) {
        packet = packet(2, 5, zlib(packet));
      }
      return packet;
    }

    private byte[] many(int count) {
      byte[][] packets = new byte[count][];
      Arrays.fill(packets, packet(0, 5, bytes("")));
      return join(packets);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
