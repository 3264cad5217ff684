package io.github.bililive.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the page what there is now, without secrets. */
final class PageState {
  /** So many connections of each API, and so many open sockets, are shown. */
  private static final int SHOWN = 1_000;

  private final Sandbox sandbox;
  private final SandboxSettings settings;
  private final Grants grants;
  private final Connections connections;
  private final SocketHub hub;

  PageState(
      Sandbox sandbox,
      SandboxSettings settings,
      Grants grants,
      Connections connections,
      SocketHub hub) {
    this.sandbox = sandbox;
    this.settings = settings;
    this.grants = grants;
    this.connections = connections;
    this.hub = hub;
  }

  Map<String, ?> now() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("baseUrl", sandbox.baseUrl());
    state.put("clientId", settings.clientId());
    state.put("clockOffset", settings.clock().offsetMillis());
    state.put("requests", sandbox.requestCount());
    state.put("faults", sandbox.faults().planned());
    List<Map<String, ?>> rooms = new ArrayList<>();
    grants
        .roomsAndTokens()
        .forEach((room, hasToken) -> rooms.add(Map.of("id", room.id, "token", hasToken)));
    state.put("rooms", rooms);
    state.put("connections", connections.shown(SHOWN));
    state.put("sockets", hub.shown(SHOWN));
    return state;
  }

  /** Tells what a client of a room has to be set up with: made-up secrets, told when asked for. */
  Map<String, ?> credentials(long roomId) {
    int broadcaster = broadcaster(roomId);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("baseUrl", sandbox.baseUrl());
    map.put("clientId", settings.clientId());
    map.put("appSecret", settings.appSecret().text());
    map.put("accessToken", accessToken(broadcaster));
    map.put("appId", settings.appId());
    List<String> codes = grants.identityCodes();
    map.put("identityCode", broadcaster < codes.size() ? codes.get(broadcaster) : null);
    return map;
  }

  private @Nullable String accessToken(int broadcaster) {
    List<String> fixed = settings.accessTokens();
    if (broadcaster < fixed.size() && grants.roomOf(fixed.get(broadcaster)) != null) {
      return fixed.get(broadcaster);
    }
    GrantedPair pair = grants.pair(broadcaster);
    return pair == null || grants.roomOf(pair.accessToken()) == null ? null : pair.accessToken();
  }

  int broadcaster(long roomId) {
    int index = 0;
    for (Room room : grants.roomsAndTokens().keySet()) {
      if (room.id == roomId) {
        return index;
      }
      index++;
    }
    throw new IllegalArgumentException("room " + roomId + " is no broadcaster's");
  }
}
