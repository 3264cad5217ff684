package io.github.bililive.internal.packet;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Unpacks zlib, with one inflater for all of its life. Owned by one {@link FrameDecoder}. */
final class Inflation {
  /** What JSON of events packs to at least; so the first guess of a buffer's size mostly holds. */
  private static final int USUAL_RATIO = 8;

  private static final int FIRST_BYTES = 1 << 10;

  /** Null until the first packed body, and after {@link #end}. */
  @Nullable Inflater inflater;

  /** Unpacks one stream of so many bytes at most. Bytes behind its end are ignored. */
  void unpack(byte[] bytes, int offset, int length, FrameBuffer out, int limit)
      throws PacketException {
    Inflater inflater = ready();
    inflater.setInput(bytes, offset, length);
    out.clear(Math.min(FIRST_BYTES + USUAL_RATIO * length, PacketLimits.MAX_KEPT_BYTES));
    try {
      while (!inflater.finished()) {
        out.grow(limit + 1);
        int count = inflater.inflate(out.bytes, out.size, out.bytes.length - out.size);
        out.size += count;
        if (out.size > limit) {
          throw new PacketException("unpacks to more than " + limit + " bytes");
        }
        if (count == 0 && !inflater.finished()) {
          throw new PacketException(
              inflater.needsDictionary()
                  ? "needs a preset zlib dictionary, which the protocol does not have"
                  : "breaks off after " + out.size + " unpacked bytes");
        }
      }
    } catch (DataFormatException e) {
      throw new PacketException("is not zlib: " + e.getMessage(), e);
    }
  }

  private Inflater ready() {
    if (inflater == null) {
      inflater = new Inflater();
    } else {
      inflater.reset();
    }
    return inflater;
  }

  /** Frees the memory that the inflater has outside of the heap. */
  void end() {
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
  }
}
