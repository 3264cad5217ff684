package io.github.bililive.internal.packet;

import org.jspecify.annotations.Nullable;

/**
 * A frame that is not what the protocol says, or asks for more than {@link PacketLimits} grants.
 * What follows in its stream cannot be trusted, so the connection is to be closed.
 *
 * <p>The message names the field, its value and where it stands. It never has anything of a body.
 */
public class PacketException extends Exception {
  PacketException(String message) {
    this(message, null);
  }

  PacketException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
