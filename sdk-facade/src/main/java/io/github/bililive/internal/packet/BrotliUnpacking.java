package io.github.bililive.internal.packet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Unpacks brotli by the optional dependency {@code org.brotli:dec}. Nothing of it is touched before
 * the first body that needs it.
 */
final class BrotliUnpacking {
  private static final int FIRST_BYTES = 16 << 10;

  private BrotliUnpacking() {}

  /**
   * Unpacks one stream to so many bytes at most; there must be none behind it. The decoder's window
   * takes up to 16 MiB meanwhile, which is brotli's maximum.
   *
   * @throws BrotliMissingException if the dependency is not on the class path
   */
  static void unpack(byte[] bytes, int offset, int length, FrameBuffer out, int limit)
      throws PacketException {
    out.clear(FIRST_BYTES);
    try (InputStream stream = open(new ByteArrayInputStream(bytes, offset, length))) {
      while (true) {
        out.grow(limit + 1);
        int count = stream.read(out.bytes, out.size, out.bytes.length - out.size);
        if (count <= 0) {
          return;
        }
        out.size += count;
        if (out.size > limit) {
          throw new PacketException("unpacks to more than " + limit + " bytes");
        }
      }
    } catch (IOException | RuntimeException e) {
      // Damage makes the decoder run into its own arrays' bounds as well.
      throw new PacketException("is not brotli: " + e.getMessage(), e);
    }
  }

  private static InputStream open(InputStream packed) throws IOException, BrotliMissingException {
    try {
      return BrotliDecoder.open(packed);
    } catch (LinkageError e) {
      // A missing class; on old Androids, the verifier's complaint about it.
      throw new BrotliMissingException(e);
    }
  }
}
