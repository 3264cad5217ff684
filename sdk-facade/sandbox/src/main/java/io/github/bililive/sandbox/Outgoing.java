package io.github.bililive.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import okio.Buffer;

/**
 * What a server sends. Can be muted, and can split WebSocket frames into fragments, both of which
 * OkHttp's own WebSocket does not offer.
 */
final class Outgoing extends OutputStream {
  private static final int FIN = 0x80;
  private static final int CONTROL = 0x08;
  private static final int LONG_LENGTH = 127;
  private static final int SHORT_LENGTH = 126;

  private final OutputStream out;
  private final Socket socket;

  private volatile boolean muted;

  /** 0 for whole frames. The fields below are used if it is more, by the one thread that writes. */
  private volatile int fragmentSize;

  private final byte[] header = new byte[10];
  private int headerCount;
  private int opcode;
  private long frameLeft;
  private long fragmentLeft;

  Outgoing(OutputStream out, Socket socket) {
    this.out = out;
    this.socket = socket;
  }

  void mute() {
    muted = true;
  }

  void fragment(int size) {
    fragmentSize = size;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (muted) {
      return;
    }
    if (fragmentSize == 0) {
      out.write(bytes, offset, count);
    } else {
      out.write(fragment(new Buffer().write(bytes, offset, count)).readByteArray());
    }
  }

  private Buffer fragment(Buffer from) throws IOException {
    Buffer to = new Buffer();
    while (!from.exhausted()) {
      if (frameLeft == 0) {
        header[headerCount++] = from.readByte();
        if (headerCount == headerLength()) {
          headerCount = 0;
          begin(to);
        }
      } else {
        long count = Math.min(fragmentLeft, from.size());
        to.write(from, count);
        frameLeft -= count;
        fragmentLeft -= count;
        if (fragmentLeft == 0 && frameLeft > 0) {
          beginFragment(to, 0);
        }
      }
    }
    return to;
  }

  private int headerLength() {
    int length = headerCount < 2 ? 0 : header[1];
    return length == LONG_LENGTH ? 10 : length == SHORT_LENGTH ? 4 : 2;
  }

  private void begin(Buffer to) throws IOException {
    Buffer read = new Buffer().write(header);
    opcode = read.readByte() & 0x7f;
    int length = read.readByte();
    frameLeft =
        length == LONG_LENGTH
            ? read.readLong()
            : length == SHORT_LENGTH ? read.readShort() & 0xffff : length;
    if ((opcode & CONTROL) != 0 || frameLeft <= fragmentSize) {
      to.write(header, 0, length == LONG_LENGTH ? 10 : length == SHORT_LENGTH ? 4 : 2);
      fragmentLeft = frameLeft;
    } else {
      beginFragment(to, opcode);
    }
  }

  private void beginFragment(Buffer to, int fragmentOpcode) {
    fragmentLeft = Math.min(fragmentSize, frameLeft);
    to.writeByte(fragmentOpcode | (fragmentLeft == frameLeft ? FIN : 0));
    if (fragmentLeft < SHORT_LENGTH) {
      to.writeByte((int) fragmentLeft);
    } else {
      to.writeByte(SHORT_LENGTH).writeShort((int) fragmentLeft);
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
