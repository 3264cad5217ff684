package io.github.bililive.sandbox;

import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** One started connection. Guarded by {@link Connections}. */
final class Connection {
  final String id;
  final Room room;
  final Door door;

  /** What the client must send, byte for byte. */
  final ByteString authBody;

  private final long startedAtNanos;
  private long lastBeatAtNanos;
  private long beats;
  private long largestGapNanos;

  /** Null while it lives; then it stays. */
  private @Nullable Long endedAtNanos;

  private SeenConnection.State state = SeenConnection.State.ALIVE;

  Connection(String id, Room room, Door door, long nowNanos) {
    this.id = id;
    this.room = room;
    this.door = door;
    authBody = ByteString.encodeUtf8(StartData.authBody(room));
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

  boolean isAlive() {
    return endedAtNanos == null;
  }

  void end(long atNanos, SeenConnection.State how) {
    endedAtNanos = atNanos;
    state = how;
    room.add(door, -1);
  }

  SeenConnection seen() {
    return new SeenConnection(
        id, room.id, state, startedAtNanos, endedAtNanos, lastBeatAtNanos, beats, largestGapNanos);
  }
}
