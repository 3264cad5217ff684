package io.github.bililive.internal.room;

import io.github.bililive.KeepAlive;
import io.github.bililive.StartedConnection;
import java.util.List;

/**
 * A living conn_id: what its start answered, and its heartbeats. Owned by one {@link
 * ConnectionMachine}.
 */
final class HeldConnId {
  private final StartedConnection started;
  private final List<String> links;
  private final KeepAlive keepAlive;

  /** Which of the addresses is dialled next. */
  private int nextLink;

  /**
   * Holds an id.
   *
   * @param links the usable addresses, at least one
   * @param keepAlive its heartbeats, which end with {@link #release}
   */
  HeldConnId(StartedConnection started, List<String> links, KeepAlive keepAlive) {
    this.started = started;
    this.links = links;
    this.keepAlive = keepAlive;
  }

  String id() {
    return started.getConnId();
  }

  String authBody() {
    return started.getAuthBody();
  }

  /** Returns the addresses one after the other, round and round. */
  String nextLink() {
    return links.get(nextLink++ % links.size());
  }

  /** Returns the age of the last acknowledged heartbeat. Any thread. */
  long heartbeatAgeMillis() {
    return keepAlive.getMillisSinceAcknowledged();
  }

  /** Ends its heartbeats, so that the platform forgets it. */
  void release() {
    keepAlive.close();
  }
}
