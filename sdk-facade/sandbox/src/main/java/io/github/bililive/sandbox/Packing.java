package io.github.bililive.sandbox;

import java.util.List;
import okio.Buffer;
import okio.ByteString;

/** How the packets of a frame are packed. */
public enum Packing {
  /** As they are, one after another; versions 0 and 1 in turn. */
  PLAIN,

  /** All in the body of one packet of version 2. */
  ZLIB,

  /** All in the body of one packet of version 3, in uncompressed meta-blocks. */
  BROTLI,

  /** In turn, frame by frame: plain, zlib, brotli, and each event in another way. */
  MIXED;

  private static final List<Packing> WAYS = List.of(PLAIN, ZLIB, BROTLI);

  /** Makes one frame of messages. The ordinal tells whose turn it is. */
  ByteString frame(List<String> messages, long ordinal) {
    int turn = (int) (ordinal % (WAYS.size() + 1));
    return switch (this) {
      case PLAIN -> plain(messages);
      case ZLIB -> Packet.of(Packet.ZLIB, Packet.MESSAGE, zlib(messages)).encode();
      case BROTLI -> Packet.of(Packet.BROTLI, Packet.MESSAGE, brotli(messages)).encode();
      case MIXED -> turn < WAYS.size() ? WAYS.get(turn).frame(messages, 0) : eachItsOwn(messages);
    };
  }

  private static ByteString plain(List<String> messages) {
    Buffer frame = new Buffer();
    for (int i = 0; i < messages.size(); i++) {
      int version = i % 2 == 0 ? Packet.PLAIN : Packet.PLAIN_TOO;
      ByteString body = ByteString.encodeUtf8(messages.get(i));
      frame.write(Packet.of(version, Packet.MESSAGE, body).encode());
    }
    return frame.readByteString();
  }

  private static ByteString zlib(List<String> messages) {
    return Compression.zlib(plain(messages));
  }

  private static ByteString brotli(List<String> messages) {
    return Compression.brotli(plain(messages));
  }

  private static ByteString eachItsOwn(List<String> messages) {
    Buffer frame = new Buffer();
    for (int i = 0; i < messages.size(); i++) {
      frame.write(WAYS.get(i % WAYS.size()).frame(List.of(messages.get(i)), 0));
    }
    return frame.readByteString();
  }
}
