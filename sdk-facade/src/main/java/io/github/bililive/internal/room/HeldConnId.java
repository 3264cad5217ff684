package io.github.bililive.internal.room;

import io.github.bililive.KeepAlive;
import io.github.bililive.StartedConnection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A living conn_id. Owned by one {@link ConnectionMachine}. */
final class HeldConnId {
  /** How often each address is dialled before others are asked for. */
  static final int DIALS_EACH = 3;

  static final long MIN_AGE_NANOS = TimeUnit.MINUTES.toNanos(1);

  final StartedConnection started;

  /** Its heartbeats; null if it needs none. */
  final @Nullable KeepAlive keepAlive;

  /** The usable addresses, at least one. */
  private final List<String> links;

  private final long startedAtNanos;
  private int nextLink;

  /** Sockets that did not open the room since one last did. */
  private int failures;

  HeldConnId(
      StartedConnection started,
      List<String> links,
      @Nullable KeepAlive keepAlive,
      long startedAtNanos) {
    this.started = started;
    this.links = links;
    this.keepAlive = keepAlive;
    this.startedAtNanos = startedAtNanos;
  }

  String id() {
    return started.getConnId();
  }

  void opened() {
    failures = 0;
  }

  /**
   * A socket did not open the room. Returns whether other addresses are needed: each of these has
   * failed often enough, and the id is old enough, so that a room asks once a minute at most.
   */
  boolean failed(long nowNanos) {
    failures++;
    return failures >= DIALS_EACH * links.size() && nowNanos - startedAtNanos >= MIN_AGE_NANOS;
  }

  /** Returns the addresses one after the other, round and round. */
  String nextLink() {
    return links.get(nextLink++ % links.size());
  }
}
