package io.github.bililive.sandbox;

import org.jspecify.annotations.Nullable;

/** One of the platform's calls, a page, or the opening of a WebSocket. */
public enum Endpoint {
  /** Starts a connection: empty body, {@code access-token} required. */
  START("/arcopen/fn/live/room/ws-start"),

  /** Keeps one connection alive: query {@code client_id}, body {@code {"conn_id":"…"}}. */
  HEARTBEAT("/arcopen/fn/live/room/ws-heartbeat"),

  /** Keeps many connections alive: query {@code client_id}, body {@code {"conn_ids":["…"]}}. */
  BATCH_HEARTBEAT("/arcopen/fn/live/room/ws-batch-heartbeat"),

  /** Tells whose the {@code access-token} is: a GET, as the next two. */
  ACCOUNT_INFO("/arcopen/fn/user/account/info"),

  /** Tells which scopes the {@code access-token} has. */
  ACCOUNT_SCOPES("/arcopen/fn/user/account/scopes"),

  /** Tells what the room of the {@code access-token} is like. */
  ROOM_INFO("/arcopen/fn/live/room/info"),

  /** Exchanges a code for a pair of tokens: a form, not signed. */
  TOKEN("/x/account-oauth2/v1/token"),

  /** Exchanges a refresh token for a new pair of tokens: a form, not signed. */
  REFRESH_TOKEN("/x/account-oauth2/v1/refresh_token"),

  /** Asks the broadcaster to authorise the app: a page for desktop browsers. */
  AUTHORISATION("/pc/account-pc/auth/oauth"),

  /** Asks the broadcaster to authorise the app: a page for phones. */
  MOBILE_AUTHORISATION("/h5/account-h5/auth/oauth"),

  /** Starts a session by identity code: body {@code {"code":"…","app_id":…}}. */
  APP_START("/v2/app/start"),

  /** Keeps one session alive: body {@code {"game_id":"…"}}. */
  APP_HEARTBEAT("/v2/app/heartbeat"),

  /** Keeps many sessions alive: body {@code {"game_ids":["…"]}}. */
  APP_BATCH_HEARTBEAT("/v2/app/batchHeartbeat"),

  /** Ends a session: body {@code {"app_id":…,"game_id":"…"}}. */
  APP_END("/v2/app/end"),

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

  /** Whether it is one of the calls by identity code. */
  boolean isOpenLive() {
    return path.startsWith("/v2/app/");
  }

  /** Whether it is one of the calls that tell about a token, and change nothing. */
  boolean isAboutToken() {
    return this == ACCOUNT_INFO || this == ACCOUNT_SCOPES || this == ROOM_INFO;
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
