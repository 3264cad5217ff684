package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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
    assertThat(post("refresh_token", FORM, refresh)).contains("\"code\":122003");
  }

  @Test
  void revocationLeavesTheRefreshTokenAndTakingBackDoesNot() throws Exception {
    GrantedPair first = sandbox.oauth().grant(0);
    sandbox.oauth().revoke(0);
    assertThat(post("refresh_token", FORM, refreshOf(first))).contains("\"code\":0");

    GrantedPair second = sandbox.oauth().pair(0);
    sandbox.oauth().deauthorise(0);
    assertThat(post("refresh_token", FORM, refreshOf(second))).contains("\"code\":122003");
    assertThat(sandbox.oauth().pair(0)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|client_id=a|4011",
        FORM + "; charset=utf-8|client_id=a|4011",
        FORM + "|client_id=a|4000",
        FORM + "|client_id=a&client_id=b|4000",
        FORM + "|nonsense|4000",
        FORM + "|client_id=x&client_secret=y&grant_type=z&code=c|127004",
        FORM + "|client_id=sandbox-client&client_secret=y&grant_type=z&code=c|122000",
        FORM + "|" + APP + "grant_type=z&code=c|122001",
        FORM + "|" + APP + "grant_type=authorization_code&code=c|122002",
        FORM + "|" + APP + "grant_type=authorization_code&code=c&more=d|4000"
      })
  void whatIsWrongIsRefused(String contentType, String body, int code) throws Exception {
    assertThat(post("token", contentType, body)).contains("\"code\":" + code + ",");
    assertThat(sandbox.refusals()).hasSize(1);
  }

  @Test
  void aSignedCallIsRefusedForItsSecrets() throws Exception {
    HttpRequest signed =
        request("token", FORM, APP + "grant_type=authorization_code&code=c")
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
    return http.send(request(call, contentType, body).build(), BodyHandlers.ofString()).body();
  }

  private HttpRequest.Builder request(String call, String contentType, String body) {
    return HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "x/account-oauth2/v1/" + call))
        .version(HttpClient.Version.HTTP_1_1)
        .header("Content-Type", contentType)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }
}
