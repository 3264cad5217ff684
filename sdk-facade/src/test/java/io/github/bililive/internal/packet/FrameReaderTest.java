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

import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

    static Stream<byte[]> othersThanMessages() {
      return Stream.of(
          packet(1, 8, bytes("{\"code\":0}")),
          packet(1, 99, bytes("x")),
          packet(99, 3, bytes("x")),
          packet(2, 5, zlib(reply(0))),
          packet(3, 5, storedBrotli(reply(0))));
    }

    private static byte[] reply(int popularity) {
      return packet(1, 3, new byte[] {0, 0, 0, (byte) popularity});
    }

    @ParameterizedTest
    @MethodSource("othersThanMessages")
    void norBehindWhatIsNoMessage(byte[] packet) {
      assertThatThrownBy(() -> FrameLog.of(frame(reply, packet, bytes("[object Object]"))))
          .isInstanceOf(PacketException.class)
          .hasMessageEndingWith(" has 15 bytes, fewer than a header's 16");
    }

    @Test
    void aPacketOfAHeaderAloneBehindItIsRead() throws PacketException {
      assertThat(FrameLog.of(frame(reply, packet(0, 5, new byte[0]))))
          .containsExactly("heartbeat 7", "message ");
    }

    @Test
    void anEchoShorterThanAHeaderIsIgnoredWhateverItsBytes() throws PacketException {
      byte[] likeAHeader = {0, 0, 0, 16, 0, 16, 0, 1};

      assertThat(FrameLog.of(frame(reply, likeAHeader))).containsExactly("heartbeat 7");
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
    void anOddBodyIsARefusalThatDoesNotShowIt(String body) {
      assertThatThrownBy(() -> FrameLog.of(frame(packet(1, 8, bytes(body)))))
          .isInstanceOf(PacketException.class)
          .hasNoCause()
          .hasMessage(
              "the answer to the auth body is " + body.length() + " bytes that are not its JSON");
    }

    @Test
    void anEmptyBodyIsARefusal() {
      assertThatThrownBy(() -> FrameLog.of(frame(packet(1, 8, bytes("")))))
          .isInstanceOf(PacketException.class)
          .hasNoCause()
          .hasMessage("the answer to the auth body is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"code\":null}", "{\"Code\":0}"})
    void aMissingCodeIsARefusal(String body) {
      assertThatThrownBy(() -> FrameLog.of(frame(packet(1, 8, bytes(body)))))
          .isInstanceOf(PacketException.class)
          .hasNoCause()
          .hasMessage("the answer to the auth body has no code");
    }

    @Test
    void deepNestingIsARefusal() {
      assertThatThrownBy(
              () -> FrameLog.of(frame(packet(1, 8, bytes("{\"a\":" + "[".repeat(100_000))))))
          .isInstanceOf(PacketException.class)
          .hasNoCause()
          .hasMessage("the answer to the auth body is 100005 bytes that are not its JSON");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
