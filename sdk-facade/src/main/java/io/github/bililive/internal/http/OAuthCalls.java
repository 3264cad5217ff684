package io.github.bililive.internal.http;

import io.github.bililive.AnswerCallback;
import io.github.bililive.Credentials;
import io.github.bililive.PendingCall;
import io.github.bililive.generated.oauth.api.OAuthApi;
import io.github.bililive.generated.oauth.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.oauth.model.TokenResponse;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.token.OAuthToken;
import java.io.Closeable;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;

/**
 * The two calls of the platform's OAuth service over the generated Retrofit interface, each made
 * once. They are not signed; the user's interceptors see a form of bars.
 *
 * <p>Safe for use by several threads.
 */
public final class OAuthCalls implements Renewals, Closeable {
  /** OkHttp's own limit for all hosts together. */
  private static final int MAX_REQUESTS = 64;

  private final ApiClient<OAuthApi> client;
  private final OAuthApi api;
  private final String clientId;
  private final WallClock wallClock;

  /** Creates the calls of one client, to a base URL that ends with a slash. */
  public OAuthCalls(HttpUrl baseUrl, Credentials credentials, CallSettings settings) {
    clientId = credentials.getClientId();
    wallClock = settings.wallClock;
    client =
        new ApiClient<>(
            OAuthApi.class,
            GeneratedJsonAdapterFactory.INSTANCE,
            baseUrl,
            settings.once(),
            "bililive-oauth",
            MAX_REQUESTS,
            OAuthForm.filling(credentials));
    api = client.over(client.http);
  }

  /** One call, made once. */
  public final class OAuthCall implements Renewal {
    private final OAuthForm form;

    /** Null until it is made. */
    private volatile @Nullable CallTrace trace;

    private OAuthCall(OAuthForm form) {
      this.form = form;
    }

    @Override
    public OAuthToken execute() {
      Waiting<OAuthToken> waiting = Waiting.of(form.operation(), client.baseUrl.host());
      return waiting.await(enqueue(waiting));
    }

    /** Sends it; the callback hears of it on a thread of OkHttp's. */
    public PendingCall enqueue(AnswerCallback<OAuthToken> callback) {
      return new ApiCall<>(
              client, this::make, form, false, client.deadline(), this::granted, callback)
          .begin();
    }

    private Call<TokenResponse> make() {
      Call<TokenResponse> call = form.call(api, clientId);
      trace = Judge.traceOf(call.request());
      return call;
    }

    private OAuthToken granted(@Nullable TokenResponse envelope) {
      String refreshed = form.isRefresh ? form.secret : null;
      long nowSeconds = TimeUnit.MILLISECONDS.toSeconds(wallClock.currentTimeMillis());
      OAuthToken token = GrantedTokens.read(envelope, refreshed, Math.max(0, nowSeconds));
      client.redaction.remember(token);
      return token;
    }

    @Override
    public boolean wasSent() {
      CallTrace made = trace;
      return made != null && made.isSent();
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
    return TimeUnit.NANOSECONDS.toMillis(client.retries.callTimeoutNanos);
  }

  /**
   * Refuses calls from now on. One that is under way goes on to its end, or the pair that it brings
   * would be lost. Idempotent.
   */
  @Override
  public void close() {
    client.shutDown();
  }
}
