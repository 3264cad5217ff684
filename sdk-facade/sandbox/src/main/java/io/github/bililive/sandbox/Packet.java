package io.github.bililive.sandbox;

import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import okio.ByteString;

/** One packet of the long connection: a big-endian header of 16 bytes, and a body. */
record Packet(int version, int operation, int sequence, ByteString body) {
  static final int HEADER_LENGTH = 16;
  static final int SEQUENCE = 1;

  static final int HEARTBEAT = 2;
  static final int HEARTBEAT_REPLY = 3;
  static final int MESSAGE = 5;
  static final int AUTH = 7;
  static final int AUTH_REPLY = 8;

  static final int PLAIN = 0;
  static final int PLAIN_TOO = 1;
  static final int ZLIB = 2;
  static final int BROTLI = 3;

  /** What a client sent is no packet. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  static Packet of(int version, int operation, ByteString body) {
    return new Packet(version, operation, SEQUENCE, body);
  }

  ByteString encode() {
    return encode(HEADER_LENGTH + body.size());
  }

  /** Encodes with a packet length that need not be true. */
  ByteString encode(int length) {
    return new Buffer()
        .writeInt(length)
        .writeShort(HEADER_LENGTH)
        .writeShort(version)
        .writeInt(operation)
        .writeInt(sequence)
        .write(body)
        .readByteString();
  }

  /** Decodes what a client sent: whole packets and not a byte more. */
  static List<Packet> decode(ByteString frame) throws Malformed {
    List<Packet> packets = new ArrayList<>();
    Buffer buffer = new Buffer().write(frame);
    try {
      do {
        packets.add(next(buffer));
      } while (!buffer.exhausted());
    } catch (EOFException e) {
      throw new Malformed("a frame ends in the middle of a packet");
    }
    return packets;
  }

  private static Packet next(Buffer buffer) throws EOFException, Malformed {
    buffer.require(HEADER_LENGTH);
    int length = buffer.readInt();
    int headerLength = buffer.readShort();
    if (headerLength != HEADER_LENGTH) {
      throw new Malformed("a packet's header length is " + headerLength + ", not 16");
    }
    if (length < HEADER_LENGTH) {
      throw new Malformed("a packet's length is " + length + ", less than its header's");
    }
    int version = buffer.readShort();
    int operation = buffer.readInt();
    int sequence = buffer.readInt();
    return new Packet(
        version, operation, sequence, buffer.readByteString((long) length - HEADER_LENGTH));
  }

  /** Hides the body, which may be an auth body. */
  @Override
  public String toString() {
    return "Packet[version=%d, operation=%d, sequence=%d, %d bytes]"
        .formatted(version, operation, sequence, body.size());
  }
}
