package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest extends PageTestCase {
  @Test
  void everyFileThatThePageNamesIsServedAndNothingElseMayRun() throws IOException {
    String html = send(page("")).body();
    List<String> named =
        Pattern.compile("(?:href|src)=\"(\\w+\\.\\w+)\"")
            .matcher(html)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(named).containsExactlyInAnyOrder("page.css", "page.js");
    String script = send(page("page.js")).body() + send(page("details.js")).body();
    List<String> imported =
        Pattern.compile("from \"\\./(\\S+)\"")
            .matcher(script)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(imported).contains("texts.js", "details.js");
    for (String name : List.of("", "page.css", "page.js", "details.js", "texts.js")) {
      try (Response response = client.newCall(page(name).build()).execute()) {
        assertThat(response.code()).as(name).isEqualTo(200);
        assertThat(response.header("Content-Type")).matches("text/(html|css|javascript).*");
        assertThat(response.header("Content-Security-Policy"))
            .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
      }
    }
    assertThat(send(page("page.html")).status()).isEqualTo(404);
    assertThat(send(page("..%2fSandbox.class")).status()).isEqualTo(404);
    assertThat(sandbox.requests()).isEmpty();
  }

  /** A text that has one language only would show as its key, or as undefined, in the other. */
  @Test
  void everyTextOfThePageIsThereInBothLanguages() throws IOException {
    String texts = send(page("texts.js")).body();
    List<String> keys =
        Pattern.compile("(?m)^  \"?([\\w-]+)\"?: \\[\"[^\"]+\", \"[^\"]+\"\\],$")
            .matcher(texts)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(keys).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    String rest = send(page("")).body() + send(page("page.js")).body();
    String used = rest + send(page("details.js")).body();
    assertThat(
            Pattern.compile("(?:data-[tp]=|\\bt\\()\"(\\w*[^_\"])\"")
                .matcher(used)
                .results()
                .map((MatchResult match) -> match.group(1)))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(keys).contains(key));
  }

  @Test
  void aBrowserIsSentToThePageAndAClientIsAnsweredByThePlatform() throws IOException {
    OkHttpClient still = client.newBuilder().followRedirects(false).build();
    Request.Builder root = new Request.Builder().url(sandbox.baseUrl());
    try (Response response =
        still.newCall(root.header("Accept", "text/html,*/*").build()).execute()) {
      assertThat(response.code()).isEqualTo(302);
      assertThat(response.header("Location")).isEqualTo("/sandbox/");
    }
    assertThat(send(new Request.Builder().url(sandbox.baseUrl())).code()).isEqualTo(4010);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "https://127.0.0.1.evil.example",
        "http://localhost.evil.example:8080",
        "http://evil.example/127.0.0.1",
        "http://user@127.0.0.1",
        "null",
        "file://",
      })
  void aForeignOriginIsRefusedByPageApiAndPlatform(String origin) throws Exception {
    long room = sandbox.room(0).id();
    String say = "{\"room\":" + room + ",\"text\":\"x\"}";
    assertThat(send(page("").header("Origin", origin)).status()).isEqualTo(403);
    assertThat(send(page("api/state").header("Origin", origin)).status()).isEqualTo(403);
    assertThat(
            send(page("api/danmaku")
                    .header("Origin", origin)
                    .header("Content-Type", "application/json")
                    .post(RequestBody.create(say.getBytes())))
                .status())
        .isEqualTo(403);
    Request feed = page("feed").header("Origin", origin).build();
    assertThat(TestSocket.dial(client, feed).awaitUpgrade()).startsWith("status 403");
    Request start = start().request().newBuilder().header("Origin", origin).build();
    assertThat(send(start.newBuilder()).status()).isEqualTo(403);

    assertThat(sandbox.events()).isEmpty();
    assertThat(sandbox.requests()).isEmpty();
    assertThat(sandbox.connections()).isEmpty();
    assertThat(journal("ACTION")).hasSize(5).allMatch(entry -> "refused".equals(entry.get("what")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "10.0.2.2"})
  void aForeignHostIsRefusedByThePage(String host) throws IOException {
    assertThat(send(page("").header("Host", host)).status()).isEqualTo(403);
    assertThat(send(page("api/state").header("Host", host)).body()).contains("Host must be");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080, http://localhost:3000",
    "127.0.0.1, https://127.0.0.1",
    "[::1]:8080, http://[::1]:8080",
    "LocalHost, http://127.1.2.3:9"
  })
  void thisMachinesOwnPagesMayAsk(String host, String origin) throws IOException {
    assertThat(send(page("api/state").header("Host", host).header("Origin", origin)).status())
        .isEqualTo(200);
  }

  @Test
  void anActionIsJsonByPost() throws IOException {
    assertThat(send(page("api/clearFaults")).status()).isEqualTo(404);
    assertThat(send(page("api/clearFaults").put(RequestBody.create("{}".getBytes()))).status())
        .isEqualTo(405);
    assertThat(send(page("api/clearFaults").post(RequestBody.create("{}".getBytes()))).status())
        .isEqualTo(415);
    for (String body : List.of("", "[]", "{", "{}{}", "null")) {
      assertThat(post("clearFaults", body).body()).contains("the body must be one JSON object");
    }
    assertThat(post("nonsense", "{}").body()).contains("no such action", "danmaku");
    assertThat(journal("ACTION")).isEmpty();
  }

  /** The second of two mistakes is shown, too, though the platform stops at the first. */
  @Test
  void eachHeaderHasItsVerdict() throws IOException {
    Reply reply =
        send(start().header("Accept", "*/*").header("x-bili-timestamp", "" + (timestamp() - 700)));
    assertThat(reply.code()).isEqualTo(4013);

    Map<String, Object> shown = newestRequest();
    assertThat(shown).containsEntry("code", 4013.0).containsEntry("call", "START");
    List<Object> checked = Json.array(Json.get(Json.get(shown, "detail"), "checked"));
    assertThat(checked)
        .extracting(row -> Json.object(row).get("name") + ": " + Json.object(row).get("problem"))
        .containsExactly(
            "Accept: Accept must be exactly application/json",
            "Content-Type: null",
            "x-bili-content-md5: null",
            "x-bili-signature-method: null",
            "x-bili-signature-version: null",
            "x-bili-timestamp: x-bili-timestamp is 700 s behind the platform's clock;"
                + " 600 s are tolerated",
            "x-bili-accesskeyid: null",
            "x-bili-signature-nonce: null",
            "Authorization: null");
    TestCall call = start();
    assertThat(send(call).code()).isZero();
    assertThat(Json.array(Json.get(Json.get(newestRequest(), "detail"), "checked")))
        .hasSize(10)
        .allMatch(row -> Json.object(row).get("problem") == null);
    assertThat(send(call).code()).isEqualTo(4004);
    assertThat(String.valueOf(newestRequest())).contains("x-bili-signature-nonce was used before");
  }

  @Test
  void aPathThatIsNoneOfThePlatformsIsShownWithoutItsQuery() throws IOException {
    send(start().target("/arcopen/fn/live/room/start?access_token=real-token"));
    assertThat(newestRequest())
        .containsEntry("call", "UNKNOWN")
        .containsEntry("path", "/arcopen/fn/live/room/start")
        .containsEntry("code", 4010.0);
  }

  /** A client in the making sends its secrets to all the wrong places. */
  @Test
  void nothingThatThePageShowsHoldsASecret() throws Exception {
    String granted = sandbox.oauth().grant(0).accessToken();
    String code = sandbox.oauth().authorise(0);
    String connId = startedId();
    TestSocket socket = open().authenticate(authBody(connId));
    send(
        start()
            .header("x-bili-accesskeyid", sandbox.appSecret())
            .header("User-Agent", "my " + sandbox.accessToken())
            .header("X-Real-Secret", "real-secret-of-another-app")
            .header("access-token", "real-token-of-another-app")
            .header("Cookie", "real-cookie")
            .target("/arcopen/fn/live/room/ws-start?access_token=real-token-in-query&client_id=x"));
    send(
        TestCall.heartbeatWithBody(
            sandbox, timestamp(), "{\"conn_id\":\"x\",\"access_token\":\"real-token-in-body\"}"));
    send(start().authorization("Bearer real-token-as-bearer"));
    TestCall wrong = start().secret("real-app-secret");
    String signature = Objects.requireNonNull(wrong.request().header("Authorization"));
    send(wrong);
    send(
        new Request.Builder()
            .url(sandbox.baseUrl() + "x/account-oauth2/v1/token")
            .post(
                new FormBody.Builder()
                    .add("client_id", sandbox.clientId())
                    .add("client_secret", "real-client-secret")
                    .add("code", code)
                    .build()));
    String identityCode = sandbox.openLive().identityCode();
    send(
        TestCall.openLive(
            sandbox,
            timestamp(),
            Endpoint.APP_START,
            "{\"code\":\"" + identityCode + "\",\"app_id\":1}"));

    StringBuilder shown = new StringBuilder(send(page("api/state")).body());
    String all = send(page("api/journal?after=0")).body();
    shown.append(all);
    for (Object entry : Json.array(Json.get(Json.read(all), "entries"))) {
      long number = ((Double) Json.get(entry, "number")).longValue();
      shown.append(send(page("api/entry?number=" + number)).body());
    }
    TestSocket feed = TestSocket.dial(client, page("feed").build()).awaitOpen();
    shown.append(feed.nextText()).append(feed.nextText());
    assertThat(shown.toString())
        .contains("██", "x-bili-timestamp", connId)
        .doesNotContain(
            sandbox.appSecret(),
            sandbox.accessToken(),
            granted,
            code,
            identityCode,
            signature,
            "real-",
            "sandbox-auth-key");
    socket.cancel();
    feed.cancel();
  }

  @Test
  void thousandsOfEntriesAreBoundedAndLeaveTheOthersAlone() throws Exception {
    TestSocket feed = TestSocket.dial(client, page("feed").build()).awaitOpen();
    send(start().without("Accept"));
    for (int i = 0; i < 100_000; i++) {
      sandbox.room(0).send("{}");
    }

    List<Map<String, Object>> events = journal("EVENT");
    assertThat(events).hasSizeLessThanOrEqualTo(1_000);
    assertThat(events.get(events.size() - 1)).containsEntry("number", 100_001.0);
    assertThat(get("api/entry?number=1")).containsEntry("call", "START");
    assertThat(send(page("api/entry?number=2")).status()).isEqualTo(404);
    assertThat(send(page("api/entry?number=99001")).status()).isEqualTo(404);
    assertThat(send(page("api/entry?number=99002")).status()).isEqualTo(200);
    feed.cancel();
  }

  @Test
  void noFaultStrikesThePageAndNoRecordHasIt() throws IOException {
    sandbox.faults().always(Fault.reset());
    assertThat(get("api/state")).containsEntry("requests", 0.0);
    assertThat(sandbox.requestCount()).isZero();
  }
}
