package io.github.bililive.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
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

  /** Who sent the last heartbeat, and for how many at once; null and 0 before the first. */
  private @Nullable String keptBy;

  private int keptInBatchOf;

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

  void beat(long nowNanos, @Nullable String agent, int batch) {
    keptBy = agent == null ? "" : agent.length() > 60 ? agent.substring(0, 60) + "…" : agent;
    keptInBatchOf = batch;
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

  /** Returns what the page shows; ages in milliseconds. */
  Map<String, ?> shown(long nowNanos, long timeToLiveNanos) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("connId", id);
    map.put("room", room.id);
    map.put("api", door.name());
    map.put("state", state.name());
    map.put("age", (nowNanos - startedAtNanos) / 1_000_000);
    map.put("lastBeat", (nowNanos - lastBeatAtNanos) / 1_000_000);
    map.put("timeToLive", timeToLiveNanos == Long.MAX_VALUE ? null : timeToLiveNanos / 1_000_000);
    map.put("beats", beats);
    map.put("keptBy", keptBy);
    map.put("batch", keptInBatchOf);
    return map;
  }
}
