package io.github.bililive.sandbox;

import org.jspecify.annotations.Nullable;

/** One of the platform's three calls, or the opening of a WebSocket. */
public enum Endpoint {
  /** Starts a connection: empty body, {@code access-token} required. */
  START("/arcopen/fn/live/room/ws-start"),

  /** Keeps one connection alive: query {@code client_id}, body {@code {"conn_id":"…"}}. */
  HEARTBEAT("/arcopen/fn/live/room/ws-heartbeat"),

  /** Keeps many connections alive: query {@code client_id}, body {@code {"conn_ids":["…"]}}. */
  BATCH_HEARTBEAT("/arcopen/fn/live/room/ws-batch-heartbeat"),

  /** Opens a WebSocket: any {@code wss_link}, all of which begin with this path. */
  SOCKET("/sub");

  private final String path;

  Endpoint(String path) {
    this.path = path;
  }

  /**
   * Returns the path of this call's URL.
   *
   * @return the path, from its first slash, without the query
   */
  public String path() {
    return path;
  }

  static @Nullable Endpoint ofPath(String path) {
    for (Endpoint endpoint : values()) {
      if (endpoint.path.equals(path) || (endpoint == SOCKET && path.startsWith(SOCKET.path))) {
        return endpoint;
      }
    }
    return null;
  }
}
