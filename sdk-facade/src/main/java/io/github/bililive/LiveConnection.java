package io.github.bililive;

import io.github.bililive.hook.ConnectionEvents;
import java.io.Closeable;

/**
 * One live room that is heard, through every fault, until it is closed or given up.
 *
 * <p>Safe for use by several threads. The SDK implements it; a test may, too.
 */
public interface LiveConnection extends Closeable {
  /**
   * Returns what {@link ConnectionEvents} call this room: the name in its {@link
   * ConnectionOptions}, else one that was made up. Not unique if the same name was given twice.
   */
  String getName();

  /** Returns the present state. */
  ConnectionState getState();

  /** Returns how long each channel has been silent, and what was counted. */
  ConnectionHealth health();

  /**
   * Ends the connection, for good: its socket, its heartbeats, its attempts to come back. Events
   * that the listener has not heard yet are dropped; a last {@code onStateChanged} with {@code
   * CLOSED} is all that it hears after this, if it does not hear it already. Idempotent, any
   * thread, also in a callback; returns at once.
   */
  @Override
  void close();
}
