package io.github.bililive.internal.packet;

import okio.ByteString;

/**
 * Reads one frame at a time, with buffers and an inflater that it keeps for the next. Used by one
 * thread at a time.
 *
 * <ul>
 *   <li>A packet's length is at least 16 and ends within what it lies in; its header length is 16.
 *   <li>A packed body unpacks to at least one packet, and to whole packets only. Its operation does
 *       not matter: those inside have their own. Bytes behind the end of its zlib stream are
 *       ignored.
 *   <li>Behind a heartbeat reply, the service repeats the body of the client's heartbeat without a
 *       header. So the bytes there are ignored, all to the end, unless they begin with a header: 16
 *       bytes with a header length of 16. If they do, that packet is held to the rules above.
 * </ul>
 */
final class FrameDecoder {
  /** The frame, and what lies in it at each depth of packing. */
  final FrameBuffer[] buffers = new FrameBuffer[PacketLimits.MAX_NESTING + 1];

  final Inflation inflation = new Inflation();

  /** Packets of the frame so far. */
  private int packets;

  /** Bytes that its packed bodies have unpacked to so far. */
  private int unpackedBytes;

  FrameDecoder() {
    for (int depth = 0; depth < buffers.length; depth++) {
      buffers[depth] = new FrameBuffer();
    }
  }

  void decode(ByteString frame, PacketSink sink) throws PacketException {
    if (frame.size() > PacketLimits.MAX_FRAME_BYTES) {
      throw new PacketException(
          "frame of " + frame.size() + " bytes, more than " + PacketLimits.MAX_FRAME_BYTES);
    }
    packets = 0;
    unpackedBytes = 0;
    buffers[0].copy(frame);
    readPackets(0, sink);
  }

  private void readPackets(int depth, PacketSink sink) throws PacketException {
    // Not changed below: what is packed inside goes to the buffer of the next depth.
    byte[] bytes = buffers[depth].bytes;
    int end = buffers[depth].size;
    if (end == 0) {
      throw new PacketException(depth == 0 ? "empty frame" : "packet that unpacks to nothing");
    }
    boolean afterHeartbeatReply = false;
    for (int at = 0; at < end; ) {
      if (afterHeartbeatReply && !beginsWithHeader(bytes, at, end)) {
        return;
      }
      checkHeader(depth, bytes, at, end);
      int length = PacketHeader.packetLength(bytes, at);
      afterHeartbeatReply = readPacket(depth, bytes, at, length, sink);
      at += length;
    }
  }

  private static boolean beginsWithHeader(byte[] bytes, int at, int end) {
    return end - at >= PacketHeader.BYTES
        && PacketHeader.headerLength(bytes, at) == PacketHeader.BYTES;
  }

  private void checkHeader(int depth, byte[] bytes, int at, int end) throws PacketException {
    int rest = end - at;
    if (rest < PacketHeader.BYTES) {
      throw wrong(depth, at, "has " + rest + " bytes, fewer than a header's 16");
    }
    int length = PacketHeader.packetLength(bytes, at);
    if (length < PacketHeader.BYTES || length > rest) {
      long unsigned = length & 0xffffffffL;
      throw wrong(
          depth,
          at,
          "has a packet length of " + unsigned + ", not from 16 to the " + rest + " bytes left");
    }
    int headerLength = PacketHeader.headerLength(bytes, at);
    if (headerLength != PacketHeader.BYTES) {
      throw wrong(depth, at, "has a header length of " + headerLength + ", not 16");
    }
    if (++packets > PacketLimits.MAX_PACKETS) {
      throw wrong(depth, at, "is one more than the " + PacketLimits.MAX_PACKETS + " of a frame");
    }
  }

  /** Returns whether it was a heartbeat reply. */
  private boolean readPacket(int depth, byte[] bytes, int at, int length, PacketSink sink)
      throws PacketException {
    int version = PacketHeader.version(bytes, at);
    switch (version) {
      case PacketHeader.VERSION_PLAIN:
      case PacketHeader.VERSION_PLAIN_1:
        return readPlain(bytes, at, length, sink);
      case PacketHeader.VERSION_ZLIB:
      case PacketHeader.VERSION_BROTLI:
        unpack(depth, version, bytes, at, length);
        readPackets(depth + 1, sink);
        return false;
      default:
        sink.unknown(version, PacketHeader.operation(bytes, at));
        return false;
    }
  }

  private static boolean readPlain(byte[] bytes, int at, int length, PacketSink sink)
      throws PacketException {
    int operation = PacketHeader.operation(bytes, at);
    int body = at + PacketHeader.BYTES;
    int bodyLength = length - PacketHeader.BYTES;
    switch (operation) {
      case PacketHeader.OPERATION_MESSAGE:
        sink.message(bytes, body, bodyLength);
        return false;
      case PacketHeader.OPERATION_HEARTBEAT_REPLY:
        sink.heartbeatReply(bodyLength < 4 ? 0 : PacketHeader.int32(bytes, body) & 0xffffffffL);
        return true;
      case PacketHeader.OPERATION_AUTH_REPLY:
        sink.authReply(PacketAuthReply.code(bytes, body, bodyLength));
        return false;
      default:
        sink.unknown(PacketHeader.version(bytes, at), operation);
        return false;
    }
  }

  private void unpack(int depth, int version, byte[] bytes, int at, int length)
      throws PacketException {
    if (depth == PacketLimits.MAX_NESTING) {
      throw wrong(depth, at, "is packed again, more than " + PacketLimits.MAX_NESTING + " times");
    }
    FrameBuffer out = buffers[depth + 1];
    int body = at + PacketHeader.BYTES;
    int bodyLength = length - PacketHeader.BYTES;
    int limit = PacketLimits.MAX_UNPACKED_BYTES - unpackedBytes;
    try {
      if (version == PacketHeader.VERSION_ZLIB) {
        inflation.unpack(bytes, body, bodyLength, out, limit);
      } else {
        BrotliUnpacking.unpack(bytes, body, bodyLength, out, limit);
      }
    } catch (BrotliMissingException e) {
      throw e;
    } catch (PacketException e) {
      throw new PacketException(place(depth, at) + e.getMessage(), e);
    }
    unpackedBytes += out.size;
  }

  private static PacketException wrong(int depth, int at, String what) {
    return new PacketException(place(depth, at) + what);
  }

  private static String place(int depth, int at) {
    String in = depth == 0 ? "the frame" : "what was packed " + depth + " deep";
    return "packet at byte " + at + " of " + in + " ";
  }

  void trim() {
    for (FrameBuffer buffer : buffers) {
      buffer.trim();
    }
  }

  /** Frees what the heap does not show. The decoder can still be used. */
  void end() {
    inflation.end();
  }
}
