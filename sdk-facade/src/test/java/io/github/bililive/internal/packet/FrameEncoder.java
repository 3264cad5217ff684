package io.github.bililive.internal.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import okio.ByteString;

/** Writes packets as a server does, and shares nothing with the code that reads them. */
public final class FrameEncoder {
  private FrameEncoder() {}

  public static byte[] packet(int version, int operation, byte[] body) {
    return header(16 + body.length, 16, version, operation, body);
  }

  /** A packet whose header may lie. */
  static byte[] header(int length, int headerLength, int version, int operation, byte[] body) {
    return ByteBuffer.allocate(16 + body.length)
        .putInt(length)
        .putShort((short) headerLength)
        .putShort((short) version)
        .putInt(operation)
        .putInt(1)
        .put(body)
        .array();
  }

  public static byte[] zlib(byte[] bytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] block = new byte[8192];
      while (!deflater.finished()) {
        packed.write(block, 0, deflater.deflate(block));
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** Brotli that saves nothing: meta-blocks that are not compressed, RFC 7932, section 9.2. */
  static byte[] storedBrotli(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    int block = 1 << 16;
    for (int from = 0; from < bytes.length; from += block) {
      int length = Math.min(block, bytes.length - from);
      // From the lowest bit: not the last, 16 bits of length less one, not compressed.
      int header = (length - 1) << 3 | 1 << 19;
      if (from == 0) {
        header <<= 1; // A window of 16 bits.
      }
      packed.write(header);
      packed.write(header >> 8);
      packed.write(header >> 16);
      packed.write(bytes, from, length);
    }
    packed.write(bytes.length == 0 ? 0x06 : 0x03);
    return packed.toByteArray();
  }

  static ByteString frame(byte[]... packets) {
    return ByteString.of(join(packets));
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
