package io.github.bililive.internal.http;

import com.squareup.moshi.Moshi;
import io.github.bililive.Credentials;
import io.github.bililive.generated.oauth.api.OAuthApi;
import io.github.bililive.generated.oauth.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.oauth.model.TokenResponse;
import io.github.bililive.internal.time.DaemonThreads;
import java.io.Closeable;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/**
 * The two calls of the platform's OAuth service over the generated Retrofit interface. They are not
 * signed; the user's interceptors see a form of bars.
 *
 * <p>Safe for use by several threads.
 */
public final class OAuthCalls implements Closeable {
  private final OkHttpClient http;
  private final Credentials credentials;
  private final Redaction redaction;
  private final PlatformClock clock;
  private final Retrofit retrofit;

  /**
   * Creates the calls.
   *
   * @param users the user's OkHttp client: its proxy, TLS settings and time limits hold here too
   * @param baseUrl where the service is; its path ends with a slash
   * @param clock for pauses that an answer asks for
   * @param redaction knows the client's secrets, and is told those of these calls
   */
  public OAuthCalls(
      OkHttpClient users,
      HttpUrl baseUrl,
      Credentials credentials,
      PlatformClock clock,
      Redaction redaction) {
    this.clock = clock;
    this.credentials = credentials;
    this.redaction = redaction;
    http = derive(users, new OAuthFormInterceptor(credentials, baseUrl), clock, redaction);
    Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();
    retrofit =
        new Retrofit.Builder()
            .baseUrl(baseUrl)
            .client(http)
            // On Android, Retrofit would otherwise run callbacks on the main thread.
            .callbackExecutor(Runnable::run)
            .addConverterFactory(MoshiConverterFactory.create(moshi))
            .build();
  }

  private static OkHttpClient derive(
      OkHttpClient users, OAuthFormInterceptor filling, PlatformClock clock, Redaction redaction) {
    Dispatcher dispatcher = new Dispatcher(DaemonThreads.pool("bililive-oauth"));
    OkHttpClient.Builder derived = SignedHttp.oneHostAlone(users, dispatcher);
    derived.interceptors().add(0, new AnswerInterceptor(dispatcher, clock, redaction));
    derived.interceptors().add(filling::sendOnce);
    derived.networkInterceptors().add(new SealInterceptor());
    derived.networkInterceptors().add(filling);
    return derived.build();
  }

  /** Returns the call that exchanges an authorisation code for a pair of tokens. */
  public OAuthCall token(String code) {
    return call(
        "token",
        OAuthForm.ofCode(code),
        (api, form) ->
            api.token(
                credentials.getClientId(), AuthBodySeal.BAR, form.grantType(), AuthBodySeal.BAR));
  }

  /** Returns the call that exchanges a refresh token for a new pair of tokens. */
  public OAuthCall refreshToken(String refreshToken) {
    return call(
        "refreshToken",
        OAuthForm.ofRefreshToken(refreshToken),
        (api, form) ->
            api.refreshToken(
                credentials.getClientId(), AuthBodySeal.BAR, form.grantType(), AuthBodySeal.BAR));
  }

  /** Returns how long a call takes at most from end to end, in milliseconds. */
  public long timeoutMillis() {
    return http.callTimeoutMillis();
  }

  /**
   * Refuses calls from now on. One that is under way goes on to its end, or the pair that it brings
   * would be lost. Idempotent.
   */
  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
  }

  /** Makes one call of the generated interface. */
  private interface Made {
    Call<TokenResponse> of(OAuthApi api, OAuthForm form);
  }

  private OAuthCall call(String operation, OAuthForm form, Made made) {
    redaction.remember(form.secret());
    OAuthApi api =
        retrofit
            .newBuilder()
            .callFactory(
                request ->
                    http.newCall(
                        request
                            .newBuilder()
                            .tag(AnswerTrace.class, new AnswerTrace())
                            .tag(OAuthForm.class, form)
                            .build()))
            .build()
            .create(OAuthApi.class);
    Exchange.Reading<TokenResponse, GrantedTokens> reading =
        envelope -> GrantedTokens.read(envelope, form.answeredAtMillis());
    return new OAuthCall(
        new Exchange<>(operation, made.of(api, form), reading, redaction, clock), form);
  }
}
