package io.github.bililive.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import okio.Buffer;
import okio.ByteString;

/** Makes single frames, sound and unsound, for {@link SandboxSocket#sendFrame}. */
public final class Frames {
  private static final int UNKNOWN_VERSION = 9;
  private static final int UNKNOWN_OPERATION = 99;

  private Frames() {}

  /**
   * Packs messages as the platform would.
   *
   * @param packing how; {@link Packing#MIXED} packs each message in another way
   * @param messages the JSON texts
   * @return the frame
   */
  public static ByteString messages(Packing packing, String... messages) {
    return packing.frame(List.of(messages), Packing.values().length - 1L);
  }

  /**
   * Answers a heartbeat.
   *
   * @param popularity the uint32 at the start of the body
   * @param trailing what follows past the packet's declared length
   * @return the frame
   */
  public static ByteString heartbeatReply(int popularity, ByteString trailing) {
    Buffer body = new Buffer().writeInt(popularity).write(trailing);
    return Packet.of(Packet.PLAIN_TOO, Packet.HEARTBEAT_REPLY, body.readByteString())
        .encode(Packet.HEADER_LENGTH + Integer.BYTES);
  }

  /**
   * Answers an authentication.
   *
   * @param json the body, such as {@code {"code":0}}
   * @return the frame
   */
  public static ByteString authReply(String json) {
    return Packet.of(Packet.PLAIN_TOO, Packet.AUTH_REPLY, ByteString.encodeUtf8(json)).encode();
  }

  /**
   * Makes a sound packet of any version and operation.
   *
   * @param version 0 to 65,535
   * @param operation any
   * @param body any
   * @return the frame
   */
  public static ByteString packet(int version, int operation, ByteString body) {
    return Packet.of(version, operation, body).encode();
  }

  /**
   * Puts a message under a version that does not exist.
   *
   * @param message the JSON text
   * @return the frame
   */
  public static ByteString unknownVersion(String message) {
    return packet(UNKNOWN_VERSION, Packet.MESSAGE, ByteString.encodeUtf8(message));
  }

  /**
   * Puts a message under an operation that does not exist.
   *
   * @param message the JSON text
   * @return the frame
   */
  public static ByteString unknownOperation(String message) {
    return packet(Packet.PLAIN, UNKNOWN_OPERATION, ByteString.encodeUtf8(message));
  }

  /**
   * Declares a packet length other than the packet's.
   *
   * @param message the JSON text
   * @param length such as 0, 15, -1 or a gigabyte
   * @return the frame
   */
  public static ByteString wrongLength(String message, int length) {
    return Packet.of(Packet.PLAIN, Packet.MESSAGE, ByteString.encodeUtf8(message)).encode(length);
  }

  /**
   * Ends a zlib packet's body in its middle, with the packet length to match.
   *
   * @param message the JSON text
   * @return the frame
   */
  public static ByteString damagedZlib(String message) {
    ByteString packed = Compression.zlib(messages(Packing.PLAIN, message));
    return packet(Packet.ZLIB, Packet.MESSAGE, packed.substring(0, packed.size() / 2));
  }

  /**
   * Announces compressed bytes that are none.
   *
   * @param version 2 for zlib, 3 for brotli
   * @return the frame
   */
  public static ByteString garbage(int version) {
    return packet(
        version, Packet.MESSAGE, ByteString.decodeHex("fffefdfc00112233445566778899aabb"));
  }

  /**
   * Makes a small frame that unpacks to one huge packet: a JSON text and spaces.
   *
   * @param inflatedBytes how huge; 16 or more
   * @return the frame, about a thousandth of that
   */
  public static ByteString zlibBomb(int inflatedBytes) {
    ByteString header =
        Packet.of(Packet.PLAIN, Packet.MESSAGE, ByteString.EMPTY).encode(inflatedBytes);
    int spaces = inflatedBytes - Packet.HEADER_LENGTH;
    return packet(Packet.ZLIB, Packet.MESSAGE, Compression.zlib(header, spaces));
  }

  /**
   * Makes a small frame that unpacks to very many small messages.
   *
   * @param count how many
   * @param message each of them, such as {@code {}}
   * @return the frame
   */
  public static ByteString flood(int count, String message) {
    return Packing.ZLIB.frame(Collections.nCopies(count, message), 0);
  }

  /**
   * Packs a message over and over.
   *
   * @param depth how many packets of version 2 are around it; 1 is as usual
   * @param message the JSON text
   * @return the frame
   */
  public static ByteString nested(int depth, String message) {
    ByteString frame = messages(Packing.PLAIN, message);
    for (int i = 0; i < depth; i++) {
      frame = packet(Packet.ZLIB, Packet.MESSAGE, Compression.zlib(frame));
    }
    return frame;
  }

  /**
   * Makes a frame that is no packet at all.
   *
   * @return the frame
   */
  public static ByteString noPacket() {
    return ByteString.encodeString("<html>bad gateway</html>", StandardCharsets.US_ASCII);
  }
}
