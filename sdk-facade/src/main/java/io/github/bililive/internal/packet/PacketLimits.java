package io.github.bililive.internal.packet;

/**
 * How much one frame may ask for. Whatever goes beyond is a {@link PacketException}: a broken or
 * hostile peer costs its connection, and neither memory nor time.
 *
 * <p>For scale: a busy room's frame holds some tens of events of about 600 bytes each, and is a few
 * kilobytes long when packed.
 */
public final class PacketLimits {
  /**
   * Bytes of a frame as it came from the socket. A hundred times what a busy room sends, and little
   * enough for a phone to hold.
   */
  static final int MAX_FRAME_BYTES = 1 << 20;

  /**
   * Bytes that all compressed packets of a frame may unpack to together, those inside of others
   * included. JSON of events packs to between a fifth and a fiftieth, zlib alone can do a
   * thousandth: eight times the longest frame is beyond any honest one and still no burden.
   */
  static final int MAX_UNPACKED_BYTES = 8 << 20;

  /**
   * Packets in a frame, those inside of others included. As many as events of average length fill
   * {@link #MAX_UNPACKED_BYTES}; headers alone could be thirty times as many.
   */
  static final int MAX_PACKETS = 1 << 14;

  /**
   * How many compressed packets may lie in one another. The platform packs once; a gateway that
   * packs what is packed already makes it two, and one more is courtesy.
   */
  static final int MAX_NESTING = 3;

  /**
   * Bytes of a buffer that is kept for the next frame; a larger one is let go. Unpacked, it holds
   * two hundred events, so that only rare frames allocate.
   */
  static final int MAX_KEPT_BYTES = 128 << 10;

  private PacketLimits() {}
}
