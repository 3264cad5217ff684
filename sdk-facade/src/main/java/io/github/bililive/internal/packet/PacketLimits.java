package io.github.bililive.internal.packet;

/**
 * How much one frame may ask for. Whatever goes beyond is a {@link PacketException}: a broken or
 * hostile peer costs its connection, and neither memory nor time.
 *
 * <p>For scale: a busy room's frame holds some tens of events of about 600 bytes each, and is a few
 * kilobytes long when packed.
 */
public final class PacketLimits {
  /** Bytes as they came from the socket: a hundred times what a busy room sends. */
  public static final int MAX_FRAME_BYTES = 1 << 20;

  /**
   * Bytes that all compressed packets of a frame may unpack to together, those inside of others
   * included. JSON of events packs to between a fifth and a fiftieth, zlib alone can do a
   * thousandth: this is several thousand events, beyond any honest frame, and small enough for
   * several rooms at once in a heap of 64 MB, where reading takes six times as much.
   */
  static final int MAX_UNPACKED_BYTES = 2 << 20;

  /** Several times as many as events of average length fill {@link #MAX_UNPACKED_BYTES}. */
  static final int MAX_PACKETS = 1 << 14;

  /** The platform packs once; a gateway that packs again makes it two, and one more is courtesy. */
  static final int MAX_NESTING = 3;

  /** Bytes of a buffer that is kept for the next frame: two hundred events when unpacked. */
  static final int MAX_KEPT_BYTES = 128 << 10;

  private PacketLimits() {}
}
