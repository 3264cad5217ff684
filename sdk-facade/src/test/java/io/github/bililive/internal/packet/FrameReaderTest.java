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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.Deflater;
import okio.ByteString;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  /** A frame of two danmaku. */
  static final String ZLIB =
      "00000063001000020000000500000001789c63606070651060000156060606c66aa5e4dc14252b25ff0057bf"
          + "781fcf30d7207f7fdf78175f251da594c4924425ab6aa5dce274252ba5a77b763edd39f5c98e06a5da5a"
          + "060a0dd9d5033404002fde2859";

  /** The same two danmaku, packed by the reference encoder. */
  static final String BROTLI =
      "000000670010000300000005000000011b8900f81d076eacc5429d826f7ac673f3afe5011f7173eb981485fb"
          + "791af95f86bfe82b169d5445a4ab2a082a4a003a540080024058d84e1d338cf4a0f4ec424fc2d02f359f"
          + "682a2f9ce691f9fcdecffbfebf4ef6b908";

  private static final String FIRST =
      "message {\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{\"msg\":\"弹幕一\"}}";
  private static final String SECOND =
      "message {\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{\"msg\":\"弹幕二\"}}";
  private static final byte[] A = packet(0, 5, bytes("a"));
  private static final byte[] B = packet(1, 5, bytes("b"));

  @Nested
  class GoldenBytes {
    @Test
    void theAuthReplySaysTheCode() throws PacketException {
      String hex = "0000001a 0010 0001 00000008 00000001 7b22636f6465223a307d"; // {"code":0}
      assertThat(FrameLog.ofHex(hex)).containsExactly("auth 0");
    }

    @Test
    void theHeartbeatReplySaysThePopularity() throws PacketException {
      String hex = "00000014 0010 0001 00000003 00000001 00000539";
      assertThat(FrameLog.ofHex(hex)).containsExactly("heartbeat 1337");
    }

    @Test
    void thePopularityHasNoSign() throws PacketException {
      String hex = "00000014 0010 0000 00000003 00000000 fffffffe";
      assertThat(FrameLog.ofHex(hex)).containsExactly("heartbeat 4294967294");
    }

    @Test
    void aPlainMessageIsItsBytes() throws PacketException {
      String hex = "00000012 0010 0000 00000005 00000001 7b7d";
      assertThat(FrameLog.ofHex(hex)).containsExactly("message {}");
    }

    @Test
    void versionOneIsPlainAsWell() throws PacketException {
      String hex = "00000012 0010 0001 00000005 00000001 7b7d";
      assertThat(FrameLog.ofHex(hex)).containsExactly("message {}");
    }

    @Test
    void zlibUnpacksToSeveralMessages() throws PacketException {
      assertThat(FrameLog.ofHex(ZLIB)).containsExactly(FIRST, SECOND);
    }

    @Test
    void brotliUnpacksToSeveralMessages() throws PacketException {
      assertThat(FrameLog.ofHex(BROTLI)).containsExactly(FIRST, SECOND);
    }
  }

  @Nested
  class Packets {
    @Test
    void severalInAFrameComeInOrder() throws PacketException {
      assertThat(FrameLog.of(frame(A, B, A)))
          .containsExactly("message a", "message b", "message a");
    }

    @Test
    void allWaysOfPackingMayMeetInAFrame() throws PacketException {
      byte[] zlib = packet(2, 5, zlib(join(A, B)));
      byte[] brotli = packet(3, 5, storedBrotli(join(B, A)));

      assertThat(FrameLog.of(frame(A, zlib, brotli, B)))
          .containsExactly(
              "message a", "message a", "message b", "message b", "message a", "message b");
    }

    @Test
    void aPackedPacketMayHoldPackedOnes() throws PacketException {
      byte[] inner = packet(3, 5, storedBrotli(join(A, B)));
      byte[] outer = packet(2, 5, zlib(join(B, inner, A)));

      assertThat(FrameLog.of(frame(outer, B)))
          .containsExactly("message b", "message a", "message b", "message a", "message b");
    }

    @Test
    void repliesMayBePacked() throws PacketException {
      byte[] inside = join(packet(1, 8, bytes("{\"code\":0}")), packet(1, 3, new byte[4]), A);

      assertThat(FrameLog.of(frame(packet(2, 0, zlib(inside)))))
          .containsExactly("auth 0", "heartbeat 0", "message a");
    }

    @Test
    void unknownVersionsAndOperationsAreCountedAndSkipped() throws PacketException {
      assertThat(FrameLog.of(frame(packet(4, 5, bytes("?")), packet(0, 6, bytes("?")), A)))
          .containsExactly(
              "unknown version 4 operation 5", "unknown version 0 operation 6", "message a");
    }

    @Test
    void unknownNumbersMayBeLarge() throws PacketException {
      assertThat(FrameLog.of(frame(packet(0xffff, -1, bytes("")))))
          .containsExactly("unknown version 65535 operation -1");
    }

    @Test
    void aMessageMayBeEmpty() throws PacketException {
      assertThat(FrameLog.of(frame(packet(0, 5, bytes(""))))).containsExactly("message ");
    }

    @Test
    void bytesBehindAZlibStreamAreIgnored() throws PacketException {
      byte[] zlib = packet(2, 5, join(zlib(A), bytes("more")));

      assertThat(FrameLog.of(frame(zlib, B))).containsExactly("message a", "message b");
    }
  }

  @Nested
  class HeartbeatReplies {
    private final byte[] reply = packet(1, 3, new byte[] {0, 0, 0, 7});

    @Test
    void theEchoBehindTheDeclaredLengthIsIgnored() throws PacketException {
      assertThat(FrameLog.of(frame(reply, bytes("[object Object]"))))
          .containsExactly("heartbeat 7");
    }

    @Test
    void anEchoLongerThanAHeaderIsIgnored() throws PacketException {
      assertThat(FrameLog.of(frame(reply, bytes("{\"some\":\"body\",\"of\":\"a client\"}"))))
          .containsExactly("heartbeat 7");
    }

    @Test
    void anEchoWithinTheDeclaredLengthIsIgnored() throws PacketException {
      byte[] longReply = packet(1, 3, join(new byte[] {0, 0, 0, 7}, bytes("[object Object]")));

      assertThat(FrameLog.of(frame(longReply, A))).containsExactly("heartbeat 7", "message a");
    }

    @Test
    void packetsBehindItAreRead() throws PacketException {
      assertThat(FrameLog.of(frame(reply, A, reply, B)))
          .containsExactly("heartbeat 7", "message a", "heartbeat 7", "message b");
    }

    @Test
    void aPacketBehindItThatBreaksOffIsNoEcho() {
      byte[] cut = header(99, 16, 0, 5, bytes("{"));

      assertThatThrownBy(() -> FrameLog.of(frame(reply, cut)))
          .isInstanceOf(PacketException.class)
          .hasMessage(
              "packet at byte 20 of the frame has a packet length of 99, not from 16 to the 17 bytes"
                  + " left");
    }

    @Test
    void bytesBehindAnyOtherPacketAreNoEcho() {
      assertThatThrownBy(() -> FrameLog.of(frame(reply, A, bytes("[object Object]"))))
          .isInstanceOf(PacketException.class)
          .hasMessage("packet at byte 37 of the frame has 15 bytes, fewer than a header's 16");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void oneWithoutANumberIsStillAReply(int bodyLength) throws PacketException {
      assertThat(FrameLog.of(frame(packet(1, 3, new byte[bodyLength]))))
          .containsExactly("heartbeat 0");
    }
  }

  @Nested
  class AuthReplies {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"code\":-101}",
          " { \"code\" : -101 , \"message\" : \"no\" } ",
          "{\"message\":{\"code\":0},\"code\":-101}",
          "{\"code\":\"-101\"}",
          "{\"code\":-101.0}",
          "{\"code\":null,\"code\":-101}"
        })
    void theNumberCounts(String json) throws PacketException {
      assertThat(FrameLog.of(frame(packet(1, 8, bytes(json))))).containsExactly("auth -101");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"secret", "{\"code\":", "[0]", "0", "{\"code\":\"x\"}", "{\"code\":1e99}"})
    void anOddBodyIsARefusalThatDoesNotShowIt(String body) throws PacketException {
      assertThat(FrameLog.of(frame(packet(1, 8, bytes(body)))))
          .containsExactly(
              "auth unreadable: its body of " + body.length() + " bytes is not its JSON");
    }

    @Test
    void anEmptyBodyIsARefusal() throws PacketException {
      assertThat(FrameLog.of(frame(packet(1, 8, bytes("")))))
          .containsExactly("auth unreadable: its body is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"code\":null}", "{\"Code\":0}"})
    void aMissingCodeIsARefusal(String body) throws PacketException {
      assertThat(FrameLog.of(frame(packet(1, 8, bytes(body)))))
          .containsExactly("auth unreadable: its JSON has no code");
    }

    @Test
    void deepNestingIsARefusal() throws PacketException {
      assertThat(FrameLog.of(frame(packet(1, 8, bytes("{\"a\":" + "[".repeat(100_000))))))
          .containsExactly("auth unreadable: its body of 100005 bytes is not its JSON");
    }
  }

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
          .hasMessage("packet at byte 0 of the frame needs a dictionary of zlib, which nobody has");
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
          .hasMessage("packet at byte 0 of the frame unpacks to more than 8388608 bytes");
    }

    @Test
    void theBytesOfAllPacketsCountTogether() {
      byte[] half = packet(2, 5, zlib(packet(0, 5, new byte[PacketLimits.MAX_UNPACKED_BYTES / 2])));

      assertThatThrownBy(() -> FrameLog.of(frame(half, half)))
          .hasMessageMatching(
              "packet at byte \\d+ of the frame unpacks to more than 4194288 bytes");
    }

    @Test
    void aZlibBombIsAnError() {
      byte[] bomb = packet(2, 5, zlib(new byte[32 << 20]));

      assertThatThrownBy(() -> FrameLog.of(frame(bomb)))
          .hasMessage("packet at byte 0 of the frame unpacks to more than 8388608 bytes");
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
          .hasMessage("packet at byte 0 of the frame unpacks to more than 8388608 bytes");
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

  @Nested
  class Reuse {
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
  }

  private static class ThrowingSink implements PacketSink {
    @Override
    public void authReply(int code) {
      throw new IllegalStateException();
    }

    @Override
    public void authReplyUnreadable(String problem) {
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
