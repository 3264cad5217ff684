package io.github.bililive;

import static io.github.bililive.Arguments.given;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.generated.api.LiveRoomApi;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.internal.heartbeat.Heartbeats;
import io.github.bililive.internal.http.CallSettings;
import io.github.bililive.internal.http.ConnectionApi;
import io.github.bililive.internal.http.OAuthCalls;
import io.github.bililive.internal.http.OpenLiveCalls;
import io.github.bililive.internal.http.PlatformCalls;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.http.SourceCalls;
import io.github.bililive.internal.http.Waiting;
import io.github.bililive.internal.room.ApiDoor;
import io.github.bililive.internal.room.Door;
import io.github.bililive.internal.room.LiveConnections;
import io.github.bililive.internal.room.SocketThreads;
import io.github.bililive.internal.room.WssLinks;
import io.github.bililive.internal.store.StoreCalls;
import io.github.bililive.internal.time.CallbackThreads;
import io.github.bililive.internal.time.DaemonThreads;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.SerialExecutor;
import io.github.bililive.internal.token.ClientOAuth;
import io.github.bililive.token.AccessTokenProvider;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a client together, and ends them. */
final class ClientParts implements Closeable {
  /** Some seconds of what a thousand rooms tell when they all lose their sockets. */
  private static final int MOST_HOOK_EVENTS = 10_000;

  /** A store that takes 5 ms takes a thousand writes a second. */
  private static final int STORE_THREADS = 8;

  final ClientSettings settings;
  private final Credentials credentials;
  private final Redaction redaction;
  private final CallSettings ofCalls;
  private final HeartbeatPolicy policy;
  private final EventPoster<HeartbeatEvents> heartbeatHook;
  private final PlatformCalls calls;
  private final Heartbeats heartbeats;
  final LiveConnections connections;
  private final WssLinks links;

  // Made when they are asked for, and named nowhere else: R8 leaves out those that an app does not
  // ask for, with the models of their documents. Guarded by this.
  private @Nullable ApiParts<IdentityCode> openLive;
  private @Nullable ApiParts<SourceCalls.Room> sources;
  private @Nullable ClientOAuth oauth;

  /** Where the client's own access token comes from; null if it is fixed, or there is none. */
  private final @Nullable AccessTokenProvider ownProvider;

  private final @Nullable StoreCalls store;
  private final OkHttpClient okHttp;
  final Scheduler scheduler;
  private final SerialExecutor callbacks;
  private final SerialExecutor hooks;

  /** Where the sockets' readers run if no executor was given; null if one was. */
  private final @Nullable ThreadPoolExecutor ownSocketThreads;

  /** Where callbacks run if no executor was given; null if one was. */
  private final @Nullable CallbackThreads ownCallbackThreads;

  /** Written under this, so that nothing is made later. */
  private volatile boolean closed;

  /** Puts the parts together; no thread is started and no connection opened. */
  ClientParts(ClientSettings settings) {
    this.settings = settings;
    credentials = settings.requireComplete();
    scheduler = settings.newScheduler();
    ownCallbackThreads = settings.callbackExecutor == null ? new CallbackThreads(scheduler) : null;
    ownSocketThreads =
        settings.socketThreads == null ? DaemonThreads.pool("bililive-socket") : null;
    Executor callbackExecutor = either(settings.callbackExecutor, ownCallbackThreads);
    ExecutorService users = settings.socketThreads;
    ExecutorService socketThreads =
        either(users == null ? null : new SocketThreads(users), ownSocketThreads);
    callbacks =
        new SerialExecutor(
            "callbacks of calls and heartbeats", callbackExecutor, scheduler, Integer.MAX_VALUE);
    hooks = new SerialExecutor("hooks", callbackExecutor, scheduler, MOST_HOOK_EVENTS);
    okHttp = settings.okHttpClient == null ? new OkHttpClient() : settings.okHttpClient;
    policy = settings.heartbeatPolicy.build();
    redaction = new Redaction(credentials);
    if (settings.accessToken != null) {
      redaction.remember(settings.accessToken.getText());
    }
    ofCalls =
        new CallSettings(
            okHttp,
            settings.retryPolicy,
            settings.callTimeoutMillis,
            redaction,
            scheduler,
            settings.wallClock,
            new EventPoster<>(settings.requestEvents, RequestEvents.NONE, hooks));
    calls =
        new PlatformCalls(
            settings.baseUrl,
            credentials,
            settings.signatureVersion,
            policy.isAccessTokenSent(),
            ofCalls);
    heartbeatHook = new EventPoster<>(settings.heartbeatEvents, HeartbeatEvents.NONE, hooks);
    heartbeats = heartbeats(calls, policy);
    store =
        settings.connectionStore == null
            ? null
            : new StoreCalls(
                settings.connectionStore,
                settings.handOver,
                scheduler,
                redaction,
                DaemonThreads.bounded("bililive-store", STORE_THREADS));
    connections =
        new LiveConnections(
            scheduler,
            okHttp,
            socketThreads,
            redaction,
            callbackExecutor,
            settings.connectionEvents,
            hooks,
            store,
            settings.leastPerSecond,
            settings.mostPerSecond);
    links = new WssLinks(settings.baseUrl.host(), settings.webSocketHosts);
    ownProvider =
        settings.broadcaster == null
            ? settings.accessTokenProvider
            : oauthParts().provider(settings.broadcaster);
  }

  private synchronized ApiParts<IdentityCode> openLive() {
    ApiParts<IdentityCode> parts = open(this).openLive;
    if (parts == null) {
      OpenLiveCalls itsCalls =
          new OpenLiveCalls(
              settings.openLiveBaseUrl, either(settings.openLiveCredentials, credentials), ofCalls);
      parts =
          new ApiParts<>(
              itsCalls,
              heartbeats(itsCalls, living(OpenLiveCalls.TIME_TO_LIVE_MILLIS).build()),
              new WssLinks(settings.openLiveBaseUrl.host(), settings.webSocketHosts));
      openLive = parts;
    }
    return parts;
  }

  private synchronized ApiParts<SourceCalls.Room> sources() {
    ApiParts<SourceCalls.Room> parts = open(this).sources;
    if (parts == null) {
      SourceCalls itsCalls =
          new SourceCalls(
              redaction, scheduler, okHttp, settings.callTimeoutMillis, policy.getIntervalMillis());
      parts =
          new ApiParts<>(
              itsCalls,
              heartbeats(itsCalls, living(SourceCalls.TIME_TO_LIVE_MILLIS).batchLimit(1).build()),
              links);
      sources = parts;
    }
    return parts;
  }

  private synchronized ClientOAuth oauthParts() {
    ClientOAuth parts = open(this).oauth;
    if (parts == null) {
      parts =
          new ClientOAuth(
              new OAuthCalls(settings.oauthBaseUrl, credentials, ofCalls),
              settings.accountBaseUrl,
              credentials.getClientId(),
              settings.tokenStore,
              redaction,
              new EventPoster<>(settings.tokenEvents, TokenEvents.NONE, hooks),
              scheduler,
              settings.wallClock,
              callbacks,
              connections::close);
      oauth = parts;
    }
    return parts;
  }

  private synchronized List<ApiParts<?>> others() {
    List<ApiParts<?>> made = new ArrayList<>();
    if (sources != null) {
      made.add(sources);
    }
    if (openLive != null) {
      made.add(openLive);
    }
    return made;
  }

  private Heartbeats heartbeats(ConnectionApi<?> api, HeartbeatPolicy itsPolicy) {
    return new Heartbeats(api, scheduler, callbacks, itsPolicy, heartbeatHook);
  }

  /** A user who sets a longer time to live means it for all. */
  private HeartbeatPolicy.Builder living(long millis) {
    return policy
        .newBuilder()
        .timeToLive(Math.max(millis, policy.getTimeToLiveMillis()), MILLISECONDS);
  }

  @SuppressWarnings("NullAway") // One of the two is there.
  private static <T> T either(@Nullable T users, @Nullable T own) {
    return users == null ? own : users;
  }

  /**
   * Returns a part that is about to be used.
   *
   * @throws IllegalStateException if the client is closed
   */
  <T> T open(T part) {
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
    return part;
  }

  /** Returns the calls, if the client is open and has credentials. */
  PlatformCalls calls() {
    return signed(calls);
  }

  /** Returns what keeps ids alive, if the client is open and has credentials. */
  Heartbeats heartbeats() {
    return signed(heartbeats);
  }

  /** Returns what keeps tokens valid, if the client is open and has credentials. */
  ClientOAuth oauth() {
    requireCredentials();
    return oauthParts();
  }

  private <T> T signed(T part) {
    requireCredentials();
    return open(part);
  }

  private void requireCredentials() {
    if (settings.credentials == null) {
      throw ClientSettings.noCredentials();
    }
  }

  /** Returns what waits for the answer of a call that this thread is about to begin. */
  <T extends @Nullable Object> Waiting<T> waiting(String operation) {
    return Waiting.of(operation, settings.baseUrl.host());
  }

  LiveConnection connect(
      AccessTokenProvider accessToken, LiveListener listener, ConnectionOptions options) {
    return connect(door(accessToken), listener, options);
  }

  LiveConnection connect(
      IdentityCode identityCode, LiveListener listener, ConnectionOptions options) {
    return connect(door(identityCode), listener, options);
  }

  LiveConnection connect(
      ConnectionSource source, LiveListener listener, ConnectionOptions options) {
    given(source, "source", "give one that asks a server of yours");
    return connect(sources().door(new SourceCalls.Room(source)), listener, options);
  }

  /** Returns what starts connections by access token. */
  Door door(AccessTokenProvider accessToken) {
    return new ApiDoor<>(calls(), heartbeats, links, provider(accessToken));
  }

  /** Returns what starts connections by identity code. */
  Door door(IdentityCode identityCode) {
    given(identityCode, "identityCode", "give IdentityCode.of(code, appId)");
    if (settings.openLiveCredentials == null) {
      calls();
    }
    return openLive().door(identityCode);
  }

  private LiveConnection connect(Door door, LiveListener listener, ConnectionOptions options) {
    return open(connections)
        .connect(
            door,
            given(listener, "listener", "give a LiveListener; new LiveListener() {} hears nothing"),
            given(options, "options", "give ConnectionOptions.DEFAULT, or leave it out"));
  }

  PendingCall startRetried(
      AccessTokenProvider accessToken, AnswerCallback<StartedConnection> callback) {
    return calls().startRetried(provider(accessToken), callback);
  }

  Account account(AccessTokenProvider accessToken) {
    return open(new TokenAccount(this, null, provider(accessToken)));
  }

  private static AccessTokenProvider provider(AccessTokenProvider accessToken) {
    return given(accessToken, "accessToken", "give one such as AccessTokenProvider.from(…)");
  }

  /** Returns a snapshot of all heartbeats. */
  HeartbeatStatistics heartbeatStatistics() {
    HeartbeatStatistics all = heartbeats.snapshot();
    for (ApiParts<?> other : others()) {
      all = all.plus(other.heartbeats.snapshot());
    }
    return all;
  }

  /** Returns the generated interface, whose requests carry the client's own token. */
  LiveRoomApi api() {
    return calls().userApi(settings.accessToken, ownProvider);
  }

  /** Starts a connection to the room of the client's own token. */
  PendingCall startOwn(AnswerCallback<StartedConnection> callback) {
    AccessTokenProvider provider = ownProvider;
    return provider == null
        ? calls().start(settings.requireAccessToken(), callback)
        : calls().startRetried(provider, callback);
  }

  /**
   * Returns where the client's own token comes from.
   *
   * @throws IllegalStateException if it has none
   */
  AccessTokenProvider ownToken() {
    AccessTokenProvider provider = ownProvider;
    return provider == null
        ? AccessTokenProvider.fixed(settings.requireAccessToken().getText())
        : provider;
  }

  /** Returns the broadcaster of the client's own token. */
  Account ownAccount() {
    AccessTokenProvider provider = ownProvider;
    return open(
        new TokenAccount(this, provider == null ? settings.requireAccessToken() : null, provider));
  }

  /** Returns the gauges and sums of all parts. */
  ClientSnapshot snapshot() {
    long nowNanos = scheduler.nanoTime();
    return connections
        .gauges(Math.max(callbacks.lagNanos(nowNanos), hooks.lagNanos(nowNanos)))
        .retriesLeft(calls.retriesLeft())
        .heartbeats(heartbeatStatistics())
        .droppedHookEvents(hooks.dropped())
        .build();
  }

  /** Returns what calls a user's callback on the callback executor. */
  <T extends @Nullable Object> AnswerCallback<T> onExecutor(AnswerCallback<T> callback) {
    given(callback, "callback", "give one that hears the answer");
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

  /** Ends all parts, without waiting. Idempotent. */
  @Override
  public void close() {
    List<ApiParts<?>> others;
    synchronized (this) {
      closed = true;
      others = others();
    }
    if (ownCallbackThreads != null) {
      ownCallbackThreads.hold();
    }
    try {
      connections.close();
      heartbeats.close();
      for (ApiParts<?> other : others) {
        other.heartbeats.close();
      }
      calls.close();
    } finally {
      if (ownCallbackThreads != null) {
        ownCallbackThreads.release();
      }
    }
    for (ApiParts<?> other : others) {
      other.calls.close();
    }
    if (store != null) {
      store.close();
    }
    if (oauth != null) {
      oauth.close();
    }
    scheduler.close();
    if (settings.okHttpClient == null) {
      okHttp.connectionPool().evictAll();
    }
    if (ownSocketThreads != null) {
      ownSocketThreads.shutdown();
    }
    if (ownCallbackThreads != null) {
      ownCallbackThreads.close(); // What was given before still runs.
    }
  }

  /** Returns what the client prints: the app and where it talks to; no secret. */
  @Override
  public String toString() {
    return "BiliLiveClient{"
        + (settings.credentials == null ? "no credentials" : settings.credentials)
        + ", baseUrl="
        + settings.baseUrl
        + (closed ? ", closed" : "")
        + "}";
  }
}
