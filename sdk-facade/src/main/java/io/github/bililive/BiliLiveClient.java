package io.github.bililive;

import static io.github.bililive.Arguments.given;
import static io.github.bililive.Arguments.positiveMillis;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.generated.api.LiveRoomApi;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.internal.http.BaseUrl;
import io.github.bililive.internal.http.Waiting;
import io.github.bililive.internal.token.ClientOAuth;
import io.github.bililive.token.AccessTokenProvider;
import io.github.bililive.token.OAuth;
import io.github.bililive.token.TokenStore;
import java.io.Closeable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A client of Bilibili's live-room long connection, for one app and any number of rooms.
 *
 * <p>Make one and keep it: it holds a scheduler, a pool of connections, a few daemon threads, and a
 * reader for each open socket. It is safe for use by several threads.
 *
 * <p>A call without a callback blocks. It throws a {@link BiliLiveException} if there is no access
 * token, the platform refused, or no answer came that can be understood. An interrupt cancels the
 * call, which then throws a {@code NetworkException} whose remedy is to give up; the thread's flag
 * stays. Callbacks and listeners run on the {@linkplain Builder#callbackExecutor callback
 * executor}.
 *
 * <p>Once the client is closed, every method that calls or connects throws {@link
 * IllegalStateException}. A null argument is a {@link NullPointerException} that names it.
 */
public final class BiliLiveClient implements Closeable {
  final ClientParts parts;

  private BiliLiveClient(ClientParts parts) {
    this.parts = parts;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder(new ClientSettings());
  }

  /** Returns a builder with this client's settings. */
  public Builder newBuilder() {
    return new Builder(parts.settings.copy());
  }

  /**
   * Starts a connection to the room of the client's own access token: that of {@link
   * Builder#accessToken}, {@link Builder#accessTokenProvider} or {@link Builder#broadcaster}. One
   * app may have five connections to a room, and each dies 30 s after its last heartbeat.
   *
   * @throws IllegalStateException if the client has no access token
   */
  public StartedConnection start() {
    Waiting<StartedConnection> answer = parts.waiting("start");
    return answer.await(parts.startOwn(answer));
  }

  /** Starts a connection to another room: for an app that serves many broadcasters. */
  public StartedConnection start(String accessToken) {
    Waiting<StartedConnection> answer = parts.waiting("start");
    return answer.await(parts.calls().start(AccessToken.of(accessToken), answer));
  }

  /**
   * Starts a connection to the room of a provider's token. If the platform refuses the token, it is
   * renewed and the start made once more, all within the time of one call.
   */
  public StartedConnection start(AccessTokenProvider accessToken) {
    Waiting<StartedConnection> answer = parts.waiting("start");
    return answer.await(parts.startRetried(accessToken, answer));
  }

  /** Starts a connection as {@link #start()} does; the callback hears of it. */
  public PendingCall start(AnswerCallback<StartedConnection> callback) {
    return parts.startOwn(parts.onExecutor(callback));
  }

  /** Starts a connection as {@link #start(String)} does; the callback hears of it. */
  public PendingCall start(String accessToken, AnswerCallback<StartedConnection> callback) {
    return parts.calls().start(AccessToken.of(accessToken), parts.onExecutor(callback));
  }

  /** Starts a connection as {@link #start(AccessTokenProvider)} does; the callback hears of it. */
  public PendingCall start(
      AccessTokenProvider accessToken, AnswerCallback<StartedConnection> callback) {
    return parts.startRetried(accessToken, parts.onExecutor(callback));
  }

  /**
   * Sends one heartbeat for one connection. To keep a connection alive use {@link #keepAlive}.
   *
   * @throws BiliLiveException for a dead id with code 7003, and as each call
   * @throws IllegalArgumentException if the id is empty
   */
  public void heartbeat(String connId) {
    Waiting<@Nullable Void> answer = parts.waiting("heartbeat");
    answer.await(parts.calls().heartbeat(connId, answer));
  }

  /** Sends a heartbeat as {@link #heartbeat(String)} does; the callback's answer is null. */
  public PendingCall heartbeat(String connId, AnswerCallback<@Nullable Void> callback) {
    return parts.calls().heartbeat(connId, parts.onExecutor(callback));
  }

  /**
   * Sends one heartbeat for several connections.
   *
   * @param connIds 1 to 200 ids without duplicates, the platform's limits
   * @return those of them that are dead; empty if none is
   * @throws IllegalArgumentException if there are none, more than 200, or one twice
   */
  public Set<String> batchHeartbeat(Collection<String> connIds) {
    Waiting<Set<String>> answer = parts.waiting("batchHeartbeat");
    return answer.await(parts.calls().batchHeartbeat(connIds, answer));
  }

  /** Sends one heartbeat as {@link #batchHeartbeat(Collection)} does; the callback hears of it. */
  public PendingCall batchHeartbeat(
      Collection<String> connIds, AnswerCallback<Set<String>> callback) {
    return parts.calls().batchHeartbeat(connIds, parts.onExecutor(callback));
  }

  /**
   * Keeps a connection alive with heartbeats until the returned object or this client is closed, or
   * the platform says that the connection is dead. Ids go together in as few requests as possible.
   *
   * @param connId the id that {@code start} answered
   * @param listener hears on the callback executor; when it hears {@code EXPIRED}, start anew
   * @throws IllegalArgumentException if the id is empty
   * @throws IllegalStateException if the id is kept alive already
   */
  public KeepAlive keepAlive(String connId, HeartbeatListener listener) {
    return parts.heartbeats().register(connId, listener);
  }

  /** Returns a snapshot of all heartbeats, also of rooms. Any thread; looks at each id once. */
  public HeartbeatStatistics heartbeatStatistics() {
    return parts.heartbeatStatistics();
  }

  /**
   * Returns how many events the client's hooks have missed: 10,000 wait for a slow hook, and the
   * oldest of more are dropped. Any thread.
   */
  public long droppedHookEvents() {
    return parts.droppedHookEvents();
  }

  /**
   * Connects to the room of the client's access token and hears it, through lost sockets, expired
   * ids and sleep, until connection or client is closed. Returns at once; the listener is told of
   * failures.
   *
   * @throws IllegalStateException if the client has no access token
   */
  public LiveConnection connect(LiveListener listener) {
    return connect(listener, ConnectionOptions.DEFAULT);
  }

  /** Connects as {@link #connect(LiveListener)} does, with options of its own. */
  public LiveConnection connect(LiveListener listener, ConnectionOptions options) {
    return parts.connect(parts.ownToken(), listener, options);
  }

  /** Connects as {@link #connect(LiveListener)} does, to the room of another access token. */
  public LiveConnection connect(String accessToken, LiveListener listener) {
    return connect(accessToken, listener, ConnectionOptions.DEFAULT);
  }

  /** Connects as {@link #connect(String, LiveListener)} does, with options of its own. */
  public LiveConnection connect(
      String accessToken, LiveListener listener, ConnectionOptions options) {
    return connect(AccessTokenProvider.fixed(accessToken), listener, options);
  }

  /** Connects as {@link #connect(LiveListener)} does, to the room of a provider's tokens. */
  public LiveConnection connect(AccessTokenProvider accessToken, LiveListener listener) {
    return connect(accessToken, listener, ConnectionOptions.DEFAULT);
  }

  /** Connects as {@link #connect(AccessTokenProvider, LiveListener)} does, with options. */
  public LiveConnection connect(
      AccessTokenProvider accessToken, LiveListener listener, ConnectionOptions options) {
    return parts.connect(accessToken, listener, options);
  }

  /**
   * Connects as {@link #connect(LiveListener)} does, to a room by identity code. Its session is
   * ended at the platform with the connection.
   */
  public LiveConnection connect(IdentityCode identityCode, LiveListener listener) {
    return connect(identityCode, listener, ConnectionOptions.DEFAULT);
  }

  /** Connects as {@link #connect(IdentityCode, LiveListener)} does, with options of its own. */
  public LiveConnection connect(
      IdentityCode identityCode, LiveListener listener, ConnectionOptions options) {
    return parts.connect(identityCode, listener, options);
  }

  /**
   * Connects as {@link #connect(LiveListener)} does, to a room whose connections a server of yours
   * starts and keeps alive. The client needs no credentials for that.
   */
  public LiveConnection connect(ConnectionSource source, LiveListener listener) {
    return connect(source, listener, ConnectionOptions.DEFAULT);
  }

  /** Connects as {@link #connect(ConnectionSource, LiveListener)} does, with options of its own. */
  public LiveConnection connect(
      ConnectionSource source, LiveListener listener, ConnectionOptions options) {
    return parts.connect(source, listener, options);
  }

  /**
   * Returns the rooms that are neither closed nor given up, in the order in which they were
   * connected: an unmodifiable snapshot. Any thread; empty once the client is closed.
   */
  public List<LiveConnection> connections() {
    return parts.connections.list();
  }

  /** Leads broadcasters to the app, and keeps their tokens valid. Closed with the client. */
  public OAuth oauth() {
    return parts.oauth();
  }

  /**
   * Returns the broadcaster of the client's own access token. Asks nothing yet.
   *
   * @throws IllegalStateException if the client has no access token
   */
  public Account account() {
    return parts.ownAccount();
  }

  /** Returns the broadcaster of another access token. Asks nothing yet. */
  public Account account(String accessToken) {
    return parts.open(new TokenAccount(parts, AccessToken.of(accessToken), null));
  }

  /** Returns the broadcaster of a provider's tokens. Asks nothing yet. */
  public Account account(AccessTokenProvider accessToken) {
    return parts.account(accessToken);
  }

  /**
   * Returns the generated Retrofit interface. Its requests are signed, carry the client's own
   * access token if it has one, and go to the configured host alone; envelopes come back as they
   * are. The callbacks of {@code enqueue} run on a thread of OkHttp's.
   *
   * <p>If a provider has no token at that time, the call fails with an {@code IOException} whose
   * cause says why. A token that the platform refuses is not renewed by this: read the envelope's
   * code, and call {@link AccessTokenProvider#invalidate}.
   */
  public LiveRoomApi api() {
    return parts.api();
  }

  /**
   * Ends heartbeats, rooms, calls and threads, without waiting for the network: but if there are
   * sessions by identity code or rooms of a {@link ConnectionSource}, until the other side has
   * heard that they end, for up to 3 s each. Listeners hear nothing more; callbacks of calls under
   * way hear a {@code NetworkException}. A token refresh under way goes on until its pair is
   * stored, for no longer than a call may take: the platform may have spent the old pair. What was
   * handed in is not closed. Idempotent, any thread.
   */
  @Override
  public void close() {
    parts.close();
  }

  /** Returns the app and where it talks to; no secret. */
  @Override
  public String toString() {
    return parts.toString();
  }

  /** Settings of a client, each with a default. Not safe for several threads. */
  public static final class Builder {
    final ClientSettings settings;

    private Builder(ClientSettings settings) {
      this.settings = settings;
    }

    /**
     * Sets the app that signs. Without them the client hears rooms of a {@link ConnectionSource}
     * alone, or by {@link #openLiveCredentials} those by identity code.
     */
    public Builder credentials(Credentials credentials) {
      settings.credentials =
          given(credentials, "credentials", "give Credentials.of(clientId, appSecret)");
      return this;
    }

    /**
     * Sets the broadcaster's OAuth access token, the client's own. None by default.
     *
     * @throws IllegalArgumentException if it is empty or cannot stand in an HTTP header
     */
    public Builder accessToken(String accessToken) {
      settings.ownToken(AccessToken.of(accessToken), null, null);
      return this;
    }

    /**
     * Sets where the client's own access token comes from, in place of {@link #accessToken}. For
     * tokens that the SDK keeps valid, set {@link #broadcaster} instead.
     */
    public Builder accessTokenProvider(AccessTokenProvider accessTokenProvider) {
      String hint = "give one such as AccessTokenProvider.from(…)";
      settings.ownToken(null, given(accessTokenProvider, "accessTokenProvider", hint), null);
      return this;
    }

    /**
     * Sets whose tokens are the client's own, in place of {@link #accessToken}. Needs a {@link
     * #tokenStore}. The first time, hand their pair to {@code
     * client.oauth().provider(broadcaster).replaceToken(…)}.
     *
     * @param broadcaster a name of the app's own for the broadcaster, such as their {@code open_id}
     * @throws IllegalArgumentException if the name is empty
     */
    public Builder broadcaster(String broadcaster) {
      settings.ownToken(null, null, ClientOAuth.requireBroadcaster(broadcaster));
      return this;
    }

    /**
     * Sets where broadcasters' tokens are kept, such as a {@code FileTokenStore}; the SDK never
     * closes it. Without one, {@link BiliLiveClient#oauth()} keeps no tokens valid.
     */
    public Builder tokenStore(TokenStore tokenStore) {
      settings.tokenStore =
          given(tokenStore, "tokenStore", "give one such as FileTokenStore.in(directory)");
      return this;
    }

    /** Sets what hears how tokens are renewed, for metrics and logs. Nothing by default. */
    public Builder tokenEvents(TokenEvents tokenEvents) {
      settings.tokenEvents = given(tokenEvents, "tokenEvents", "give NONE");
      return this;
    }

    /**
     * Sets where the OAuth service is, by default {@code https://api.bilibili.com/}.
     *
     * @throws IllegalArgumentException if it is no HTTPS address; loopback may be cleartext
     */
    public Builder oauthBaseUrl(String oauthBaseUrl) {
      settings.oauthBaseUrl = BaseUrl.parse(given(oauthBaseUrl, "oauthBaseUrl", "leave it out"));
      return this;
    }

    /**
     * Sets where the page is on which broadcasters authorise the app, by default {@code
     * https://account.bilibili.com/}; see {@link OAuth#authorizationUrl}.
     *
     * @throws IllegalArgumentException if it is no HTTPS address; loopback may be cleartext
     */
    public Builder accountBaseUrl(String accountBaseUrl) {
      settings.accountBaseUrl =
          BaseUrl.parse(given(accountBaseUrl, "accountBaseUrl", "leave it out"));
      return this;
    }

    /**
     * Sets where the API is, by default {@code https://member.bilibili.com/}.
     *
     * @throws IllegalArgumentException if it is no HTTPS address; loopback may be cleartext
     */
    public Builder baseUrl(String baseUrl) {
      settings.baseUrl = BaseUrl.parse(given(baseUrl, "baseUrl", "leave it out"));
      return this;
    }

    /** Sets the app of rooms by identity code, if it is not that of {@link #credentials}. */
    public Builder openLiveCredentials(Credentials credentials) {
      settings.openLiveCredentials =
          given(credentials, "credentials", "give Credentials.of(accessKeyId, accessKeySecret)");
      return this;
    }

    /**
     * Sets where the API by identity code is, by default {@code https://live-open.biliapi.com/}.
     *
     * @throws IllegalArgumentException if it is no HTTPS address; loopback may be cleartext
     */
    public Builder openLiveBaseUrl(String openLiveBaseUrl) {
      settings.openLiveBaseUrl =
          BaseUrl.parse(given(openLiveBaseUrl, "openLiveBaseUrl", "leave it out"));
      return this;
    }

    /**
     * Sets the hosts that rooms' sockets may go to, their subdomains included, such as {@code
     * "bilibili.com"}. By default any of the open network, by TLS; each that is not known to be the
     * platform's is logged once. A room of which the platform names none of these backs off.
     *
     * @throws IllegalArgumentException if there are none, or one is not a host alone
     */
    public Builder webSocketHosts(Collection<String> webSocketHosts) {
      settings.webSocketHosts =
          BaseUrl.hosts("webSocketHosts", given(webSocketHosts, "webSocketHosts", "leave it out"));
      return this;
    }

    /** Sets the version of the signature, by default 2.0; by identity code it is 1.0. */
    public Builder signatureVersion(SignatureVersion signatureVersion) {
      settings.signatureVersion = given(signatureVersion, "signatureVersion", "give V2_0");
      return this;
    }

    /**
     * Sets the OkHttp client to derive from: its proxy, TLS settings, time limits, interceptors and
     * connection pool are the SDK's, too. The SDK never closes it. Interceptors see no signature,
     * no token and no auth body; one that calls {@code proceed} twice for a start takes two of a
     * room's five connections. By default the SDK makes its own. Calls use HTTP/1.1 in any case.
     */
    public Builder okHttpClient(OkHttpClient okHttpClient) {
      settings.okHttpClient = given(okHttpClient, "okHttpClient", "leave it out");
      return this;
    }

    /**
     * Sets where callbacks and listeners run, such as Android's main thread; by default up to 64
     * daemon threads, of which a listener that blocks holds one. On any executor those of calls and
     * heartbeats run in order and one at a time, and so do the hooks, and each room's listener. One
     * that refuses a task is asked again later. The SDK never shuts it down.
     */
    public Builder callbackExecutor(Executor callbackExecutor) {
      settings.callbackExecutor = given(callbackExecutor, "callbackExecutor", "leave it out");
      return this;
    }

    /**
     * Sets where the readers of sockets run, one task for each open socket; by default each has a
     * daemon thread. Java 21's {@code Executors.newVirtualThreadPerTaskExecutor()} makes thousands
     * of rooms cheap. The SDK never shuts it down.
     */
    public Builder socketThreads(ExecutorService socketThreads) {
      settings.socketThreads = given(socketThreads, "socketThreads", "leave it out");
      return this;
    }

    /**
     * Sets how long {@code start}, {@code heartbeat} and {@code batchHeartbeat} may take, all
     * attempts and pauses together. The default is the call timeout of the given OkHttp client,
     * which also limits each attempt, else 30 s.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public Builder callTimeout(long timeout, TimeUnit unit) {
      settings.callTimeoutMillis = positiveMillis("call timeout", timeout, unit);
      return this;
    }

    /**
     * Sets how often {@code start}, {@code heartbeat} and {@code batchHeartbeat} are made again
     * after a failure that may pass, by default {@link RetryPolicy#DEFAULT}. A {@code start} is
     * made again only if the platform certainly did not carry it out. {@link
     * BiliLiveClient#keepAlive} and {@link BiliLiveClient#connect} have pauses of their own.
     */
    public Builder retryPolicy(RetryPolicy retryPolicy) {
      settings.retryPolicy = given(retryPolicy, "retryPolicy", "give RetryPolicy.NONE");
      return this;
    }

    /** Sets what hears of every request, for metrics and logs. Nothing by default. */
    public Builder requestEvents(RequestEvents requestEvents) {
      settings.requestEvents = given(requestEvents, "requestEvents", "give NONE");
      return this;
    }

    /** Sets what hears of every heartbeat request, for metrics and logs. Nothing by default. */
    public Builder heartbeatEvents(HeartbeatEvents heartbeatEvents) {
      settings.heartbeatEvents = given(heartbeatEvents, "heartbeatEvents", "give NONE");
      return this;
    }

    /** Sets what hears of rooms and their sockets, for metrics and logs. Nothing by default. */
    public Builder connectionEvents(ConnectionEvents connectionEvents) {
      settings.connectionEvents = given(connectionEvents, "connectionEvents", "give NONE");
      return this;
    }

    /**
     * Sets how often heartbeats are sent, how many ids share a request, and how failed requests are
     * retried; {@link HeartbeatPolicy#DEFAULT} by default.
     */
    public Builder heartbeatPolicy(HeartbeatPolicy heartbeatPolicy) {
      settings.heartbeatPolicy =
          given(heartbeatPolicy, "heartbeatPolicy", "leave it out").newBuilder();
      return this;
    }

    /**
     * Sets {@link HeartbeatPolicy.Builder#interval}, by default 20 s as in the official samples.
     */
    public Builder heartbeatInterval(long interval, TimeUnit unit) {
      settings.heartbeatPolicy.interval(interval, unit);
      return this;
    }

    /** Sets {@link HeartbeatPolicy.Builder#timeToLive}, by default the platform's 30 s. */
    public Builder connIdTimeToLive(long timeToLive, TimeUnit unit) {
      settings.heartbeatPolicy.timeToLive(timeToLive, unit);
      return this;
    }

    /**
     * Sets a clock that counts the time for which the machine sleeps: within about a second after
     * waking up, the SDK does what is due. For Android: {@code SystemClock::elapsedRealtimeNanos},
     * since the default, {@link System#nanoTime}, stands still in deep sleep. It is read once a
     * second while ids are kept alive or rooms are open, and less often for a token alone. A clock
     * that goes backwards, stands still or throws does no harm: sleep is not counted then.
     */
    public Builder monotonicClock(MonotonicClock monotonicClock) {
      settings.monotonicClock = given(monotonicClock, "monotonicClock", "leave it out");
      return this;
    }

    /**
     * Returns a client with these settings. It starts no thread and connects to nothing until used.
     *
     * @throws IllegalStateException if there is a token without credentials, or a {@link
     *     #broadcaster} without a {@link #tokenStore}
     * @throws IllegalArgumentException if the heartbeat policy's times do not fit together, or the
     *     monotonic clock throws
     */
    public BiliLiveClient build() {
      return new BiliLiveClient(new ClientParts(settings.copy()));
    }
  }
}
