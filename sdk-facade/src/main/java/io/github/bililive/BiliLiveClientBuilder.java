package io.github.bililive;

import static io.github.bililive.Arguments.given;
import static io.github.bililive.Arguments.positiveMillis;

import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.store.ConnectionStore;
import io.github.bililive.store.HandOverPolicy;
import io.github.bililive.token.AccessTokenProvider;
import io.github.bililive.token.OAuth;
import io.github.bililive.token.TokenStore;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/**
 * Settings of a client, each with a default; what is handed in is never closed. An argument that
 * cannot be right is an {@link IllegalArgumentException}: addresses are HTTPS, or of this machine
 * itself. Not safe for several threads.
 */
public final class BiliLiveClientBuilder {
  final ClientSettings settings;

  BiliLiveClientBuilder(ClientSettings settings) {
    this.settings = settings;
  }

  /** Sets the app that signs; without, the client hears rooms of other sources alone. */
  public BiliLiveClientBuilder credentials(Credentials credentials) {
    settings.credentials =
        given(credentials, "credentials", "give Credentials.of(clientId, appSecret)");
    return this;
  }

  /** Sets the broadcaster's OAuth access token, the client's own. None by default. */
  public BiliLiveClientBuilder accessToken(String accessToken) {
    settings.ownToken(AccessToken.of(accessToken), null, null);
    return this;
  }

  /** Sets where the client's own access token comes from, in place of {@link #accessToken}. */
  public BiliLiveClientBuilder accessTokenProvider(AccessTokenProvider accessTokenProvider) {
    String hint = "give one such as AccessTokenProvider.from(…)";
    settings.ownToken(null, given(accessTokenProvider, "accessTokenProvider", hint), null);
    return this;
  }

  /**
   * Sets whose tokens, which the SDK keeps valid, are the client's own: a name that the app has for
   * them, such as their {@code open_id}. Needs a {@link #tokenStore}. The first time, hand their
   * pair to {@code client.oauth().provider(broadcaster).replaceToken(…)}.
   */
  public BiliLiveClientBuilder broadcaster(String broadcaster) {
    settings.broadcaster(broadcaster);
    return this;
  }

  /** Sets where broadcasters' tokens are kept; without, {@link OAuth} keeps none valid. */
  public BiliLiveClientBuilder tokenStore(TokenStore tokenStore) {
    settings.tokenStore =
        given(tokenStore, "tokenStore", "give one such as FileTokenStore.in(directory)");
    return this;
  }

  /** Sets what hears how tokens are renewed, for metrics and logs. Nothing by default. */
  public BiliLiveClientBuilder tokenEvents(TokenEvents tokenEvents) {
    settings.tokenEvents = given(tokenEvents, "tokenEvents", "give NONE");
    return this;
  }

  /** Sets where the OAuth service is, by default {@code https://api.bilibili.com/}. */
  public BiliLiveClientBuilder oauthBaseUrl(String oauthBaseUrl) {
    settings.oauthBaseUrl = ClientSettings.address("oauthBaseUrl", oauthBaseUrl);
    return this;
  }

  /** Sets where {@link OAuth#authorizationUrl} leads, {@code https://account.bilibili.com/}. */
  public BiliLiveClientBuilder accountBaseUrl(String accountBaseUrl) {
    settings.accountBaseUrl = ClientSettings.address("accountBaseUrl", accountBaseUrl);
    return this;
  }

  /** Sets where the API is, by default {@code https://member.bilibili.com/}. */
  public BiliLiveClientBuilder baseUrl(String baseUrl) {
    settings.baseUrl = ClientSettings.address("baseUrl", baseUrl);
    return this;
  }

  /** Sets the app of rooms by identity code, if it is not that of {@link #credentials}. */
  public BiliLiveClientBuilder openLiveCredentials(Credentials credentials) {
    settings.openLiveCredentials =
        given(credentials, "credentials", "give Credentials.of(accessKeyId, accessKeySecret)");
    return this;
  }

  /** Sets where the API by identity code is, {@code https://live-open.biliapi.com/} by default. */
  public BiliLiveClientBuilder openLiveBaseUrl(String openLiveBaseUrl) {
    settings.openLiveBaseUrl = ClientSettings.address("openLiveBaseUrl", openLiveBaseUrl);
    return this;
  }

  /**
   * Sets the hosts that rooms' sockets may go to, with their subdomains, such as {@code
   * "bilibili.com"}; a room that is given none of these backs off. By default any of the open
   * network, by TLS: one that is not known to be the platform's is logged once.
   */
  public BiliLiveClientBuilder webSocketHosts(Collection<String> webSocketHosts) {
    settings.webSocketHosts(webSocketHosts);
    return this;
  }

  /** Sets the version of the signature, by default 2.0; by identity code it is 1.0. */
  public BiliLiveClientBuilder signatureVersion(SignatureVersion signatureVersion) {
    settings.signatureVersion = given(signatureVersion, "signatureVersion", "give V2_0");
    return this;
  }

  /**
   * Sets the OkHttp client whose proxy, TLS settings, time limits, interceptors and connection pool
   * are the SDK's, too. Interceptors see no secret; one that calls {@code proceed} twice for a
   * start takes two of a room's five connections. Calls use HTTP/1.1 in any case.
   */
  public BiliLiveClientBuilder okHttpClient(OkHttpClient okHttpClient) {
    settings.okHttpClient = given(okHttpClient, "okHttpClient", "leave it out");
    return this;
  }

  /**
   * Sets where callbacks and listeners run, such as Android's main thread; by default up to 64
   * daemon threads. On any, those of calls and heartbeats run in order and one at a time, and so do
   * the hooks, and each room's listener. One that refuses a task is asked again later.
   */
  public BiliLiveClientBuilder callbackExecutor(Executor callbackExecutor) {
    settings.callbackExecutor = given(callbackExecutor, "callbackExecutor", "leave it out");
    return this;
  }

  /** Sets where sockets are read, one task each; by default each has a daemon thread. */
  public BiliLiveClientBuilder socketThreads(ExecutorService socketThreads) {
    settings.socketThreads = given(socketThreads, "socketThreads", "leave it out");
    return this;
  }

  /** Sets how long a call may take, retries included: by default the OkHttp client's, or 30 s. */
  public BiliLiveClientBuilder callTimeout(long timeout, TimeUnit unit) {
    settings.callTimeoutMillis = positiveMillis("call timeout", timeout, unit);
    return this;
  }

  /** Sets how often calls are made again; a {@code start} only if it was not carried out. */
  public BiliLiveClientBuilder retryPolicy(RetryPolicy retryPolicy) {
    settings.retryPolicy = given(retryPolicy, "retryPolicy", "give RetryPolicy.NONE");
    return this;
  }

  /** Sets what hears of every request, for metrics and logs. Nothing by default. */
  public BiliLiveClientBuilder requestEvents(RequestEvents requestEvents) {
    settings.requestEvents = given(requestEvents, "requestEvents", "give NONE");
    return this;
  }

  /** Sets what hears of every heartbeat request, for metrics and logs. Nothing by default. */
  public BiliLiveClientBuilder heartbeatEvents(HeartbeatEvents heartbeatEvents) {
    settings.heartbeatEvents = given(heartbeatEvents, "heartbeatEvents", "give NONE");
    return this;
  }

  /** Sets what hears of rooms and their sockets, for metrics and logs. Nothing by default. */
  public BiliLiveClientBuilder connectionEvents(ConnectionEvents connectionEvents) {
    settings.connectionEvents = given(connectionEvents, "connectionEvents", "give NONE");
    return this;
  }

  /**
   * Sets where rooms' living connections are remembered, so that a successor of this process goes
   * on with the same ids. Each room then needs a {@link ConnectionOptions.Builder#name}, which is
   * its key there, and closing the client leaves its connections alive. None by default.
   */
  public BiliLiveClientBuilder connectionStore(ConnectionStore connectionStore) {
    settings.connectionStore =
        given(
            connectionStore,
            "connectionStore",
            "give one such as FileConnectionStore.in(directory)");
    return this;
  }

  /** Sets how rooms go from one process to the next; needs a {@link #connectionStore}. */
  public BiliLiveClientBuilder handOver(HandOverPolicy handOver) {
    settings.handOver = given(handOver, "handOver", "give HandOverPolicy.DEFAULT");
    return this;
  }

  /**
   * Sets how many attempts to connect all rooms together make in a second, first ones and those to
   * come back: of starts, at each API, and of sockets. The pace begins at 20, rises while attempts
   * succeed and falls at once when they fail, between these limits: 2 and 500 by default. With a
   * quota that you know, give it as the upper one; what other programs of the app take counts, too.
   *
   * @param leastPerSecond how many are made while the platform is down, from 1
   * @param mostPerSecond how many are made at most, up to 1,000
   */
  public BiliLiveClientBuilder connectPace(int leastPerSecond, int mostPerSecond) {
    settings.connectPace(leastPerSecond, mostPerSecond);
    return this;
  }

  /** Sets how heartbeats are sent and retried; {@link HeartbeatPolicy#DEFAULT} by default. */
  public BiliLiveClientBuilder heartbeatPolicy(HeartbeatPolicy heartbeatPolicy) {
    settings.heartbeatPolicy =
        given(heartbeatPolicy, "heartbeatPolicy", "leave it out").newBuilder();
    return this;
  }

  /** Sets {@link HeartbeatPolicy.Builder#interval}: 20 s by default, as the official samples. */
  public BiliLiveClientBuilder heartbeatInterval(long interval, TimeUnit unit) {
    settings.heartbeatPolicy.interval(interval, unit);
    return this;
  }

  /** Sets {@link HeartbeatPolicy.Builder#timeToLive}, by default the platform's 30 s. */
  public BiliLiveClientBuilder connIdTimeToLive(long timeToLive, TimeUnit unit) {
    settings.heartbeatPolicy.timeToLive(timeToLive, unit);
    return this;
  }

  /**
   * Sets a clock that counts on while the machine sleeps, so that the SDK does what is due within a
   * second after it. For Android: {@code SystemClock::elapsedRealtimeNanos}, since the default,
   * {@link System#nanoTime}, stands still in deep sleep. If it throws, sleep is not counted.
   */
  public BiliLiveClientBuilder monotonicClock(MonotonicClock monotonicClock) {
    settings.monotonicClock = given(monotonicClock, "monotonicClock", "leave it out");
    return this;
  }

  /**
   * Returns a client, which starts no thread and connects to nothing until used.
   *
   * @throws IllegalStateException if credentials, or a store that a setting needs, are missing
   */
  public BiliLiveClient build() {
    return new BiliLiveClient(new ClientParts(settings.copy()));
  }
}
