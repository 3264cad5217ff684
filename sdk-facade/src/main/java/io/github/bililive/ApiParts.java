package io.github.bililive;

import io.github.bililive.internal.heartbeat.Heartbeats;
import io.github.bililive.internal.http.ConnectionApi;
import io.github.bililive.internal.room.ApiDoor;
import io.github.bililive.internal.room.Door;
import io.github.bililive.internal.room.WssLinks;

/** What the rooms of one API share: its calls, and the heartbeats of all their connections. */
final class ApiParts<K> {
  final ConnectionApi<K> calls;
  final Heartbeats heartbeats;
  private final WssLinks links;

  ApiParts(ConnectionApi<K> calls, Heartbeats heartbeats, WssLinks links) {
    this.calls = calls;
    this.heartbeats = heartbeats;
    this.links = links;
  }

  /** Returns what starts a connection for this key. */
  Door door(K key) {
    return new ApiDoor<>(calls, heartbeats, links, key);
  }
}
