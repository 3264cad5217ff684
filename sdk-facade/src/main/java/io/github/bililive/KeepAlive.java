package io.github.bililive;

import java.io.Closeable;

/**
 * One {@code conn_id} that is kept alive, until it is closed or the platform says that it is dead.
 *
 * <p>Safe for use by several threads. The SDK implements it; a test may, too.
 */
public interface KeepAlive extends Closeable {
  /** Returns the id that is kept alive. */
  String getConnId();

  /** Returns the present state. */
  HeartbeatState getState();

  /**
   * Returns how long ago the request began that the platform last acknowledged for this id, in
   * milliseconds; before the first of them, how long ago the id was registered.
   */
  long getMillisSinceAcknowledged();

  /**
   * Ends the heartbeats, so that the platform gives the connection up within its 30 s. The listener
   * hears nothing that happens after. Idempotent, any thread; does not wait for a request under
   * way.
   */
  @Override
  void close();
}
