package io.github.bililive;

/** What happens when events come faster than the listener takes them and the buffer is full. */
public enum Overflow {
  /**
   * The socket is not read until there is room again: nothing is lost as long as the platform waits
   * too. The default.
   */
  BACKPRESSURE,

  /** The oldest event in the buffer is dropped and counted. */
  DROP_OLDEST
}
