package io.github.bililive.internal.room;

import io.github.bililive.KeepAlive;
import io.github.bililive.StartedConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A living conn_id. Owned by one {@link ConnectionMachine}. */
final class HeldConnId {
  final StartedConnection started;

  /** Its heartbeats; null if it needs none. */
  final @Nullable KeepAlive keepAlive;

  /** The usable addresses, at least one. */
  private final List<String> links;

  private int nextLink;

  HeldConnId(StartedConnection started, List<String> links, @Nullable KeepAlive keepAlive) {
    this.started = started;
    this.links = links;
    this.keepAlive = keepAlive;
  }

  String id() {
    return started.getConnId();
  }

  /** Returns the addresses one after the other, round and round. */
  String nextLink() {
    return links.get(nextLink++ % links.size());
  }
}
