package io.github.bililive;

import static java.util.Objects.requireNonNull;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.generated.api.LiveRoomApi;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.internal.heartbeat.Heartbeats;
import io.github.bililive.internal.http.BaseUrl;
import io.github.bililive.internal.http.LiveRoomCalls;
import io.github.bililive.internal.http.OAuthCalls;
import io.github.bililive.internal.http.PlatformClock;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.http.RequestReport;
import io.github.bililive.internal.http.RequestSigner;
import io.github.bililive.internal.http.RetriedCalls;
import io.github.bililive.internal.http.Retries;
import io.github.bililive.internal.http.SignedHttp;
import io.github.bililive.internal.http.SigningInterceptor;
import io.github.bililive.internal.room.LiveConnections;
import io.github.bililive.internal.time.DaemonThreads;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.SerialExecutor;
import io.github.bililive.internal.time.SleepAwareScheduler;
import io.github.bililive.internal.time.SystemScheduler;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.internal.token.TokenStarts;
import io.github.bililive.token.AccessTokenProvider;
import io.github.bililive.token.OAuth;
import io.github.bililive.token.TokenStore;
import java.io.Closeable;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A client of Bilibili's live-room long connection, for one app and any number of rooms.
 *
 * <p>Make one and keep it: it is safe for use by several threads, and holds one scheduler, one pool
 * of connections, a few daemon threads, and a reader for each open socket. Blocking calls run on
 * the caller's thread; callbacks and listeners on the {@linkplain Builder#callbackExecutor callback
 * executor}.
 */
public final class BiliLiveClient implements Closeable {
  /**
   * A user's calls that may be under way at once. With OkHttp's own limit of 5 for one host a few
   * slow answers would hold up all others.
   */
  private static final int MAX_REQUESTS = 128;

  private final Builder settings;
  private final OkHttpClient http;
  private final LiveRoomCalls calls;
  private final Retries retries;
  private final RetriedCalls retried;
  private final Scheduler scheduler;
  private final Heartbeats heartbeats;
  private final LiveConnections connections;
  private final TokenStarts starts;
  private final OAuth oauth;

  /** Where the sockets' readers run that no executor was given for; null if one was. */
  private final @Nullable ThreadPoolExecutor ownSocketThreads;

  /** Where callbacks run that no executor was given for; null if one was. */
  private final @Nullable ThreadPoolExecutor ownCallbackThread;

  private final SerialExecutor callbacks;
  private volatile boolean closed;

  private BiliLiveClient(Builder builder, Credentials credentials, HeartbeatPolicy policy) {
    settings = new Builder(builder);
    HttpUrl baseUrl = settings.baseUrl;
    Dispatcher dispatcher = new Dispatcher(DaemonThreads.pool("bililive-http"));
    dispatcher.setMaxRequests(MAX_REQUESTS);
    dispatcher.setMaxRequestsPerHost(MAX_REQUESTS);
    Executor callbackExecutor = settings.callbackExecutor;
    if (callbackExecutor == null) {
      ownCallbackThread = DaemonThreads.single("bililive-callbacks");
      callbackExecutor = ownCallbackThread;
    } else {
      ownCallbackThread = null;
    }
    callbacks = new SerialExecutor(callbackExecutor);
    scheduler = scheduler(settings);
    RequestReport report = new RequestReport(settings.requestEvents, callbacks);
    PlatformClock clock = new PlatformClock(scheduler, settings.wallClock, report);
    SigningInterceptor signing =
        new SigningInterceptor(
            new RequestSigner(credentials, settings.signatureVersion), baseUrl, clock);
    OkHttpClient users = settings.okHttpClient;
    OkHttpClient base = users == null ? new OkHttpClient() : users;
    Redaction redaction = new Redaction(credentials);
    if (settings.accessToken != null) {
      redaction.remember(settings.accessToken.getText());
    }
    http = SignedHttp.derive(base, dispatcher, signing, clock, redaction);
    long callTimeoutMillis =
        settings.callTimeoutMillis == 0 ? http.callTimeoutMillis() : settings.callTimeoutMillis;
    retries = new Retries(settings.retryPolicy, callTimeoutMillis, scheduler, new Random(), report);
    calls = new LiveRoomCalls(http, baseUrl, credentials, clock, redaction, retries);
    retried = new RetriedCalls(calls, retries);
    starts = new TokenStarts(retried, scheduler, baseUrl.host(), callTimeoutMillis);
    oauth =
        new OAuth(
            new OAuthCalls(base, settings.oauthBaseUrl, credentials, clock, redaction),
            settings.tokenStore,
            redaction,
            settings.tokenEvents,
            scheduler,
            clock::currentTimeMillis,
            callbacks);
    LiveRoomCalls beats =
        new LiveRoomCalls(withoutLimit(http), baseUrl, credentials, clock, redaction, retries);
    heartbeats = new Heartbeats(beats, scheduler, callbacks, policy, settings.heartbeatEvents);
    ExecutorService socketThreads = settings.socketThreads;
    if (socketThreads == null) {
      ownSocketThreads = DaemonThreads.pool("bililive-socket");
      socketThreads = ownSocketThreads;
    } else {
      ownSocketThreads = null;
    }
    connections =
        new LiveConnections(
            new TokenStarts(calls, scheduler, baseUrl.host(), callTimeoutMillis),
            heartbeats,
            scheduler,
            policy,
            base,
            socketThreads,
            redaction,
            callbackExecutor,
            settings.connectionEvents,
            callbacks);
  }

  private static Scheduler scheduler(Builder settings) {
    Scheduler awake =
        settings.scheduler == null ? new SystemScheduler("bililive-scheduler") : settings.scheduler;
    MonotonicClock clock = settings.monotonicClock;
    return clock == null ? awake : new SleepAwareScheduler(awake, clock::nanoTime);
  }

  /**
   * Heartbeats wait behind no other calls, and for no place: their own pace and time limits bound
   * how many are under way.
   */
  private static OkHttpClient withoutLimit(OkHttpClient http) {
    Dispatcher dispatcher = new Dispatcher(http.dispatcher().executorService());
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    return http.newBuilder().dispatcher(dispatcher).build();
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder with this client's settings, for another client like it. */
  public Builder newBuilder() {
    return new Builder(settings);
  }

  /**
   * Starts a connection to the room of the client's own access token, and waits for the answer.
   *
   * <p>The platform allows one app five connections to a room at once, and there is no call that
   * ends one: it dies 30 s after its last heartbeat.
   *
   * @throws BiliLiveException if there is no token to be had, the platform refused, its answer was
   *     not understood, or the network failed
   * @throws IllegalStateException if the client has no access token, or is closed
   */
  public StartedConnection start() throws BiliLiveException {
    return open(starts).start(ownToken());
  }

  /**
   * Starts a connection to the room of another access token, and waits for the answer: for an app
   * that serves many broadcasters.
   *
   * @throws BiliLiveException if the platform refused, its answer was not understood, or the
   *     network failed
   * @throws IllegalStateException if the client is closed
   */
  public StartedConnection start(String accessToken) throws BiliLiveException {
    return start(AccessTokenProvider.fixed(accessToken));
  }

  /**
   * Starts a connection to the room of a provider's token, and waits for both on this thread. A
   * token that the platform refuses is renewed, and the start made once more; no longer in all than
   * a call may take.
   *
   * @throws BiliLiveException if there is no token to be had, the platform refused, its answer was
   *     not understood, or the network failed
   * @throws IllegalStateException if the client is closed
   */
  public StartedConnection start(AccessTokenProvider accessToken) throws BiliLiveException {
    return open(starts).start(accessToken);
  }

  /** Starts a connection as {@link #start()} does; the callback hears of it. */
  public PendingCall start(AnswerCallback<StartedConnection> callback) {
    return start(ownToken(), callback);
  }

  /** Starts a connection as {@link #start(String)} does; the callback hears of it. */
  public PendingCall start(String accessToken, AnswerCallback<StartedConnection> callback) {
    return start(AccessTokenProvider.fixed(accessToken), callback);
  }

  /** Starts a connection as {@link #start(AccessTokenProvider)} does; the callback hears of it. */
  public PendingCall start(
      AccessTokenProvider accessToken, AnswerCallback<StartedConnection> callback) {
    return open(starts).start(accessToken, onExecutor(callback));
  }

  /**
   * Sends one heartbeat for one connection, and waits for the answer. To keep a connection alive
   * use {@link #keepAlive}, which sends them in time.
   *
   * @throws BiliLiveException if the platform refused, its answer was not understood, or the
   *     network failed; a dead id is code 7003
   * @throws IllegalArgumentException if the id is empty
   * @throws IllegalStateException if the client is closed
   */
  public void heartbeat(String connId) throws BiliLiveException {
    open().heartbeat(connId);
  }

  /**
   * Sends one heartbeat as {@link #heartbeat(String)} does; the callback hears null for success.
   */
  public PendingCall heartbeat(String connId, AnswerCallback<@Nullable Void> callback) {
    return open().heartbeat(connId, onExecutor(callback));
  }

  /**
   * Sends one heartbeat for several connections, and waits for the answer.
   *
   * @param connIds 1 to 200 ids without duplicates, the platform's limits
   * @return those of them that are dead; empty if none is
   * @throws BiliLiveException if the platform refused, its answer was not understood, or the
   *     network failed
   * @throws IllegalArgumentException if there are none, more than 200, or one twice
   * @throws IllegalStateException if the client is closed
   */
  public Set<String> batchHeartbeat(Collection<String> connIds) throws BiliLiveException {
    return open().batchHeartbeat(connIds);
  }

  /** Sends one heartbeat as {@link #batchHeartbeat(Collection)} does; the callback hears of it. */
  public PendingCall batchHeartbeat(
      Collection<String> connIds, AnswerCallback<Set<String>> callback) {
    return open().batchHeartbeat(connIds, onExecutor(callback));
  }

  /**
   * Keeps a connection alive with heartbeats until the returned object or this client is closed, or
   * the platform says that the connection is dead. Ids go together in as few requests as possible.
   *
   * @param listener hears on the callback executor when the connection is dead
   * @throws IllegalArgumentException if the id is empty
   * @throws IllegalStateException if the id is kept alive already, or the client is closed
   */
  public KeepAlive keepAlive(String connId, HeartbeatListener listener) {
    return heartbeats.register(connId, listener);
  }

  /**
   * Returns what all heartbeats are like now: ids by state, batches, requests and failures, those
   * of {@link #connect} included. Any thread; looks at each id once.
   */
  public HeartbeatStatistics heartbeatStatistics() {
    return heartbeats.snapshot();
  }

  /**
   * Connects to the room of the client's access token and hears it until the returned connection or
   * this client is closed: through lost sockets, expired ids and sleep. Returns at once; what
   * happens, failures included, the listener is told.
   *
   * @param listener hears on the callback executor
   * @throws IllegalStateException if the client has no access token, or is closed
   */
  public LiveConnection connect(LiveListener listener) {
    return connect(listener, ConnectionOptions.DEFAULT);
  }

  /**
   * Connects as {@link #connect(LiveListener)} does, with options of its own.
   *
   * @throws IllegalStateException if the client has no access token, or is closed
   */
  public LiveConnection connect(LiveListener listener, ConnectionOptions options) {
    return connect(ownToken(), listener, options);
  }

  /**
   * Connects as {@link #connect(LiveListener)} does, to the room of another access token: for an
   * app that serves many broadcasters.
   *
   * @throws IllegalStateException if the client is closed
   */
  public LiveConnection connect(String accessToken, LiveListener listener) {
    return connect(accessToken, listener, ConnectionOptions.DEFAULT);
  }

  /**
   * Connects as {@link #connect(String, LiveListener)} does, with options of its own.
   *
   * @throws IllegalStateException if the client is closed
   */
  public LiveConnection connect(
      String accessToken, LiveListener listener, ConnectionOptions options) {
    requireNonNull(accessToken, "accessToken is null: is the environment variable set?");
    return connect(AccessTokenProvider.fixed(accessToken), listener, options);
  }

  /**
   * Connects as {@link #connect(LiveListener)} does, to the room of a provider's tokens.
   *
   * @throws IllegalStateException if the client is closed
   */
  public LiveConnection connect(AccessTokenProvider accessToken, LiveListener listener) {
    return connect(accessToken, listener, ConnectionOptions.DEFAULT);
  }

  /**
   * Connects as {@link #connect(AccessTokenProvider, LiveListener)} does, with options of its own.
   *
   * @throws IllegalStateException if the client is closed
   */
  public LiveConnection connect(
      AccessTokenProvider accessToken, LiveListener listener, ConnectionOptions options) {
    requireNonNull(
        accessToken, "accessToken is null: give a provider, such as oauth().provider(…)");
    requireNonNull(
        listener, "listener is null: give a LiveListener; new LiveListener() {} hears nothing");
    requireNonNull(options, "options is null: give ConnectionOptions.DEFAULT, or leave it out");
    return open(connections).connect(accessToken, listener, options);
  }

  /**
   * Returns the rooms that are connected and neither closed nor given up, in the order in which
   * they were connected: a snapshot that nobody can change. Any thread; empty once the client is
   * closed.
   */
  public List<LiveConnection> connections() {
    return connections.list();
  }

  /**
   * Returns the client's way to broadcasters' tokens: exchanging codes for them, and keeping them
   * valid. It is closed with the client, not by itself.
   *
   * @throws IllegalStateException if the client is closed
   */
  public OAuth oauth() {
    return open(oauth);
  }

  /**
   * Returns the generated Retrofit interface. Its requests are signed, carry the client's fixed
   * access token if it has one, and go to the configured host alone; envelopes come back as they
   * are. The callbacks of {@code enqueue} run on a thread of OkHttp's.
   *
   * @throws IllegalStateException if the client is closed
   */
  public LiveRoomApi api() {
    open();
    return calls.reportedApi(settings.accessToken);
  }

  /**
   * Ends everything: heartbeats stop, calls under way are cancelled, threads end. Returns soon,
   * without waiting for the network. The one thing that goes on is a token refresh under way, until
   * its pair is stored, at most as long as a call may take: the platform may have spent the old
   * one. Listeners hear nothing more; the callback of a call that is cancelled by this hears a
   * {@code NetworkException}. An {@code OkHttpClient} or executor that was handed in stays as it
   * is. Idempotent, any thread.
   */
  @Override
  public void close() {
    closed = true;
    connections.close();
    heartbeats.close();
    http.dispatcher().executorService().shutdown(); // First, so that no call begins after.
    retries.close();
    http.dispatcher().cancelAll();
    oauth.close();
    scheduler.close();
    if (settings.okHttpClient == null) {
      http.connectionPool().evictAll();
    }
    if (ownSocketThreads != null) {
      ownSocketThreads.shutdown();
    }
    if (ownCallbackThread != null) {
      ownCallbackThread.shutdown(); // What was given before still runs.
    }
  }

  private RetriedCalls open() {
    return open(retried);
  }

  private <T> T open(T part) {
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
    return part;
  }

  private AccessTokenProvider ownToken() {
    AccessTokenProvider provider = settings.accessTokenProvider;
    if (provider != null) {
      return provider;
    }
    AccessToken token = settings.accessToken;
    if (token == null) {
      throw new IllegalStateException(
          "no access token: set Builder.accessToken, or give the broadcaster's to start(…)");
    }
    return AccessTokenProvider.fixed(token.getText());
  }

  private <T extends @Nullable Object> AnswerCallback<T> onExecutor(AnswerCallback<T> callback) {
    return new AnswerCallback<T>() {
      @Override
      public void onSuccess(T answer) {
        callbacks.execute(() -> callback.onSuccess(answer));
      }

      @Override
      public void onFailure(BiliLiveException error) {
        callbacks.execute(() -> callback.onFailure(error));
      }
    };
  }

  /** Returns the app and where it talks to; no secret. */
  @Override
  public String toString() {
    return "BiliLiveClient{"
        + settings.credentials
        + ", baseUrl="
        + settings.baseUrl
        + (closed ? ", closed" : "")
        + "}";
  }

  /** Settings of a client. Only the credentials have no default. Not safe for several threads. */
  public static final class Builder {
    private @Nullable Credentials credentials;
    private @Nullable AccessToken accessToken;
    private @Nullable AccessTokenProvider accessTokenProvider;
    private @Nullable TokenStore tokenStore;
    private TokenEvents tokenEvents = TokenEvents.NONE;
    private HttpUrl oauthBaseUrl = BaseUrl.parse(BaseUrl.OAUTH);
    private HttpUrl baseUrl = BaseUrl.parse(BaseUrl.PLATFORM);
    private SignatureVersion signatureVersion = SignatureVersion.V2_0;
    private @Nullable OkHttpClient okHttpClient;
    private @Nullable Executor callbackExecutor;
    private @Nullable ExecutorService socketThreads;
    private HeartbeatEvents heartbeatEvents = HeartbeatEvents.NONE;
    private RequestEvents requestEvents = RequestEvents.NONE;
    private ConnectionEvents connectionEvents = ConnectionEvents.NONE;
    private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;

    /** 0 for the default. */
    private long callTimeoutMillis;

    private HeartbeatPolicy.Builder heartbeatPolicy = HeartbeatPolicy.builder();
    private @Nullable MonotonicClock monotonicClock;
    private @Nullable Scheduler scheduler;
    private WallClock wallClock = WallClock.SYSTEM;

    private Builder() {}

    private Builder(Builder other) {
      credentials = other.credentials;
      accessToken = other.accessToken;
      accessTokenProvider = other.accessTokenProvider;
      tokenStore = other.tokenStore;
      tokenEvents = other.tokenEvents;
      oauthBaseUrl = other.oauthBaseUrl;
      baseUrl = other.baseUrl;
      signatureVersion = other.signatureVersion;
      okHttpClient = other.okHttpClient;
      callbackExecutor = other.callbackExecutor;
      socketThreads = other.socketThreads;
      heartbeatEvents = other.heartbeatEvents;
      requestEvents = other.requestEvents;
      connectionEvents = other.connectionEvents;
      retryPolicy = other.retryPolicy;
      callTimeoutMillis = other.callTimeoutMillis;
      heartbeatPolicy = other.heartbeatPolicy.build().newBuilder();
      monotonicClock = other.monotonicClock;
      scheduler = other.scheduler;
      wallClock = other.wallClock;
    }

    /** Sets the app that signs. Required. */
    public Builder credentials(Credentials credentials) {
      this.credentials = credentials;
      return this;
    }

    /**
     * Sets the broadcaster's OAuth access token for {@link BiliLiveClient#start()}. None by
     * default: then {@link BiliLiveClient#start(String)} is given one each time.
     *
     * @throws IllegalArgumentException if it is empty or cannot stand in an HTTP header
     */
    public Builder accessToken(String accessToken) {
      this.accessToken = AccessToken.of(accessToken);
      accessTokenProvider = null;
      return this;
    }

    /**
     * Sets where the client's own access token comes from, in place of {@link #accessToken}. A
     * {@code RefreshingTokenProvider} is a client's, {@link BiliLiveClient#oauth()}: give that to
     * {@link BiliLiveClient#connect(AccessTokenProvider, LiveListener)}.
     */
    public Builder accessTokenProvider(AccessTokenProvider accessTokenProvider) {
      this.accessTokenProvider = accessTokenProvider;
      accessToken = null;
      return this;
    }

    /**
     * Sets where broadcasters' tokens are kept, such as a {@code FileTokenStore}. None by default:
     * then {@link BiliLiveClient#oauth()} keeps no tokens valid. It is never closed by the SDK.
     */
    public Builder tokenStore(TokenStore tokenStore) {
      this.tokenStore = tokenStore;
      return this;
    }

    /** Sets what hears how tokens are renewed, for metrics and logs. Nothing by default. */
    public Builder tokenEvents(TokenEvents tokenEvents) {
      this.tokenEvents = tokenEvents;
      return this;
    }

    /**
     * Sets where the OAuth service is, by default {@code https://api.bilibili.com/}.
     *
     * @throws IllegalArgumentException if it is no HTTPS address; cleartext is accepted for
     *     loopback addresses alone
     */
    public Builder oauthBaseUrl(String oauthBaseUrl) {
      this.oauthBaseUrl = BaseUrl.parse(oauthBaseUrl);
      return this;
    }

    /**
     * Sets where the API is, by default {@code https://member.bilibili.com/}.
     *
     * @throws IllegalArgumentException if it is no HTTPS address; cleartext is accepted for
     *     loopback addresses alone
     */
    public Builder baseUrl(String baseUrl) {
      this.baseUrl = BaseUrl.parse(baseUrl);
      return this;
    }

    /** Sets the version of the signature, by default 2.0. */
    public Builder signatureVersion(SignatureVersion signatureVersion) {
      this.signatureVersion = signatureVersion;
      return this;
    }

    /**
     * Sets the OkHttp client to derive from: its proxy, TLS settings, time limits, interceptors and
     * connection pool hold for the SDK too. It is never closed by the SDK. Interceptors do not see
     * the signature, the access token or the auth body. By default the SDK makes its own.
     */
    public Builder okHttpClient(OkHttpClient okHttpClient) {
      this.okHttpClient = okHttpClient;
      return this;
    }

    /**
     * Sets where callbacks and listeners run, such as Android's main thread. Whatever the executor
     * is, the callbacks of calls and heartbeats run in order and one at a time, and so does each
     * room's listener for itself. It is never shut down by the SDK. By default one daemon thread
     * for them all.
     */
    public Builder callbackExecutor(Executor callbackExecutor) {
      this.callbackExecutor = callbackExecutor;
      return this;
    }

    /**
     * Sets where the readers of sockets run: one task for each open socket, which mostly waits. By
     * default daemon threads, one for each. On Java 21 and up {@code
     * Executors.newVirtualThreadPerTaskExecutor()} makes thousands of rooms cheap. It is never shut
     * down by the SDK.
     */
    public Builder socketThreads(ExecutorService socketThreads) {
      this.socketThreads =
          requireNonNull(
              socketThreads, "socketThreads is null: leave it out for the SDK's own threads");
      return this;
    }

    /**
     * Sets how long {@code start}, {@code heartbeat} and {@code batchHeartbeat} may take, all
     * attempts and the pauses between them together. By default the call timeout of the OkHttp
     * client that was handed in, else 30 s. Such a timeout of OkHttp's holds for each attempt
     * besides.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public Builder callTimeout(long timeout, TimeUnit unit) {
      if (unit.toMillis(timeout) <= 0) {
        throw new IllegalArgumentException(
            "call timeout is " + timeout + " " + unit + ": it must be at least 1 ms");
      }
      callTimeoutMillis = unit.toMillis(timeout);
      return this;
    }

    /**
     * Sets how often {@code start}, {@code heartbeat} and {@code batchHeartbeat} are made again
     * after a failure that may pass, by default {@link RetryPolicy#DEFAULT}. A {@code start} is
     * made again only if the platform certainly did not carry it out. {@link
     * BiliLiveClient#keepAlive} and {@link BiliLiveClient#connect} do not depend on it: they go on
     * until they are closed.
     */
    public Builder retryPolicy(RetryPolicy retryPolicy) {
      this.retryPolicy = retryPolicy;
      return this;
    }

    /** Sets what hears of every request, for metrics and logs. Nothing by default. */
    public Builder requestEvents(RequestEvents requestEvents) {
      this.requestEvents = requestEvents;
      return this;
    }

    /** Sets what hears of every heartbeat request, for metrics and logs. Nothing by default. */
    public Builder heartbeatEvents(HeartbeatEvents heartbeatEvents) {
      this.heartbeatEvents = heartbeatEvents;
      return this;
    }

    /** Sets what hears of rooms and their sockets, for metrics and logs. Nothing by default. */
    public Builder connectionEvents(ConnectionEvents connectionEvents) {
      this.connectionEvents =
          requireNonNull(
              connectionEvents, "connectionEvents is null: give ConnectionEvents.NONE for none");
      return this;
    }

    /**
     * Sets how often ids are kept alive, in batches of how many, and how a request that failed is
     * tried again; {@link HeartbeatPolicy#DEFAULT} by default.
     */
    public Builder heartbeatPolicy(HeartbeatPolicy heartbeatPolicy) {
      this.heartbeatPolicy = heartbeatPolicy.newBuilder();
      return this;
    }

    /**
     * Sets the longest time from one heartbeat to the next, by default 20 s as in the official
     * samples: {@link HeartbeatPolicy.Builder#interval} for short.
     *
     * @throws IllegalArgumentException if it is below 1 ms
     */
    public Builder heartbeatInterval(long interval, TimeUnit unit) {
      heartbeatPolicy.interval(interval, unit);
      return this;
    }

    /**
     * Sets how long the platform keeps a connection without a heartbeat, by default 30 s: {@link
     * HeartbeatPolicy.Builder#timeToLive} for short.
     *
     * @throws IllegalArgumentException if it is below 1 ms
     */
    public Builder timeToLive(long timeToLive, TimeUnit unit) {
      heartbeatPolicy.timeToLive(timeToLive, unit);
      return this;
    }

    /**
     * Sets a clock that counts the time for which the machine sleeps, so that after waking up what
     * has expired is noticed, and what has come due is done, within about a second. For Android:
     * {@code SystemClock::elapsedRealtimeNanos}. It is looked at once a second as long as ids are
     * kept alive or rooms held, and more seldom if there is only a token to be renewed. By default
     * time is told by {@link System#nanoTime}, which stands still in an Android device's deep
     * sleep, and nothing is looked at.
     *
     * <p>A clock that goes backwards, stands still or throws later does no harm: sleep is not
     * counted meanwhile.
     */
    public Builder monotonicClock(MonotonicClock monotonicClock) {
      this.monotonicClock = monotonicClock;
      return this;
    }

    Builder scheduler(Scheduler scheduler) {
      this.scheduler = scheduler;
      return this;
    }

    Builder wallClock(WallClock wallClock) {
      this.wallClock = wallClock;
      return this;
    }

    /**
     * Returns a client with these settings. It opens no connection and starts no thread until it is
     * used.
     *
     * @throws IllegalStateException if there are no credentials
     * @throws IllegalArgumentException if the heartbeat policy's times do not fit together, or the
     *     monotonic clock throws
     */
    public BiliLiveClient build() {
      if (credentials == null) {
        throw new IllegalStateException(
            "no credentials: set Builder.credentials(Credentials.of(clientId, appSecret))");
      }
      return new BiliLiveClient(this, credentials, heartbeatPolicy.build());
    }
  }
}
