package io.github.bililive;

import java.io.Closeable;

/**
 * One {@code conn_id} that is kept alive, until it is closed or the platform says that it is dead.
 *
 * <p>Safe for use by several threads. In production only the SDK implements it, and later versions
 * add default methods alone; tests may implement it, too.
 */
public interface KeepAlive extends Closeable {
  /** Returns the id that is kept alive. */
  String getConnId();

  /** Returns the state at this moment. */
  HeartbeatState getState();

  /**
   * Returns the time in milliseconds since the beginning of the last request for this id that the
   * platform acknowledged; if there is none yet, since the call of {@code keepAlive}.
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
