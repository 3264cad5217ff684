package io.github.bililive;

import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.internal.http.BaseUrl;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.SleepAwareScheduler;
import io.github.bililive.internal.time.SystemScheduler;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.internal.token.ClientOAuth;
import io.github.bililive.store.ConnectionStore;
import io.github.bililive.store.HandOverPolicy;
import io.github.bililive.token.AccessTokenProvider;
import io.github.bililive.token.TokenStore;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What {@link BiliLiveClientBuilder} sets. A builder changes its own; a client has a copy, which
 * nobody changes.
 */
final class ClientSettings implements Cloneable {
  /** Stands for an app's in a client without any: nothing is signed with it. */
  private static final Credentials NONE = Credentials.of("none", "none");

  /** A timer of the JDK's is not much finer. */
  private static final int MOST_PER_SECOND = 1_000;

  @Nullable Credentials credentials;
  @Nullable AccessToken accessToken;
  @Nullable AccessTokenProvider accessTokenProvider;

  /** Whose kept tokens are the client's own; null if they are not. */
  @Nullable String broadcaster;

  @Nullable TokenStore tokenStore;
  TokenEvents tokenEvents = TokenEvents.NONE;
  HttpUrl oauthBaseUrl = BaseUrl.parse(BaseUrl.OAUTH);
  HttpUrl accountBaseUrl = BaseUrl.parse(BaseUrl.ACCOUNT);
  HttpUrl baseUrl = BaseUrl.parse(BaseUrl.PLATFORM);

  /** The sister API's app; null if it is that of {@link #credentials}. */
  @Nullable Credentials openLiveCredentials;

  HttpUrl openLiveBaseUrl = BaseUrl.parse(BaseUrl.OPEN_LIVE);

  /** Where rooms' sockets may go; empty for any host of the open network. */
  Set<String> webSocketHosts = Collections.emptySet();

  SignatureVersion signatureVersion = SignatureVersion.V2_0;
  @Nullable OkHttpClient okHttpClient;
  @Nullable Executor callbackExecutor;
  @Nullable ExecutorService socketThreads;
  HeartbeatEvents heartbeatEvents = HeartbeatEvents.NONE;
  RequestEvents requestEvents = RequestEvents.NONE;
  ConnectionEvents connectionEvents = ConnectionEvents.NONE;
  RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
  @Nullable ConnectionStore connectionStore;
  HandOverPolicy handOver = HandOverPolicy.DEFAULT;

  /** 0 for the default. */
  long callTimeoutMillis;

  /** The lowest pace of attempts to connect: a platform that is down is not stormed. */
  int leastPerSecond = 2;

  /** The highest: 5,000 rooms in some 13 s, with what a machine of two cores can do for TLS. */
  int mostPerSecond = 500;

  HeartbeatPolicy.Builder heartbeatPolicy = HeartbeatPolicy.builder();
  @Nullable MonotonicClock monotonicClock;
  @Nullable Scheduler scheduler;
  WallClock wallClock = WallClock.SYSTEM;

  /** Sets where the client's own tokens come from: the one that is not null, or none. */
  void ownToken(
      @Nullable AccessToken fixed,
      @Nullable AccessTokenProvider provider,
      @Nullable String keptFor) {
    accessToken = fixed;
    accessTokenProvider = provider;
    broadcaster = keptFor;
  }

  void broadcaster(String name) {
    ownToken(null, null, ClientOAuth.requireBroadcaster(name));
  }

  void webSocketHosts(Collection<String> hosts) {
    Arguments.given(hosts, "webSocketHosts", "leave it out");
    webSocketHosts = BaseUrl.hosts("webSocketHosts", hosts);
  }

  void connectPace(int least, int most) {
    if (least < 1 || most < least || most > MOST_PER_SECOND) {
      throw new IllegalArgumentException(
          "connectPace is "
              + least
              + " to "
              + most
              + " a second: give 1 to "
              + MOST_PER_SECOND
              + ", the lower limit first, such as connectPace(2, 500)");
    }
    leastPerSecond = least;
    mostPerSecond = most;
  }

  /** Returns a base URL that a user may leave out. */
  static HttpUrl address(String name, String text) {
    return BaseUrl.parse(Arguments.given(text, name, "leave it out"));
  }

  static IllegalStateException noCredentials() {
    return new IllegalStateException(
        "no credentials: set Builder.credentials(Credentials.of(clientId, appSecret)); without them"
            + " a client hears rooms of a ConnectionSource alone");
  }

  /** Returns the credentials, or what stands for none, if the settings are complete. */
  Credentials requireComplete() {
    boolean hasToken = accessToken != null || accessTokenProvider != null || broadcaster != null;
    if (credentials == null && hasToken) {
      throw noCredentials();
    }
    if (broadcaster != null && tokenStore == null) {
      throw new IllegalStateException(
          "no token store for broadcaster '"
              + broadcaster
              + "': set Builder.tokenStore, such as FileTokenStore.in(directory)");
    }
    if (connectionStore == null && handOver != HandOverPolicy.DEFAULT) {
      throw new IllegalStateException(
          "handOver is set and no connection store: set Builder.connectionStore, such as"
              + " FileConnectionStore.in(directory)");
    }
    return credentials == null ? NONE : credentials;
  }

  /**
   * Returns the client's own token, if it is a fixed one.
   *
   * @throws IllegalStateException if there is none
   */
  AccessToken requireAccessToken() {
    AccessToken fixed = accessToken;
    if (fixed == null) {
      throw new IllegalStateException(
          "no access token: set Builder.accessToken or Builder.broadcaster, or give the"
              + " broadcaster's to start(…)");
    }
    return fixed;
  }

  /** Returns what runs the client's timers. */
  Scheduler newScheduler() {
    Scheduler awake = scheduler == null ? new SystemScheduler("bililive-scheduler") : scheduler;
    MonotonicClock clock = monotonicClock;
    return clock == null ? awake : new SleepAwareScheduler(awake, clock);
  }

  ClientSettings copy() {
    try {
      ClientSettings copy = (ClientSettings) super.clone();
      copy.heartbeatPolicy = heartbeatPolicy.build().newBuilder();
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
