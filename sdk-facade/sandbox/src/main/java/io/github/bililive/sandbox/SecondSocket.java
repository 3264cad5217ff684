package io.github.bililive.sandbox;

/** What becomes of two sockets with the same auth body. What the platform does is not known. */
public enum SecondSocket {
  /** Both stay open, and each gets every event. */
  BOTH,
  /** The first is hung up when the second is accepted. */
  REPLACES,
  /** The second is refused while the first is open. */
  REFUSED
}
