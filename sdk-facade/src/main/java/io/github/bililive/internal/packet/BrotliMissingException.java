package io.github.bililive.internal.packet;

/**
 * A packet is packed by brotli, and its decoder is not on the class path. The platform will send
 * the same again: dialling anew does not help.
 */
final class BrotliMissingException extends PacketException {
  BrotliMissingException(LinkageError cause) {
    super(
        "packet is packed by brotli (version 3): add the dependency org.brotli:dec:0.1.2 to read it",
        cause);
  }
}
