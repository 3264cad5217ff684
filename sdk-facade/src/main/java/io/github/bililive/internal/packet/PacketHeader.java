package io.github.bililive.internal.packet;

/** A packet's header: its fields, and the values that they have. All numbers are big-endian. */
final class PacketHeader {
  static final int BYTES = 16;

  static final int VERSION_PLAIN = 0;

  /** Plain as well: what clients send, and some servers answer with. */
  static final int VERSION_PLAIN_1 = 1;

  static final int VERSION_ZLIB = 2;
  static final int VERSION_BROTLI = 3;

  static final int OPERATION_HEARTBEAT = 2;
  static final int OPERATION_HEARTBEAT_REPLY = 3;
  static final int OPERATION_MESSAGE = 5;
  static final int OPERATION_AUTH = 7;
  static final int OPERATION_AUTH_REPLY = 8;

  private PacketHeader() {}

  /** The packet's length, header included. Negative for 2³¹ and more. */
  static int packetLength(byte[] bytes, int at) {
    return int32(bytes, at);
  }

  static int headerLength(byte[] bytes, int at) {
    return uint16(bytes, at + 4);
  }

  static int version(byte[] bytes, int at) {
    return uint16(bytes, at + 6);
  }

  static int operation(byte[] bytes, int at) {
    return int32(bytes, at + 8);
  }

  static int int32(byte[] bytes, int at) {
    return uint16(bytes, at) << 16 | uint16(bytes, at + 2);
  }

  private static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
