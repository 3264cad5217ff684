package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.ManualClock;
import io.github.bililive.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox's OAuth service, called without the SDK. */
class OAuthServiceTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String APP =
      "client_id=sandbox-client&client_secret=sandbox-app-secret-not-real&";

  private final Sandbox sandbox = Sandbox.start();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void aCodeAndARefreshTokenWorkOnce() throws Exception {
    String code = APP + "grant_type=authorization_code&code=" + sandbox.oauth().authorise(0);
    assertThat(post("token", FORM, code)).contains("\"code\":0", "\"expires_in\":");
    assertThat(post("token", FORM, code)).contains("\"code\":122002");

    String refresh =
        APP + "grant_type=refresh_token&refresh_token=" + sandbox.oauth().pair(0).refreshToken();
    assertThat(post("refresh_token", FORM, refresh)).contains("\"code\":0");
    assertThat(post("refresh_token", FORM, refresh)).contains("\"code\":122007");
  }

  @Test
  void revocationLeavesTheRefreshTokenAndTakingBackDoesNot() throws Exception {
    GrantedPair first = sandbox.oauth().grant(0);
    sandbox.oauth().revoke(0);
    assertThat(post("refresh_token", FORM, refreshOf(first))).contains("\"code\":0");

    GrantedPair second = sandbox.oauth().pair(0);
    sandbox.oauth().deauthorise(0);
    assertThat(post("refresh_token", FORM, refreshOf(second))).contains("\"code\":122007");
    assertThat(sandbox.oauth().pair(0)).isNull();
  }

  @Test
  void aPairThatHasExpiredIsNotRefreshed() throws Exception {
    ManualClock clock = ManualClock.startingAt(1_700_000_000_000L);
    try (Sandbox timed = Sandbox.builder().clock(clock).start()) {
      GrantedPair pair = timed.oauth().grant(0);
      clock.advance(Duration.ofDays(30));

      assertThat(post(timed, "refresh_token", FORM, refreshOf(pair))).contains("\"code\":122007");
    }
  }

  @Test
  void aRotatedAppSecretIsRefusedWithoutSpendingAPairUntilItIsBack() throws Exception {
    GrantedPair pair = sandbox.oauth().grant(0);
    String before = sandbox.appSecret();
    sandbox.oauth().rotateAppSecret("sandbox-another-secret");

    assertThat(sandbox.appSecret()).isEqualTo("sandbox-another-secret");
    assertThat(post("refresh_token", FORM, refreshOf(pair))).contains("\"code\":122001");
    sandbox.oauth().rotateAppSecret(before);
    assertThat(post("refresh_token", FORM, refreshOf(pair))).contains("\"code\":0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|client_id=a|-400",
        FORM + "; charset=utf-8|client_id=a|-400",
        FORM + "|client_id=a|-400",
        FORM + "|client_id=a&client_id=b|-400",
        FORM + "|nonsense|-400",
        FORM + "|client_id=x&client_secret=y&grant_type=z&code=c|122000",
        FORM + "|client_id=sandbox-client&client_secret=y&grant_type=z&code=c|122001",
        FORM + "|" + APP + "grant_type=z&code=c|-400",
        FORM + "|" + APP + "grant_type=authorization_code&code=c|122002",
        FORM + "|" + APP + "grant_type=authorization_code&code=c&more=d|-400"
      })
  void whatIsWrongIsRefused(String contentType, String body, int code) throws Exception {
    assertThat(post("token", contentType, body)).contains("\"code\":" + code + ",");
    assertThat(sandbox.refusals()).hasSize(1);
  }

  @Test
  void aSignedCallIsRefusedForItsSecrets() throws Exception {
    HttpRequest signed =
        request(sandbox, "token", FORM, APP + "grant_type=authorization_code&code=c")
            .header("x-bili-accesskeyid", "sandbox-client")
            .build();

    assertThat(http.send(signed, BodyHandlers.ofString()).body()).contains("is not signed");
  }

  @Test
  void aPairPrintsWithoutItsTokens() {
    GrantedPair pair = sandbox.oauth().grant(0);

    assertThat(pair.toString()).doesNotContain(pair.accessToken(), pair.refreshToken());
  }

  private static String refreshOf(GrantedPair pair) {
    return APP + "grant_type=refresh_token&refresh_token=" + pair.refreshToken();
  }

  private String post(String call, String contentType, String body)
      throws IOException, InterruptedException {
    return post(sandbox, call, contentType, body);
  }

  private String post(Sandbox to, String call, String contentType, String body)
      throws IOException, InterruptedException {
    HttpRequest request = request(to, call, contentType, body).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private static HttpRequest.Builder request(
      Sandbox to, String call, String contentType, String body) {
    return HttpRequest.newBuilder(URI.create(to.baseUrl() + "x/account-oauth2/v1/" + call))
        .version(HttpClient.Version.HTTP_1_1)
        .header("Content-Type", contentType)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }
}
