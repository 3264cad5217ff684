package io.github.bililive.sandbox;

import java.time.Duration;
import java.util.List;

/** What a sandbox was built with. Holds secrets: it is never printed. */
record SandboxSettings(
    int port,
    String clientId,
    AppSecret appSecret,
    List<String> accessTokens,
    long appId,
    List<String> identityCodes,
    List<String> callbackDomains,
    OffsetClock clock,
    Duration timeToLive,
    Duration sessionTimeToLive,
    Duration timestampTolerance,
    Duration tokenLifetime,
    int batchLimit,
    int connectionsPerRoom,
    int sessionsPerRoom,
    boolean emptyGameIds,
    int recordLimit,
    Duration danmakuInterval,
    SocketSettings sockets) {

  SandboxSettings {
    accessTokens = List.copyOf(accessTokens);
    identityCodes = List.copyOf(identityCodes);
  }

  @Override
  public String toString() {
    return "SandboxSettings[clientId=" + clientId + "]";
  }
}
