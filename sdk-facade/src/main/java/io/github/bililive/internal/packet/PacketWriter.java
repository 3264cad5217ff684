package io.github.bililive.internal.packet;

import okio.Buffer;
import okio.ByteString;

/** Writes the two packets that a client sends, each a frame of its own. */
public final class PacketWriter {
  private static final int SEQUENCE = 1;

  private static final ByteString HEARTBEAT =
      packet(PacketHeader.OPERATION_HEARTBEAT, ByteString.EMPTY);

  private PacketWriter() {}

  /** Holds a secret, not to be logged: the platform's {@code auth_body}, sent byte for byte. */
  public static ByteString auth(String authBody) {
    return packet(PacketHeader.OPERATION_AUTH, ByteString.encodeUtf8(authBody));
  }

  public static ByteString heartbeat() {
    return HEARTBEAT;
  }

  private static ByteString packet(int operation, ByteString body) {
    return new Buffer()
        .writeInt(PacketHeader.BYTES + body.size())
        .writeShort(PacketHeader.BYTES)
        .writeShort(PacketHeader.VERSION_PLAIN_1)
        .writeInt(operation)
        .writeInt(SEQUENCE)
        .write(body)
        .readByteString();
  }
}
