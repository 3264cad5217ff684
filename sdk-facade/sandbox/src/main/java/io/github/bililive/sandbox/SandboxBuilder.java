package io.github.bililive.sandbox;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/** Sets up a {@link Sandbox}. What is not set is as on the platform. */
public final class SandboxBuilder {
  private int port;
  private String clientId = "sandbox-client";
  private String appSecret = "sandbox-app-secret-not-real";
  private List<String> accessTokens = List.of("sandbox-access-token-not-real");
  private long appId = 1_650_000_000_000L;
  private List<String> identityCodes = List.of("SANDBOX-IDENTITY-CODE-NOT-REAL");
  private List<String> callbackDomains = List.of("127.0.0.1", "localhost", "example.com");
  private SandboxClock clock = SandboxClock.system();
  private Duration timeToLive = Duration.ofSeconds(30);
  private Duration sessionTimeToLive = Duration.ofSeconds(60);
  private Duration timestampTolerance = Duration.ofMinutes(10);
  private Duration tokenLifetime = Duration.ofDays(30);
  private int batchLimit = 200;
  private int connectionsPerRoom = 5;
  private int sessionsPerRoom = 5;
  private boolean emptyGameIds;
  private int recordLimit = 100_000;
  private Duration authenticationTimeout = Duration.ofSeconds(5);
  private Duration heartbeatTimeout = Duration.ofSeconds(70);
  private ExpiredSockets expiredSockets = ExpiredSockets.DEAF;
  private SecondSocket secondSocket = SecondSocket.BOTH;
  private Packing packing = Packing.ZLIB;
  private int fragmentSize;
  private Duration danmakuInterval = Duration.ZERO;

  SandboxBuilder() {}

  /**
   * Sets the port of 127.0.0.1 that the sandbox listens on.
   *
   * @param port 1 to 65,535, or 0, the default, for any that is free
   * @return this builder
   */
  public SandboxBuilder port(int port) {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port must be 0 to 65535, but is " + port);
    }
    this.port = port;
    return this;
  }

  /**
   * Sets the client_id of the one app that the platform knows.
   *
   * @param clientId not empty
   * @return this builder
   */
  public SandboxBuilder clientId(String clientId) {
    this.clientId = notEmpty("clientId", clientId);
    return this;
  }

  /**
   * Sets the app's secret.
   *
   * @param appSecret not empty
   * @return this builder
   */
  public SandboxBuilder appSecret(String appSecret) {
    this.appSecret = notEmpty("appSecret", appSecret);
    return this;
  }

  /**
   * Sets the access tokens that are valid. Each belongs to a broadcaster with a room of their own.
   *
   * @param accessTokens one or more, all different
   * @return this builder
   */
  public SandboxBuilder accessTokens(String... accessTokens) {
    this.accessTokens = allDifferent("accessTokens", accessTokens);
    return this;
  }

  /**
   * Sets the app_id of the one app that the sister API knows.
   *
   * @param appId 1,650,000,000,000 by default
   * @return this builder
   */
  public SandboxBuilder appId(long appId) {
    this.appId = appId;
    return this;
  }

  /**
   * Sets the identity codes that are valid. Each belongs to a broadcaster with a room, the same as
   * that of the access token with its number.
   *
   * @param identityCodes one or more, all different
   * @return this builder
   */
  public SandboxBuilder identityCodes(String... identityCodes) {
    this.identityCodes = allDifferent("identityCodes", identityCodes);
    return this;
  }

  /**
   * Sets the clock by which timestamps are judged and connections expire.
   *
   * @param clock such as a {@link ManualClock}
   * @return this builder
   */
  public SandboxBuilder clock(SandboxClock clock) {
    this.clock = clock;
    return this;
  }

  /**
   * Sets how long a connection lives after its start or its last heartbeat.
   *
   * @param timeToLive more than zero; 30 s by default
   * @return this builder
   */
  public SandboxBuilder timeToLive(Duration timeToLive) {
    this.timeToLive = positive("timeToLive", timeToLive);
    return this;
  }

  /**
   * Sets how long a session by identity code lives after its start or its last heartbeat.
   *
   * @param sessionTimeToLive more than zero; 60 s by default
   * @return this builder
   */
  public SandboxBuilder sessionTimeToLive(Duration sessionTimeToLive) {
    this.sessionTimeToLive = positive("sessionTimeToLive", sessionTimeToLive);
    return this;
  }

  /**
   * Sets how far a timestamp may lie from the platform's wall clock, before or after.
   *
   * @param timestampTolerance not negative; 10 min by default
   * @return this builder
   */
  public SandboxBuilder timestampTolerance(Duration timestampTolerance) {
    this.timestampTolerance = notNegative("timestampTolerance", timestampTolerance);
    return this;
  }

  /**
   * Sets how long an access token lives that OAuth has granted, on the sandbox's wall clock. How
   * long it is on the platform, its answer says each time.
   *
   * @param tokenLifetime more than zero; 30 days by default
   * @return this builder
   */
  public SandboxBuilder tokenLifetime(Duration tokenLifetime) {
    this.tokenLifetime = positive("tokenLifetime", tokenLifetime);
    return this;
  }

  /**
   * Sets how many ids a batch may hold.
   *
   * @param batchLimit 1 or more; 200 by default
   * @return this builder
   */
  public SandboxBuilder batchLimit(int batchLimit) {
    this.batchLimit = positive("batchLimit", batchLimit);
    return this;
  }

  /**
   * Sets how many connections to one room may live at once.
   *
   * @param connectionsPerRoom 1 or more; 5 by default
   * @return this builder
   */
  public SandboxBuilder connectionsPerRoom(int connectionsPerRoom) {
    this.connectionsPerRoom = positive("connectionsPerRoom", connectionsPerRoom);
    return this;
  }

  /**
   * Sets how many sessions by identity code may live in one room at once.
   *
   * @param sessionsPerRoom 1, and one more is refused with 7002, as with a game; or more, and one
   *     more is refused with 7010; 5 by default
   * @return this builder
   */
  public SandboxBuilder sessionsPerRoom(int sessionsPerRoom) {
    this.sessionsPerRoom = positive("sessionsPerRoom", sessionsPerRoom);
    return this;
  }

  /**
   * Sets whether sessions by identity code have an empty game_id, as tools may be given: they need
   * no heartbeats, take no place in the room and cannot be ended.
   *
   * @param emptyGameIds false by default
   * @return this builder
   */
  public SandboxBuilder emptyGameIds(boolean emptyGameIds) {
    this.emptyGameIds = emptyGameIds;
    return this;
  }

  /**
   * Sets how many requests, events, sockets and expired connections, each, are remembered.
   *
   * @param recordLimit 1 or more; 100,000 by default
   * @return this builder
   */
  public SandboxBuilder recordLimit(int recordLimit) {
    this.recordLimit = positive("recordLimit", recordLimit);
    return this;
  }

  /**
   * Sets how long a socket may be open without an auth body, on the sandbox's clock.
   *
   * @param authenticationTimeout more than zero; 5 s by default
   * @return this builder
   */
  public SandboxBuilder authenticationTimeout(Duration authenticationTimeout) {
    this.authenticationTimeout = positive("authenticationTimeout", authenticationTimeout);
    return this;
  }

  /**
   * Sets how long a socket may be without heartbeats before it is hung up, on the sandbox's clock.
   *
   * @param heartbeatTimeout more than zero; 70 s by default
   * @return this builder
   */
  public SandboxBuilder heartbeatTimeout(Duration heartbeatTimeout) {
    this.heartbeatTimeout = positive("heartbeatTimeout", heartbeatTimeout);
    return this;
  }

  /**
   * Sets what becomes of an open socket when its conn_id expires.
   *
   * @param expiredSockets deaf by default
   * @return this builder
   */
  public SandboxBuilder expiredSockets(ExpiredSockets expiredSockets) {
    this.expiredSockets = expiredSockets;
    return this;
  }

  /**
   * Sets what becomes of two sockets with the same auth body.
   *
   * @param secondSocket {@link SecondSocket#BOTH} by default
   * @return this builder
   */
  public SandboxBuilder secondSocket(SecondSocket secondSocket) {
    this.secondSocket = secondSocket;
    return this;
  }

  /**
   * Sets how events are packed.
   *
   * @param packing zlib by default
   * @return this builder
   */
  public SandboxBuilder packing(Packing packing) {
    this.packing = packing;
    return this;
  }

  /**
   * Sets the callback domains that are registered for the app: the page on which a broadcaster
   * authorises it sends browsers nowhere else.
   *
   * @param callbackDomains hosts, whose subdomains count, too; by default {@code 127.0.0.1}, {@code
   *     localhost} and {@code example.com}
   * @return this builder
   */
  public SandboxBuilder callbackDomains(String... callbackDomains) {
    this.callbackDomains = List.of(callbackDomains);
    return this;
  }

  /**
   * Sends each WebSocket frame in fragments.
   *
   * @param fragmentSize how many bytes of payload a fragment holds, 1 to 65,535; by default, frames
   *     are whole
   * @return this builder
   */
  public SandboxBuilder fragmentSize(int fragmentSize) {
    if (fragmentSize < 1 || fragmentSize > 0xffff) {
      throw new IllegalArgumentException("fragmentSize must be 1 to 65535, but is " + fragmentSize);
    }
    this.fragmentSize = fragmentSize;
    return this;
  }

  /**
   * Sets how often each room that is listened to says a danmaku, in real time; it says one more as
   * soon as a socket is accepted.
   *
   * @param danmakuInterval not negative; zero, for never, by default
   * @return this builder
   */
  public SandboxBuilder danmakuInterval(Duration danmakuInterval) {
    this.danmakuInterval = notNegative("danmakuInterval", danmakuInterval);
    return this;
  }

  /**
   * Starts the sandbox on 127.0.0.1.
   *
   * @return the sandbox, to be closed
   * @throws java.io.UncheckedIOException if the port is taken, or none is free
   */
  public Sandbox start() {
    return new Sandbox(
        new SandboxSettings(
            port,
            clientId,
            new AppSecret(appSecret),
            accessTokens,
            appId,
            identityCodes,
            callbackDomains,
            new OffsetClock(clock),
            timeToLive,
            sessionTimeToLive,
            timestampTolerance,
            tokenLifetime,
            batchLimit,
            connectionsPerRoom,
            sessionsPerRoom,
            emptyGameIds,
            recordLimit,
            danmakuInterval,
            new SocketSettings(
                authenticationTimeout,
                heartbeatTimeout,
                expiredSockets,
                secondSocket,
                packing,
                fragmentSize)));
  }

  private static Duration notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
    return value;
  }

  private static List<String> allDifferent(String name, String[] secrets) {
    List<String> copy = List.of(secrets);
    copy.forEach(secret -> notEmpty("each of " + name, secret));
    if (copy.isEmpty() || new HashSet<>(copy).size() < copy.size()) {
      throw new IllegalArgumentException(name + " must be one or more, all different");
    }
    return copy;
  }

  private static String notEmpty(String name, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    return value;
  }

  static Duration positive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be more than zero: " + value);
    }
    return value;
  }

  private static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, but is " + value);
    }
    return value;
  }
}
