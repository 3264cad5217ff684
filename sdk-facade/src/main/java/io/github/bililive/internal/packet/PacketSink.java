package io.github.bililive.internal.packet;

/**
 * Takes a frame's packets, in order, on the thread that reads the frame. What a method throws ends
 * the reading of the frame and comes out of it unchanged.
 */
public interface PacketSink {
  /**
   * The answer to the auth packet.
   *
   * @param code 0 if authentication succeeded; any other number is a refusal
   */
  void authReply(int code);

  /**
   * An answer to the auth packet that has no code: its body is empty, not JSON, or lacks it.
   *
   * @param problem what is wrong with it, without anything of the body
   */
  void authReplyUnreadable(String problem);

  /**
   * The answer to a heartbeat.
   *
   * @param popularity the number in it, 0 to 2³²−1; 0 if it has none
   */
  void heartbeatReply(long popularity);

  /**
   * A message: JSON in UTF-8, as it came, not yet looked at.
   *
   * @param buffer holds it; valid during this call only, and not to be changed
   * @param offset where it begins
   * @param length how many bytes it has, possibly none
   */
  void message(byte[] buffer, int offset, int length);

  /** A packet of a version or with an operation that is not known. It is skipped. */
  void unknown(int version, int operation);
}
