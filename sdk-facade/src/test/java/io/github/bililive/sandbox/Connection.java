package io.github.bililive.sandbox;

import org.jspecify.annotations.Nullable;

/** One started connection. Guarded by {@link Connections}. */
final class Connection {
  final String id;
  final Room room;
  private final long startedAtNanos;
  private long lastBeatAtNanos;
  private long beats;
  private long largestGapNanos;

  /** Null while it lives; then it stays. */
  private @Nullable Long endedAtNanos;

  Connection(String id, Room room, long nowNanos) {
    this.id = id;
    this.room = room;
    startedAtNanos = nowNanos;
    lastBeatAtNanos = nowNanos;
  }

  long lastBeatAtNanos() {
    return lastBeatAtNanos;
  }

  void beat(long nowNanos) {
    largestGapNanos = Math.max(largestGapNanos, nowNanos - lastBeatAtNanos);
    lastBeatAtNanos = nowNanos;
    beats++;
  }

  void end(long atNanos) {
    endedAtNanos = atNanos;
    room.living--;
  }

  SeenConnection seen() {
    return new SeenConnection(
        id,
        room.id,
        endedAtNanos == null ? SeenConnection.State.ALIVE : SeenConnection.State.EXPIRED,
        startedAtNanos,
        endedAtNanos,
        lastBeatAtNanos,
        beats,
        largestGapNanos);
  }
}
