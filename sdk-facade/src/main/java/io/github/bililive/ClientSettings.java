package io.github.bililive;

import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.internal.http.BaseUrl;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.token.AccessTokenProvider;
import io.github.bililive.token.TokenStore;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What {@link BiliLiveClient.Builder} sets. A builder changes its own; a client has a copy, which
 * nobody changes.
 */
final class ClientSettings {
  @Nullable Credentials credentials;
  @Nullable AccessToken accessToken;
  @Nullable AccessTokenProvider accessTokenProvider;

  /** Whose kept tokens are the client's own; null if they are not. */
  @Nullable String broadcaster;

  @Nullable TokenStore tokenStore;
  TokenEvents tokenEvents = TokenEvents.NONE;
  HttpUrl oauthBaseUrl = BaseUrl.parse(BaseUrl.OAUTH);
  HttpUrl baseUrl = BaseUrl.parse(BaseUrl.PLATFORM);
  SignatureVersion signatureVersion = SignatureVersion.V2_0;
  @Nullable OkHttpClient okHttpClient;
  @Nullable Executor callbackExecutor;
  @Nullable ExecutorService socketThreads;
  HeartbeatEvents heartbeatEvents = HeartbeatEvents.NONE;
  RequestEvents requestEvents = RequestEvents.NONE;
  ConnectionEvents connectionEvents = ConnectionEvents.NONE;
  RetryPolicy retryPolicy = RetryPolicy.DEFAULT;

  /** 0 for the default. */
  long callTimeoutMillis;

  HeartbeatPolicy.Builder heartbeatPolicy = HeartbeatPolicy.builder();
  @Nullable MonotonicClock monotonicClock;
  @Nullable Scheduler scheduler;
  WallClock wallClock = WallClock.SYSTEM;

  ClientSettings() {}

  ClientSettings(ClientSettings other) {
    credentials = other.credentials;
    accessToken = other.accessToken;
    accessTokenProvider = other.accessTokenProvider;
    broadcaster = other.broadcaster;
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
}
