package io.github.bililive.internal.packet;

/**
 * A packet is packed by brotli, and the decoder is not on the class path. Dialling anew does not
 * help, since the platform would send the same again.
 */
public final class BrotliMissingException extends PacketException {
  BrotliMissingException(LinkageError cause) {
    super(
        "packet is packed by brotli (version 3): add the dependency org.brotli:dec:0.1.2 to read it",
        cause);
  }
}
