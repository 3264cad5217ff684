package io.github.bililive;

import static io.github.bililive.Arguments.given;
import static io.github.bililive.Arguments.positiveMillis;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.generated.api.LiveRoomApi;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.internal.http.Waiting;
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
 * <p>Make one and keep it: it holds connections, a few daemon threads, and a reader for each open
 * socket. Safe for use by several threads.
 *
 * <p>A call without a callback blocks. It throws a {@link BiliLiveException} if there is no access
 * token, the platform refused, or no answer came that can be understood. An interrupt cancels it:
 * then that is a {@code NetworkException} whose remedy is to give up, and the thread's flag stays.
 * Callbacks and listeners run on the {@linkplain Builder#callbackExecutor callback executor}.
 *
 * <p>Once the client is closed, every method that calls or connects throws {@link
 * IllegalStateException}, and so does one that needs the client's own access token without one. A
 * null argument is a {@link NullPointerException} that names it, one that cannot be right, such as
 * an empty id, an {@link IllegalArgumentException}.
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
   * Starts a connection to the room of the client's own access token. One app may have five to a
   * room, and each dies 30 s after its last heartbeat.
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

  /** Starts with a provider's token; if that is refused, renews it and starts once more. */
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

  /** Sends one heartbeat; a dead id is refused with code 7003. See {@link #keepAlive}. */
  public void heartbeat(String connId) {
    Waiting<@Nullable Void> answer = parts.waiting("heartbeat");
    answer.await(parts.calls().heartbeat(connId, answer));
  }

  /** Sends a heartbeat as {@link #heartbeat(String)} does; the callback's answer is null. */
  public PendingCall heartbeat(String connId, AnswerCallback<@Nullable Void> callback) {
    return parts.calls().heartbeat(connId, parts.onExecutor(callback));
  }

  /**
   * Sends one heartbeat for several connections: 1 to 200 ids without duplicates, the platform's
   * limits. Returns those of them that are dead; empty if none is.
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
   * Keeps the connection of a start alive with heartbeats, of many ids in one request, until what
   * is returned or this client is closed, or the platform says that it is dead: when the listener
   * hears {@code EXPIRED}, start anew. An id is kept alive once.
   */
  public KeepAlive keepAlive(String connId, HeartbeatListener listener) {
    return parts.heartbeats().register(connId, listener);
  }

  /** Returns a snapshot of all heartbeats, also of rooms. Any thread; looks at each id once. */
  public HeartbeatStatistics heartbeatStatistics() {
    return parts.heartbeatStatistics();
  }

  /** Returns how many events slow hooks have missed: of more than 10,000 the oldest are dropped. */
  public long droppedHookEvents() {
    return parts.droppedHookEvents();
  }

  /**
   * Connects to the room of the client's access token and hears it, through lost sockets, expired
   * ids and sleep, until connection or client is closed. Returns at once; the listener hears.
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

  /** Connects to a room by identity code, whose session is ended with the connection. */
  public LiveConnection connect(IdentityCode identityCode, LiveListener listener) {
    return connect(identityCode, listener, ConnectionOptions.DEFAULT);
  }

  /** Connects as {@link #connect(IdentityCode, LiveListener)} does, with options of its own. */
  public LiveConnection connect(
      IdentityCode identityCode, LiveListener listener, ConnectionOptions options) {
    return parts.connect(identityCode, listener, options);
  }

  /** Connects to a room whose connections a server of yours starts; needs no credentials. */
  public LiveConnection connect(ConnectionSource source, LiveListener listener) {
    return connect(source, listener, ConnectionOptions.DEFAULT);
  }

  /** Connects as {@link #connect(ConnectionSource, LiveListener)} does, with options of its own. */
  public LiveConnection connect(
      ConnectionSource source, LiveListener listener, ConnectionOptions options) {
    return parts.connect(source, listener, options);
  }

  /** Returns the rooms that are not closed or given up, the oldest first: an immutable snapshot. */
  public List<LiveConnection> connections() {
    return parts.connections.list();
  }

  /** Leads broadcasters to the app, and keeps their tokens valid. Closed with the client. */
  public OAuth oauth() {
    return parts.oauth();
  }

  /** Returns the broadcaster of the client's own access token, if it has one. Asks nothing yet. */
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
   * Returns the generated Retrofit interface: requests are signed, carry the client's own access
   * token if it has one, and go to the configured host alone; envelopes come back as they are, on a
   * thread of OkHttp's. Without a token just then a call fails with an {@code IOException} whose
   * cause says why. For a token that is refused call {@link AccessTokenProvider#invalidate}.
   */
  public LiveRoomApi api() {
    return parts.api();
  }

  /**
   * Ends heartbeats, rooms, calls and threads. Waits for nothing but the end of sessions by
   * identity code and of rooms of a {@link ConnectionSource}, for up to 3 s each. Listeners hear
   * nothing more, callbacks a {@code NetworkException}. A token refresh goes on until its pair is
   * stored, for no longer than a call may take: the old pair may be spent. What was handed in is
   * not closed. Idempotent, any thread.
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

  /**
   * Settings of a client, each with a default; what is handed in is never closed. An argument that
   * cannot be right is an {@link IllegalArgumentException}: addresses are HTTPS, or of this machine
   * itself. Not safe for several threads.
   */
  public static final class Builder {
    final ClientSettings settings;

    private Builder(ClientSettings settings) {
      this.settings = settings;
    }

    /** Sets the app that signs; without, the client hears rooms of other sources alone. */
    public Builder credentials(Credentials credentials) {
      settings.credentials =
          given(credentials, "credentials", "give Credentials.of(clientId, appSecret)");
      return this;
    }

    /** Sets the broadcaster's OAuth access token, the client's own. None by default. */
    public Builder accessToken(String accessToken) {
      settings.ownToken(AccessToken.of(accessToken), null, null);
      return this;
    }

    /** Sets where the client's own access token comes from, in place of {@link #accessToken}. */
    public Builder accessTokenProvider(AccessTokenProvider accessTokenProvider) {
      String hint = "give one such as AccessTokenProvider.from(…)";
      settings.ownToken(null, given(accessTokenProvider, "accessTokenProvider", hint), null);
      return this;
    }

    /**
     * Sets whose tokens, which the SDK keeps valid, are the client's own: a name that the app has
     * for them, such as their {@code open_id}. Needs a {@link #tokenStore}. The first time, hand
     * their pair to {@code client.oauth().provider(broadcaster).replaceToken(…)}.
     */
    public Builder broadcaster(String broadcaster) {
      settings.broadcaster(broadcaster);
      return this;
    }

    /** Sets where broadcasters' tokens are kept; without, {@link OAuth} keeps none valid. */
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

    /** Sets where the OAuth service is, by default {@code https://api.bilibili.com/}. */
    public Builder oauthBaseUrl(String oauthBaseUrl) {
      settings.oauthBaseUrl = ClientSettings.address("oauthBaseUrl", oauthBaseUrl);
      return this;
    }

    /** Sets where {@link OAuth#authorizationUrl} leads, {@code https://account.bilibili.com/}. */
    public Builder accountBaseUrl(String accountBaseUrl) {
      settings.accountBaseUrl = ClientSettings.address("accountBaseUrl", accountBaseUrl);
      return this;
    }

    /** Sets where the API is, by default {@code https://member.bilibili.com/}. */
    public Builder baseUrl(String baseUrl) {
      settings.baseUrl = ClientSettings.address("baseUrl", baseUrl);
      return this;
    }

    /** Sets the app of rooms by identity code, if it is not that of {@link #credentials}. */
    public Builder openLiveCredentials(Credentials credentials) {
      settings.openLiveCredentials =
          given(credentials, "credentials", "give Credentials.of(accessKeyId, accessKeySecret)");
      return this;
    }

    /**
     * Sets where the API by identity code is, {@code https://live-open.biliapi.com/} by default.
     */
    public Builder openLiveBaseUrl(String openLiveBaseUrl) {
      settings.openLiveBaseUrl = ClientSettings.address("openLiveBaseUrl", openLiveBaseUrl);
      return this;
    }

    /**
     * Sets the hosts that rooms' sockets may go to, with their subdomains, such as {@code
     * "bilibili.com"}; a room that is given none of these backs off. By default any of the open
     * network, by TLS: one that is not known to be the platform's is logged once.
     */
    public Builder webSocketHosts(Collection<String> webSocketHosts) {
      settings.webSocketHosts(webSocketHosts);
      return this;
    }

    /** Sets the version of the signature, by default 2.0; by identity code it is 1.0. */
    public Builder signatureVersion(SignatureVersion signatureVersion) {
      settings.signatureVersion = given(signatureVersion, "signatureVersion", "give V2_0");
      return this;
    }

    /**
     * Sets the OkHttp client whose proxy, TLS settings, time limits, interceptors and connection
     * pool are the SDK's, too. Interceptors see no secret; one that calls {@code proceed} twice for
     * a start takes two of a room's five connections. Calls use HTTP/1.1 in any case.
     */
    public Builder okHttpClient(OkHttpClient okHttpClient) {
      settings.okHttpClient = given(okHttpClient, "okHttpClient", "leave it out");
      return this;
    }

    /**
     * Sets where callbacks and listeners run, such as Android's main thread; by default up to 64
     * daemon threads. On any, those of calls and heartbeats run in order and one at a time, and so
     * do the hooks, and each room's listener. One that refuses a task is asked again later.
     */
    public Builder callbackExecutor(Executor callbackExecutor) {
      settings.callbackExecutor = given(callbackExecutor, "callbackExecutor", "leave it out");
      return this;
    }

    /** Sets where sockets are read, one task each; by default each has a daemon thread. */
    public Builder socketThreads(ExecutorService socketThreads) {
      settings.socketThreads = given(socketThreads, "socketThreads", "leave it out");
      return this;
    }

    /** Sets how long a call may take, retries included: by default the OkHttp client's, or 30 s. */
    public Builder callTimeout(long timeout, TimeUnit unit) {
      settings.callTimeoutMillis = positiveMillis("call timeout", timeout, unit);
      return this;
    }

    /** Sets how often calls are made again; a {@code start} only if it was not carried out. */
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

    /** Sets how heartbeats are sent and retried; {@link HeartbeatPolicy#DEFAULT} by default. */
    public Builder heartbeatPolicy(HeartbeatPolicy heartbeatPolicy) {
      settings.heartbeatPolicy =
          given(heartbeatPolicy, "heartbeatPolicy", "leave it out").newBuilder();
      return this;
    }

    /** Sets {@link HeartbeatPolicy.Builder#interval}: 20 s by default, as the official samples. */
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
     * Sets a clock that counts on while the machine sleeps, so that the SDK does what is due within
     * a second after it. For Android: {@code SystemClock::elapsedRealtimeNanos}, since the default,
     * {@link System#nanoTime}, stands still in deep sleep. If it throws, sleep is not counted.
     */
    public Builder monotonicClock(MonotonicClock monotonicClock) {
      settings.monotonicClock = given(monotonicClock, "monotonicClock", "leave it out");
      return this;
    }

    /**
     * Returns a client, which starts no thread and connects to nothing until used.
     *
     * @throws IllegalStateException if credentials or a token store are missing
     */
    public BiliLiveClient build() {
      return new BiliLiveClient(new ClientParts(settings.copy()));
    }
  }
}
