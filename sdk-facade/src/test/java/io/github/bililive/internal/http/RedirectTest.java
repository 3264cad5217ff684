package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Leaks;
import io.github.bililive.ServerTestCase;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.Remedy;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects are never followed: signature and token stay with the configured host. */
class RedirectTest extends ServerTestCase {
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectToAnotherHostIsAnErrorAndNothingReachesThatHost(int status) throws Exception {
    MockWebServer other = anotherServer();
    String elsewhere = "http://localhost:" + other.getPort() + "/elsewhere";
    for (int i = 0; i < 3; i++) {
      server.enqueue(redirect(status, elsewhere));
    }
    // Even when the user's client follows redirects, as it does by default.
    OkHttpClient users =
        new OkHttpClient.Builder().followRedirects(true).followSslRedirects(true).build();
    BiliLiveClient client = open(builder().okHttpClient(users));

    assertThatThrownBy(client::start).satisfies(e -> assertNotFollowed(e, status, elsewhere));
    assertThatThrownBy(() -> client.heartbeat("c1"))
        .satisfies(e -> assertNotFollowed(e, status, elsewhere));
    assertThatThrownBy(() -> client.batchHeartbeat(List.of("c1", "c2")))
        .satisfies(e -> assertNotFollowed(e, status, elsewhere));

    assertThat(other.getRequestCount()).isZero();
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void aRedirectWithinTheHostIsNotFollowedEither() {
    server.enqueue(redirect(307, "/elsewhere"));

    assertThatThrownBy(open()::start)
        .hasMessage(
            "start: answer not understood: it redirects to /elsewhere, which is not followed:"
                + " signature and token are for the configured host alone; HTTP 307 (a redirect,"
                + " which is not followed), no Content-Type, empty body; try again; check: the base"
                + " URL, and whether this network wants a login first (a captive portal)");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aRedirectThatRepeatsASecretDoesNotGetItIntoTheMessage() {
    server.enqueue(redirect(302, "https://evil.example/?t=" + ACCESS_TOKEN + "&s=" + APP_SECRET));

    assertThatThrownBy(open()::start)
        .hasMessageContaining("it redirects to https://evil.example/?t=██&s=██, which")
        .satisfies(Leaks::assertHidesSecrets);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aChallengeIsNotAnswered(int status) {
    server.enqueue(
        new MockResponse()
            .setResponseCode(status)
            .setHeader("WWW-Authenticate", "Basic realm=\"x\""));
    OkHttpClient users =
        new OkHttpClient.Builder()
            .authenticator(
                (route, response) ->
                    response.request().newBuilder().header("Authorization", "Basic eA==").build())
            .build();

    assertThatThrownBy(open(builder().okHttpClient(users))::start)
        .isInstanceOfSatisfying(
            InvalidResponseException.class, e -> assertThat(e.getHttpStatus()).isEqualTo(status));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  private static void assertNotFollowed(Throwable thrown, int status, String elsewhere) {
    assertThat(thrown)
        .isInstanceOf(InvalidResponseException.class)
        .hasMessageContaining(
            "it redirects to "
                + elsewhere
                + ", which is not followed: signature and token are for the configured host"
                + " alone; HTTP "
                + status);
    assertThat(((InvalidResponseException) thrown).getHttpStatus()).isEqualTo(status);
    assertThat(((BiliLiveException) thrown).getRemedy()).isEqualTo(Remedy.RETRY);
  }

  private static MockResponse redirect(int status, String location) {
    return new MockResponse().setResponseCode(status).setHeader("Location", location);
  }
}
