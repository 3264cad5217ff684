package io.github.bililive.internal.packet;

/**
 * Takes a frame's packets, in order, on the thread that reads the frame. What a method throws ends
 * the reading of the frame and comes out of it unchanged.
 */
public interface PacketSink {
  /** The answer to the auth packet: 0 if authentication succeeded, any other code is a refusal. */
  void authReply(int code);

  /** The answer to a heartbeat, with the number in it: 0 to 2³²−1, and 0 if it has none. */
  void heartbeatReply(long popularity);

  /**
   * A message: JSON in UTF-8, as it came, not yet looked at, and possibly empty. The buffer is
   * valid during this call only, and not to be changed.
   */
  void message(byte[] buffer, int offset, int length);

  /** A packet of a version or with an operation that is not known. It is skipped. */
  void unknown(int version, int operation);
}
