package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.Leaks;
import io.github.bililive.ServerTestCase;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.internal.time.SystemScheduler;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.token.OAuth;
import io.github.bililive.token.OAuthToken;
import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two OAuth calls on a real server: what is sent, what is made of answers, what is seen. */
class OAuthSecrecyTest extends ServerTestCase {
  private static final String GRANTED =
      "{\"code\":0,\"message\":\"0\",\"data\":{\"access_token\":\"hush-access\","
          + "\"refresh_token\" : \"hush-refresh\",\"expires_in\":1800000000,"
          + "\"scopes\":[\"LIVE_ROOM_DATA\"]}}";
  private static final OAuthToken PAIR = OAuthToken.of("hush-a", "hush-r&+ 密", 0, List.of());

  private static final long NOW_SECONDS = 1_700_000_000;

  private final Snooper application = new Snooper();
  private final Snooper network = new Snooper();
  private final OkHttpClient users =
      new OkHttpClient.Builder().addInterceptor(application).addNetworkInterceptor(network).build();

  @Test
  void aCodeIsSentInAFormThatInterceptorsDoNotSeeAndThePairComesBack() throws Exception {
    server.enqueue(json(GRANTED));

    OAuthToken token = oauth(users).exchange("hush-code/=");

    List<String> scopes = List.of("LIVE_ROOM_DATA");
    assertThat(token)
        .isEqualTo(OAuthToken.of("hush-access", "hush-refresh", 1800000000L, scopes, NOW_SECONDS));
    RecordedRequest sent = server.takeRequest();
    assertThat(sent.getRequestLine()).isEqualTo("POST /x/account-oauth2/v1/token HTTP/1.1");
    assertThat(sent.getHeader("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(sent.getHeader("Authorization")).isNull();
    assertThat(sent.getBody().readUtf8())
        .isEqualTo(
            "client_id=test-client&client_secret=hush-app-secret"
                + "&grant_type=authorization_code&code=hush-code%2F%3D");
    assertSawNothingHushed();
    assertThat(application.seen()).contains("\"access_token\":\"██\"");
  }

  @Test
  void aRefreshTokenIsSentLikewise() throws Exception {
    server.enqueue(json(GRANTED));

    oauth(users).refresh(PAIR);

    RecordedRequest sent = server.takeRequest();
    assertThat(sent.getPath()).isEqualTo("/x/account-oauth2/v1/refresh_token");
    // A form may write a space in either way: OkHttp 4 does in the one, OkHttp 5 in the other.
    assertThat(sent.getBody().readUtf8().replace("%20", "+"))
        .isEqualTo(
            "client_id=test-client&client_secret=hush-app-secret"
                + "&grant_type=refresh_token&refresh_token=hush-r%26%2B+%E5%AF%86");
    assertSawNothingHushed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":122007,\"message\":\"refresh hush-r&+ 密 and hush-app-secret\"}",
        "{\"code\":122007,\"request_id\":\"hush-r&+ 密\"}"
      })
  void aRefusalThatQuotesWhatWasSentShowsNoneOfIt(String answer) {
    server.enqueue(json(answer));

    assertThatThrownBy(() -> oauth(new OkHttpClient()).refresh(PAIR))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("122007")
        .satisfies(Leaks::assertHidesSecrets);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>hush-r&+ 密</html>",
        "",
        "{\"code\":0}",
        "{\"code\":0,\"data\":{}}",
        "{\"code\":0,\"data\":{\"access_token\":\"hush hush\",\"refresh_token\":\"hush\"}}",
        "{\"code\":0,\"data\":{\"access_token\":\"hush\",\"refresh_token\":\"hu",
        "{\"code\":0,\"data\":{\"access_token\":\"hush\",\"expires_in\":\"soon\"}}"
      })
  void anAnswerWithoutAPairIsAnErrorThatShowsNoSecret(String answer) {
    server.enqueue(json(answer));

    assertThatThrownBy(() -> oauth(users).refresh(PAIR))
        .isInstanceOf(InvalidResponseException.class)
        .satisfies(
            error ->
                assertThat(Leaks.everythingOf(error))
                    .doesNotContain("hush-", "hush hush", "\"hush\"", "\"hu\""));
  }

  @Test
  void whatThePlatformLeavesOutOrShapesOtherwiseCostsNoPair() throws Exception {
    server.enqueue(json("{\"code\":0,\"data\":{\"access_token\":\"a\",\"scopes\":\"X Y,Z\"}}"));

    OAuthToken token = oauth(users).refresh(PAIR);

    assertThat(token.getAccessToken()).isEqualTo("a");
    assertThat(token.getRefreshToken()).isEqualTo(PAIR.getRefreshToken());
    assertThat(token.getExpiresAtSeconds()).isZero();
    assertThat(token.getScopes()).containsExactly("X", "Y", "Z");
  }

  @Test
  void anInterceptorThatTurnsTheCallElsewhereOrChangesItsBodyGetsNoSecret() throws Exception {
    MockWebServer elsewhere = anotherServer();
    HttpUrl other = HttpUrl.get(urlOf(elsewhere));
    OkHttpClient turning =
        new OkHttpClient.Builder()
            .addInterceptor(chain -> chain.proceed(chain.request().newBuilder().url(other).build()))
            .build();
    assertThatThrownBy(() -> oauth(turning).refresh(PAIR))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("not sent")
        .satisfies(Leaks::assertHidesSecrets);
    assertThat(elsewhere.getRequestCount()).isZero();

    OkHttpClient changing =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .post(RequestBody.create("changed".getBytes(), null))
                            .build()))
            .build();
    server.enqueue(json(GRANTED));
    oauth(changing).refresh(PAIR);
    assertThat(server.takeRequest().getBody().readUtf8()).startsWith("client_id=test-client&");
  }

  @Test
  void aConnectionThatBreaksUnderTheCallIsNotTriedAgainByOkhttp() throws IOException {
    server.enqueue(json(GRANTED));
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
    server.enqueue(json(GRANTED));
    OAuth oauth = oauth(new OkHttpClient());
    assertThatThrownBy(
            () -> {
              oauth.refresh(PAIR); // Now there is a connection in the pool.
              oauth.refresh(PAIR);
            })
        .isInstanceOf(NetworkException.class)
        .satisfies(Leaks::assertHidesSecrets);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void aRedirectIsNotFollowed() {
    server.enqueue(
        new MockResponse().setResponseCode(307).setHeader("Location", "https://elsewhere.test/"));

    assertThatThrownBy(() -> oauth(users).refresh(PAIR))
        .isInstanceOf(InvalidResponseException.class)
        .hasMessageContaining("which is not followed");
  }

  private OAuth oauth(OkHttpClient okHttp) {
    BiliLiveClientBuilder builder = builder().oauthBaseUrl(baseUrl()).okHttpClient(okHttp);
    WallClock clock = () -> NOW_SECONDS * 1000 + 999;
    return open(withTime(builder, new SystemScheduler("test"), clock)).oauth();
  }

  private void assertSawNothingHushed() {
    assertThat(application.seen()).contains("--> ", "<-- ").doesNotContain("hush");
    assertThat(network.seen()).contains("--> ", "<-- ").doesNotContain("hush");
  }
}
