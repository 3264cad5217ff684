package io.github.bililive.internal.packet;

import java.util.ArrayDeque;
import okio.ByteString;

/**
 * Takes frames apart into packets. Thread-safe, and remembers nothing from one frame to the next:
 * one reader serves all sockets of a client.
 *
 * <p>What unpacking takes — buffers, and an inflater with some 40 KB outside of the heap — is kept
 * for as many frames as were read at once, up to {@link #MAX_IDLE}; not for each socket.
 */
public final class FrameReader {
  /** Decoders kept for later. Few frames are read at once: each takes well under a millisecond. */
  static final int MAX_IDLE = 8;

  /** Guarded by itself. The one used last is taken first. */
  final ArrayDeque<FrameDecoder> idle = new ArrayDeque<>();

  /** Guarded by {@link #idle}. */
  private boolean closed;

  /**
   * Reads a frame, and hands its packets to the sink before it returns. What came before a packet
   * that is wrong has been handed on when the exception is thrown.
   *
   * @throws PacketException if the frame is not what the protocol says, or beyond {@link
   *     PacketLimits}
   * @throws BrotliMissingException if it takes the optional dependency, which is not there
   */
  public void read(ByteString frame, PacketSink sink) throws PacketException {
    FrameDecoder decoder = take();
    try {
      decoder.decode(frame, sink);
    } finally {
      giveBack(decoder);
    }
  }

  private FrameDecoder take() {
    synchronized (idle) {
      FrameDecoder decoder = idle.pollFirst();
      return decoder == null ? new FrameDecoder() : decoder;
    }
  }

  private void giveBack(FrameDecoder decoder) {
    decoder.trim();
    synchronized (idle) {
      if (!closed && idle.size() < MAX_IDLE) {
        idle.addFirst(decoder);
        return;
      }
    }
    decoder.end();
  }

  /** Frees what is kept. Frames can still be read; nothing is kept for them. */
  public void close() {
    synchronized (idle) {
      closed = true;
      for (FrameDecoder decoder : idle) {
        decoder.end();
      }
      idle.clear();
    }
  }
}
