package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Consent;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page on which a broadcaster authorises the app, visited by a browser without the SDK. */
@Timeout(60)
class AuthorisationPageTest {
  private static final String DESKTOP = "/pc/account-pc/auth/oauth";
  private static final String MOBILE = "/h5/account-h5/auth/oauth";
  private static final String APP = "client_id=sandbox-client&state=s%26t&gourl=";
  private static final String CALLBACK = "http%3A%2F%2F127.0.0.1%3A1%2Fcb%3Fa%3D1";

  private final Sandbox sandbox = Sandbox.builder().accessTokens("first", "second").start();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DESKTOP + "?" + APP + CALLBACK,
        MOBILE + "?navhide=1&callback=skip&" + APP + CALLBACK,
        MOBILE + "?navhide=0&callback=close&" + APP + CALLBACK,
      })
  void theFirstBroadcasterAgreesAtOnceAndTheCodeWorksOnce(String target) throws Exception {
    String location = redirectOf(target);

    assertThat(location)
        .matches("http://127\\.0\\.0\\.1:1/cb\\?a=1&code=sandbox-code-[^&]+&state=s%26t");
    String code = location.replaceAll(".*code=([^&]+).*", "$1");
    assertThat(exchange(code)).contains("\"code\":0");
    assertThat(sandbox.oauth().pair(0)).isNotNull();
    assertThat(exchange(code)).contains("\"code\":122002");
  }

  @Test
  void aBroadcasterWhoRefusesComesBackWithoutACode() throws Exception {
    sandbox.oauth().consent(Consent.REFUSES);

    assertThat(redirectOf(DESKTOP + "?" + APP + CALLBACK))
        .isEqualTo("http://127.0.0.1:1/cb?a=1&error=access_denied&state=s%26t");
  }

  @Test
  void thePageThatAsksHasALinkForEachBroadcasterAndOneToRefuse() throws Exception {
    sandbox.oauth().consent(Consent.ASKED);

    HttpResponse<String> page = get(DESKTOP + "?" + APP + CALLBACK);

    assertThat(page.statusCode()).isEqualTo(200);
    Matcher links = Pattern.compile("href=\"([^\"]+)\"").matcher(page.body());
    assertThat(links.results().count()).isEqualTo(3);
    links.reset();
    links.find();
    links.find();
    String code = redirectOf(unescaped(links.group(1))).replaceAll(".*code=([^&]+).*", "$1");
    assertThat(exchange(code)).contains("\"code\":0");
    assertThat(sandbox.oauth().pair(1)).isNotNull();
    links.find();
    assertThat(redirectOf(unescaped(links.group(1)))).contains("?a=1&error=access_denied&");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        DESKTOP + "|the query must have [client_id, gourl, state]",
        DESKTOP + "?client_id=sandbox-client&gourl=" + CALLBACK + "|the query must have",
        DESKTOP + "?client_id=sandbox-client&state=&gourl=" + CALLBACK + "|the query must have",
        DESKTOP + "?" + APP + CALLBACK + "&state=2|the query must have",
        DESKTOP + "?" + APP + CALLBACK + "&scope=all|the query must have",
        DESKTOP + "?client_id=other&state=s&gourl=" + CALLBACK + "|client_id is not this app's",
        DESKTOP + "?" + APP + "https%3A%2F%2Fexample.org%2Fcb|gourl must be in the app's callback",
        DESKTOP + "?" + APP + "https%3A%2F%2Fnotexample.com%2F|gourl must be in the app's callback",
        DESKTOP + "?" + APP + "app%3A%2F%2Fcb|gourl must be in the app's callback",
        DESKTOP + "?" + APP + CALLBACK + "&sandbox_choice=2|there is no such broadcaster",
        MOBILE + "?" + APP + CALLBACK + "|the query must have [callback, client_id, gourl,",
        MOBILE + "?navhide=2&callback=skip&" + APP + CALLBACK + "|navhide must be 0 or 1",
        MOBILE + "?navhide=1&callback=stay&" + APP + CALLBACK + "|callback skip, close or browser",
      })
  void whatIsWrongIsToldAndTheBrowserIsNotSentOn(String target, String problem) throws Exception {
    HttpResponse<String> page = get(target);

    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.body()).contains(problem);
  }

  @Test
  void subdomainsOfACallbackDomainAreInIt() throws Exception {
    assertThat(redirectOf(DESKTOP + "?" + APP + "https%3A%2F%2Fwww.example.com%2Fcb"))
        .startsWith("https://www.example.com/cb?code=");
  }

  @Test
  void visitsAreSeenAndRefusalsAreOfTheirKind() throws Exception {
    get(DESKTOP + "?" + APP + CALLBACK);
    get(MOBILE + "?" + APP + CALLBACK);

    assertThat(sandbox.requests())
        .extracting(request -> request.endpoint())
        .containsExactly(Endpoint.AUTHORISATION, Endpoint.MOBILE_AUTHORISATION);
    assertThat(sandbox.refusals()).hasSize(1);
  }

  private String redirectOf(String target) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(target);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(sandbox.baseUrl()).resolve(target)).build(),
        BodyHandlers.ofString());
  }

  private String exchange(String code) throws IOException, InterruptedException {
    String form =
        "client_id=sandbox-client&client_secret=sandbox-app-secret-not-real"
            + "&grant_type=authorization_code&code="
            + code;
    return http.send(
            HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "x/account-oauth2/v1/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  private static String unescaped(String attribute) {
    return attribute.replace("&amp;", "&");
  }
}
