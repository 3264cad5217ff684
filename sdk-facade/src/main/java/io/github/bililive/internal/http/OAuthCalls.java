package io.github.bililive.internal.http;

import io.github.bililive.AnswerCallback;
import io.github.bililive.Credentials;
import io.github.bililive.PendingCall;
import io.github.bililive.RetryPolicy;
import io.github.bililive.generated.oauth.api.OAuthApi;
import io.github.bililive.generated.oauth.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.oauth.model.TokenResponse;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.DaemonThreads;
import io.github.bililive.internal.time.Deadline;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.token.OAuthToken;
import java.io.Closeable;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import retrofit2.Retrofit;

/**
 * The two calls of the platform's OAuth service over the generated Retrofit interface, each made
 * once. They are not signed; the user's interceptors see a form of bars.
 *
 * <p>Safe for use by several threads.
 */
public final class OAuthCalls implements Renewals, Closeable {
  private final OkHttpClient http;
  private final HttpUrl baseUrl;
  private final String clientId;
  private final Redaction redaction;
  private final Judge judge;
  private final WallClock wallClock;
  private final Retries once;
  private final Retrofit retrofit;

  /** Creates the calls over the user's OkHttp client, to a base URL that ends with a slash. */
  public OAuthCalls(
      OkHttpClient users,
      HttpUrl baseUrl,
      Credentials credentials,
      Redaction redaction,
      Scheduler scheduler,
      WallClock wallClock) {
    this.baseUrl = baseUrl;
    this.redaction = redaction;
    this.wallClock = wallClock;
    clientId = credentials.getClientId();
    judge = new Judge(redaction, wallClock);
    http =
        Wire.derive(
            users,
            new Dispatcher(DaemonThreads.pool("bililive-oauth")),
            baseUrl,
            OAuthForm.filling(credentials));
    once =
        new Retries(
            RetryPolicy.NONE,
            0,
            Wire.callTimeoutMillis(users),
            scheduler,
            new EventPoster<>(RequestEvents.NONE, RequestEvents.NONE, Runnable::run));
    retrofit = Wire.retrofit(http, baseUrl, GeneratedJsonAdapterFactory.INSTANCE);
  }

  /** One call, made once. */
  public final class OAuthCall implements Renewal {
    private final OAuthForm form;
    private final CallTrace trace = new CallTrace();

    private OAuthCall(OAuthForm form) {
      this.form = form;
    }

    @Override
    public OAuthToken execute() {
      Waiting<OAuthToken> waiting = Waiting.of(form.operation(), baseUrl.host());
      return waiting.await(enqueue(waiting));
    }

    /** Sends it; the callback hears of it on a thread of OkHttp's. */
    public PendingCall enqueue(AnswerCallback<OAuthToken> callback) {
      OAuthApi api =
          retrofit
              .newBuilder()
              .callFactory(
                  request ->
                      http.newCall(
                          request
                              .newBuilder()
                              .tag(CallTrace.class, trace)
                              .tag(OAuthForm.class, form)
                              .build()))
              .build()
              .create(OAuthApi.class);
      return new ApiCall<>(
              once,
              judge,
              () -> form.call(api, clientId),
              false,
              Deadline.in(once.callTimeoutNanos, once.scheduler),
              this::granted,
              callback)
          .begin();
    }

    private OAuthToken granted(@Nullable TokenResponse envelope) {
      String refreshed = form.isRefresh ? form.secret : null;
      long nowSeconds = TimeUnit.MILLISECONDS.toSeconds(wallClock.currentTimeMillis());
      OAuthToken token = GrantedTokens.read(envelope, refreshed, Math.max(0, nowSeconds));
      redaction.remember(token);
      return token;
    }

    @Override
    public boolean wasSent() {
      return trace.isSent();
    }
  }

  /** Returns the call that exchanges an authorisation code for a pair of tokens. */
  public OAuthCall token(String code) {
    return new OAuthCall(OAuthForm.ofCode(code));
  }

  @Override
  public OAuthCall refreshToken(OAuthToken old) {
    return new OAuthCall(OAuthForm.ofRefreshToken(old.getRefreshToken()));
  }

  /** Returns how long a call takes at most from end to end, in milliseconds. */
  public long timeoutMillis() {
    return TimeUnit.NANOSECONDS.toMillis(once.callTimeoutNanos);
  }

  /**
   * Refuses calls from now on. One that is under way goes on to its end, or the pair that it brings
   * would be lost. Idempotent.
   */
  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
  }
}
