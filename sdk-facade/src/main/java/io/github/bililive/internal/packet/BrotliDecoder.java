package io.github.bililive.internal.packet;

import java.io.IOException;
import java.io.InputStream;
import org.brotli.dec.BrotliInputStream;

/** The only class that names the optional decoder: without it, this one cannot be loaded. */
final class BrotliDecoder {
  /** Bytes that the decoder reads ahead. A room's packed frame has a few kilobytes. */
  private static final int READ_AHEAD_BYTES = 4 << 10;

  private BrotliDecoder() {}

  static InputStream open(InputStream packed) throws IOException {
    return new BrotliInputStream(packed, READ_AHEAD_BYTES);
  }
}
