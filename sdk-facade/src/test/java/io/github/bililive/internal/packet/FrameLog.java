package io.github.bililive.internal.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import okio.ByteString;

/** A sink that writes down what it gets, one line for each packet. */
class FrameLog implements PacketSink {
  final List<String> lines = new ArrayList<>();

  /** Reads a frame with a reader of its own. */
  static List<String> of(ByteString frame) throws PacketException {
    FrameLog log = new FrameLog();
    FrameReader reader = new FrameReader();
    try {
      reader.read(frame, log);
    } finally {
      reader.close();
    }
    return log.lines;
  }

  static List<String> ofHex(String hex) throws PacketException {
    return of(ByteString.decodeHex(hex.replaceAll("\\s", "")));
  }

  @Override
  public void authReply(int code) {
    lines.add("auth " + code);
  }

  @Override
  public void heartbeatReply(long popularity) {
    lines.add("heartbeat " + popularity);
  }

  @Override
  public void message(byte[] buffer, int offset, int length) {
    lines.add("message " + new String(buffer, offset, length, UTF_8));
  }

  @Override
  public void unknown(int version, int operation) {
    lines.add("unknown version " + version + " operation " + operation);
  }
}
