package io.github.bililive.sandboxtest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.InflaterInputStream;
import okio.ByteString;

/**
 * A packet that a client got, out of whatever it was packed in.
 *
 * @param way the versions of the packets around it and its own, the outermost first
 * @param trailing what followed past its declared length, if it is a heartbeat reply
 */
record Unpacked(List<Integer> way, int operation, ByteString body, ByteString trailing) {
  static final int HEARTBEAT = 2;
  static final int HEARTBEAT_REPLY = 3;
  static final int MESSAGE = 5;
  static final int AUTH = 7;
  static final int AUTH_REPLY = 8;

  static ByteString pack(int version, int operation, int sequence, ByteString body) {
    ByteBuffer packet = ByteBuffer.allocate(16 + body.size());
    packet.putInt(16 + body.size()).putShort((short) 16).putShort((short) version);
    packet.putInt(operation).putInt(sequence).put(body.asByteBuffer()).flip();
    return ByteString.of(packet);
  }

  static List<Unpacked> unpack(ByteString frame) throws IOException {
    List<Unpacked> packets = new ArrayList<>();
    unpack(frame, List.of(), packets);
    return packets;
  }

  private static void unpack(ByteString frame, List<Integer> outer, List<Unpacked> packets)
      throws IOException {
    ByteBuffer bytes = frame.asByteBuffer();
    while (bytes.hasRemaining()) {
      int begin = bytes.position();
      int length = bytes.getInt();
      int headerLength = bytes.getShort();
      List<Integer> way = new ArrayList<>(outer);
      way.add((int) bytes.getShort());
      int operation = bytes.getInt();
      int sequence = bytes.getInt();
      if (headerLength != 16 || sequence != 1) {
        throw new IOException("header length " + headerLength + ", sequence " + sequence);
      }
      ByteString body = frame.substring(begin + headerLength, begin + length);
      int version = way.get(way.size() - 1);
      if (version == 2) {
        unpack(inflate(body), way, packets);
      } else if (version == 3) {
        unpack(storedBrotli(body), way, packets);
      } else if (operation == HEARTBEAT_REPLY) {
        packets.add(new Unpacked(way, operation, body, frame.substring(begin + length)));
        return;
      } else {
        packets.add(new Unpacked(way, operation, body, ByteString.EMPTY));
      }
      bytes.position(begin + length);
    }
  }

  static ByteString inflate(ByteString zlib) throws IOException {
    try (InflaterInputStream in =
        new InflaterInputStream(
            new okio.Buffer().write(zlib).inputStream(), new java.util.zip.Inflater())) {
      return ByteString.of(in.readAllBytes());
    }
  }

  /** Reads a brotli stream of uncompressed meta-blocks, which is all that the sandbox sends. */
  static ByteString storedBrotli(ByteString brotli) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    for (int windowBit = 1; ; windowBit = 0) {
      if (at + 3 > brotli.size()) {
        int last = brotli.getByte(at) >> windowBit;
        if (at != brotli.size() - 1 || last != 3) {
          throw new IOException("no empty last meta-block at " + at);
        }
        return ByteString.of(out.toByteArray());
      }
      int header =
          (brotli.getByte(at) & 255
                  | (brotli.getByte(at + 1) & 255) << 8
                  | (brotli.getByte(at + 2) & 255) << 16)
              >> windowBit;
      if ((header & 7) != 0 || header >> 19 != 1) {
        throw new IOException("no uncompressed meta-block at " + at);
      }
      int length = (header >> 3 & 0xffff) + 1;
      out.write(brotli.substring(at + 3, at + 3 + length).toByteArray());
      at += 3 + length;
    }
  }

  String text() {
    return body.utf8();
  }
}
