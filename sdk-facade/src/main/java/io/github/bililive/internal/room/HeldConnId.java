package io.github.bililive.internal.room;

import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.HeartbeatState;
import io.github.bililive.KeepAlive;
import io.github.bililive.StartedConnection;
import io.github.bililive.internal.time.CallbackErrors;
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
  private final @Nullable KeepAlive keepAlive;

  /** The usable addresses, at least one. */
  private final List<String> links;

  /** What is known of it by its heartbeats. */
  HeartbeatState heartbeats = HeartbeatState.NEW;

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

  /** Ends its heartbeats, and the connection itself where that is possible; throws nothing. */
  void release(RoomIo io) {
    if (keepAlive != null) {
      CallbackErrors.run(keepAlive::close);
    }
    CallbackErrors.run(() -> io.end(started));
  }

  String id() {
    return started.getConnId();
  }

  @Nullable Long heartbeatAgeMillis() {
    return keepAlive == null ? null : (Long) keepAlive.getMillisSinceAcknowledged();
  }

  void opened() {
    failures = 0;
  }

  /** Returns the state of a room that is open with this id. */
  ConnectionState open() {
    if (heartbeats != HeartbeatState.UNKNOWN) {
      return ConnectionState.of(Phase.OPEN);
    }
    return ConnectionState.builder(Phase.OPEN)
        .reason(Reason.HEARTBEATS_UNACKNOWLEDGED)
        .message("no heartbeat is acknowledged: conn_id may have expired")
        .build();
  }

  /**
   * A socket did not open the room. Returns whether other addresses are needed: each of these has
   * failed often enough, and the id is old enough, so that a room asks once a minute at most.
   */
  boolean failed(long nowNanos) {
    failures++;
    return failures >= DIALS_EACH * links.size() && nowNanos - startedAtNanos >= MIN_AGE_NANOS;
  }

  /** Returns the addresses one after the other, round and round, without those that are down. */
  String nextLink(SocketHosts hosts) {
    int number = hosts.choose(links, nextLink);
    nextLink = number + 1;
    return links.get(number);
  }
}
