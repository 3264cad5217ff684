package io.github.bililive.internal.packet;

import java.util.Arrays;
import okio.ByteString;

/** Bytes that grow as needed and stay for the next frame. Owned by one {@link FrameDecoder}. */
final class FrameBuffer {
  private static final byte[] NONE = new byte[0];

  /** What holds the bytes. Replaced when they outgrow it. */
  byte[] bytes = NONE;

  /** How many of {@link #bytes} are in use. */
  int size;

  void copy(ByteString frame) {
    clear(frame.size());
    size = frame.size();
    frame.copyInto(0, bytes, 0, size);
  }

  /** Empties the buffer, and makes room for at least so many bytes. */
  void clear(int capacity) {
    size = 0;
    if (bytes.length < capacity) {
      bytes = new byte[capacity];
    }
  }

  /** Makes room for at least one more byte, and for no more than the limit in all. */
  void grow(int limit) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + 1, Math.min(2 * size, limit)));
    }
  }

  void trim() {
    size = 0;
    if (bytes.length > PacketLimits.MAX_KEPT_BYTES) {
      bytes = NONE;
    }
  }
}
