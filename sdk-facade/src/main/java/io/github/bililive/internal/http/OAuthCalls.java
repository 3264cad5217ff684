package io.github.bililive.internal.http;

import com.squareup.moshi.Moshi;
import io.github.bililive.Credentials;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.generated.oauth.api.OAuthApi;
import io.github.bililive.generated.oauth.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.oauth.model.TokenResponse;
import io.github.bililive.internal.time.DaemonThreads;
import java.io.Closeable;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
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
  private static final String MADE_UP_ANSWER =
      "{\"code\":0,\"message\":\"0\",\"data\":{\"access_token\":\"made-up\","
          + "\"refresh_token\":\"made-up\",\"expires_in\":1,\"scopes\":[\"LIVE_ROOM_DATA\"]}}";

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
        http,
        "token",
        OAuthForm.ofCode(code),
        (api, form) ->
            api.token(
                credentials.getClientId(), AuthBodySeal.BAR, form.grantType(), AuthBodySeal.BAR));
  }

  /** Returns the call that exchanges a refresh token for a new pair of tokens. */
  public OAuthCall refreshToken(String refreshToken) {
    return renewal(http, refreshToken);
  }

  private OAuthCall renewal(OkHttpClient client, String refreshToken) {
    return call(
        client,
        "refreshToken",
        OAuthForm.ofRefreshToken(refreshToken),
        (api, form) ->
            api.refreshToken(
                credentials.getClientId(), AuthBodySeal.BAR, form.grantType(), AuthBodySeal.BAR));
  }

  /**
   * Takes a made-up answer to a refresh through all that a real one goes through, off the network:
   * then no class has to be loaded between a real one and the saving of what it brought. It goes
   * well on closed calls, too: that they are closed is the real refresh's to say.
   */
  public void rehearse() {
    OkHttpClient offline =
        new OkHttpClient.Builder()
            .addInterceptor(new AnswerInterceptor(new Dispatcher(), clock, redaction))
            .addInterceptor(OAuthCalls::madeUpAnswer)
            .build();
    try {
      renewal(offline, "made-up").execute();
    } catch (BiliLiveException e) {
      throw new IllegalStateException("the made-up answer was not understood", e);
    }
  }

  private static Response madeUpAnswer(Interceptor.Chain chain) {
    Request request = chain.request();
    AnswerTrace trace = AnswerTrace.of(request);
    String text = trace == null ? "" : AuthBodySeal.seal(MADE_UP_ANSWER, trace.sealed);
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(200)
        .message("OK")
        .body(ResponseBody.create(text, MediaType.get("application/json")))
        .build();
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

  private OAuthCall call(OkHttpClient client, String operation, OAuthForm form, Made made) {
    redaction.remember(form.secret());
    OAuthApi api =
        retrofit
            .newBuilder()
            .callFactory(
                request ->
                    client.newCall(
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
