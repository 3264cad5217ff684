package io.github.bililive.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import okio.Buffer;
import okio.ByteString;

/** Packs bytes as zlib, and as brotli that is valid but saves nothing. */
final class Compression {
  /** The most that a brotli meta-block with a length of 16 bits can hold. */
  private static final int BLOCK = 1 << 16;

  /** An empty last meta-block. */
  private static final int BROTLI_END = 0x03;

  /** A window of 16 bits and an empty last meta-block. */
  private static final int BROTLI_EMPTY = 0x06;

  private Compression() {}

  static ByteString zlib(ByteString bytes) {
    return zlib(bytes, 0);
  }

  /** Packs bytes and a number of spaces after them, without holding those in memory. */
  static ByteString zlib(ByteString bytes, int spaces) {
    byte[] block = " ".repeat(BLOCK).getBytes(US_ASCII);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream zlib = new DeflaterOutputStream(packed)) {
      bytes.write(zlib);
      for (int left = spaces; left > 0; left -= BLOCK) {
        zlib.write(block, 0, Math.min(left, BLOCK));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteString.of(packed.toByteArray());
  }

  /**
   * Packs bytes into uncompressed meta-blocks of RFC 7932, section 9.2. The bits of a block's
   * header, the first one lowest: not last, four nibbles (0 in two bits), the length less one,
   * uncompressed. Before the first goes a 0 for a window of 16 bits.
   */
  static ByteString brotli(ByteString bytes) {
    Buffer packed = new Buffer();
    if (bytes.size() == 0) {
      return packed.writeByte(BROTLI_EMPTY).readByteString();
    }
    for (int from = 0; from < bytes.size(); from += BLOCK) {
      int to = Math.min(bytes.size(), from + BLOCK);
      int header = (to - from - 1) << 3 | 1 << 19;
      writeLittleEndian(packed, from == 0 ? header << 1 : header);
      packed.write(bytes.substring(from, to));
    }
    return packed.writeByte(BROTLI_END).readByteString();
  }

  private static void writeLittleEndian(Buffer buffer, int threeBytes) {
    buffer.writeByte(threeBytes).writeByte(threeBytes >> 8).writeByte(threeBytes >> 16);
  }
}
