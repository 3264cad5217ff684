package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Heard;
import io.github.bililive.ServerTestCase;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.MockResponse;
import okio.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the server answers ends in the data or in an error that says what came. */
class AnswersTest extends ServerTestCase {
  private static final String HTML =
      "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>nginx</body></html>\n";

  private BiliLiveClient client;

  @BeforeEach
  void openClient() {
    // A connection for each call: on one that is kept, MockWebServer's answers wait some 40 ms for
    // the acknowledgement of their headers.
    ConnectionPool none = new ConnectionPool(0, 1, TimeUnit.SECONDS);
    client = open(builder().okHttpClient(new OkHttpClient.Builder().connectionPool(none).build()));
  }

  @Test
  void aStartAnswersWithIdAuthBodyAndLinks() throws Exception {
    StartedConnection started = start(started("hush"));

    assertThat(started.getConnId()).isEqualTo("c1");
    assertThat(started.getAuthBody()).isEqualTo("hush");
    assertThat(started.getWssLinks()).containsExactly("wss://one/sub", "wss://two/sub");
  }

  @Test
  void aStartNeedsNeitherMessageNorRequestIdNorLinksAndSkipsWhatItDoesNotKnow() throws Exception {
    StartedConnection started =
        start(
            json(
                "{\"new\":[{}],\"code\":0,\"data\":{\"conn_id\":\"c1\",\"more\":1,\"websocket_info\":"
                    + "{\"auth_body\":\"hush\",\"wss_link\":null}}}"));

    assertThat(started.getConnId()).isEqualTo("c1");
    assertThat(started.getWssLinks()).isEmpty();
    assertThat(
            start(
                    json(
                        "{\"code\":0,\"data\":{\"conn_id\":\"c1\",\"websocket_info\":"
                            + "{\"auth_body\":\"hush\"}}}"))
                .getWssLinks())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"code\":0,\"data\":null}|Required value 'data' missing at $",
        "{\"code\":0}|Required value 'data' missing at $",
        "{\"code\":0,\"data\":{}}|Required value 'conn_id' missing at $.data",
        "{\"code\":0,\"data\":{\"conn_id\":null,\"websocket_info\":{\"auth_body\":\"a\"}}}|Required"
            + " value 'conn_id' missing at $.data",
        "{\"code\":0,\"data\":{\"conn_id\":\"\",\"websocket_info\":{\"auth_body\":\"a\"}}}|Required"
            + " value 'conn_id' is empty at $.data",
        "{\"code\":0,\"data\":{\"conn_id\":\"c1\"}}|Required value 'websocket_info' missing at"
            + " $.data",
        "{\"code\":0,\"data\":{\"conn_id\":\"c1\",\"websocket_info\":null}}|Required value"
            + " 'websocket_info' missing at $.data",
        "{\"code\":0,\"data\":{\"conn_id\":\"c1\",\"websocket_info\":{}}}|Required value"
            + " 'auth_body' missing at $.data.websocket_info",
        "{\"code\":0,\"data\":{\"conn_id\":\"c1\",\"websocket_info\":{\"auth_body\":null}}}|Required"
            + " value 'auth_body' missing at $.data.websocket_info",
      })
  void aStartWithoutWhatItMustHaveNamesTheFieldAndItsPlace(String body, String problem) {
    InvalidResponseException error = startNotUnderstood(json(body));

    assertThat(error).hasMessageStartingWith("start: answer not understood: " + problem);
    assertThat(error)
        .hasMessageContaining(
            "; HTTP 200 (success, but not with the platform's JSON), application/json; charset=utf-8, body");
    assertThat(error.getHttpStatus()).isEqualTo(200);
    assertThat(error.getOperation()).isEqualTo("start");
    assertThat(error.getRemedy()).isEqualTo(Remedy.RETRY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":0,\"data\":\"\"}",
        "{\"code\":0,\"data\":[]}",
        "{\"code\":0,\"data\":7}",
        "{\"code\":0,\"data\":{\"conn_id\":{},\"websocket_info\":{\"auth_body\":\"a\"}}}",
        "{\"code\":0,\"data\":{\"conn_id\":\"c1\",\"websocket_info\":[]}}",
        "{\"code\":0,\"data\":{\"conn_id\":\"c1\",\"websocket_info\":{\"auth_body\":[]}}}",
        "{\"code\":0,\"data\":{\"conn_id\":\"c1\",\"websocket_info\":{\"auth_body\":\"a\",\"wss_link\":"
            + "\"wss://one\"}}}",
      })
  void aStartWhoseDataHasAnotherShapeNamesThePlace(String body) {
    assertThat(startNotUnderstood(json(body))).hasMessageContaining("$.data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "\"text\"",
        "{",
        "{\"code\"",
        "{\"code\":0",
        "{\"code\":0,\"data\":{\"conn_id\":\"c1\",\"websocket_info\":{\"auth_body\":\"a",
        "{}",
        "{\"message\":\"0\"}",
        "{\"code\":null,\"data\":{}}",
        "{\"code\":\"none\"}",
        "{\"code\":{}}",
        "{\"code\":12345678901}",
        "not json",
        HTML,
      })
  void whatIsNoEnvelopeIsNotUnderstoodByAnyCall(String body) {
    String problem =
        "answer not understood: it is not the platform's JSON; HTTP 200 (success, but not with the platform's JSON), ";

    assertThat(startNotUnderstood(json(body))).hasMessageStartingWith("start: " + problem);
    assertThat(heartbeatNotUnderstood(json(body))).hasMessageStartingWith("heartbeat: " + problem);
    assertThat(batchNotUnderstood(json(body))).hasMessageStartingWith("batchHeartbeat: " + problem);
  }

  @Test
  void anHtmlPageInPlaceOfTheApiIsShownFromItsBeginningOnOneLine() {
    InvalidResponseException error = startNotUnderstood(page(200, HTML));

    assertThat(error)
        .hasMessage(
            "start: answer not understood: it is not the platform's JSON; HTTP 200 (success, but"
                + " not with the platform's JSON), text/html,"
                + " body begins «<html> <head><title>502 Bad Gateway</title></head>"
                + " <body>nginx</body></html>»; try again; check: whether a proxy or a login page"
                + " answers in the platform's place, and the base URL");
    assertThat(error.getContentType()).isEqualTo("text/html");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 412, 429, 500, 502, 504})
  void aGatewaysErrorPageIsAnHttpError(int status) {
    InvalidResponseException error = startNotUnderstood(page(status, HTML));

    assertThat(error)
        .hasMessageStartingWith(
            "start: answer not understood: it has an HTTP error's status; HTTP " + status + " (")
        .hasMessageContaining("), text/html, body begins «<html> <head>");
    assertThat(error.getHttpStatus()).isEqualTo(status);
    assertThat(heartbeatNotUnderstood(page(status, HTML)).getHttpStatus()).isEqualTo(status);
    assertThat(batchNotUnderstood(page(status, HTML)).getHttpStatus()).isEqualTo(status);
  }

  @Test
  void anEmptyAnswerSaysThatItIsEmpty() {
    assertThat(startNotUnderstood(new MockResponse()))
        .hasMessage(
            "start: answer not understood: it is not the platform's JSON; HTTP 200 (success, but"
                + " not with the platform's JSON), no Content-Type, empty body; try again; check:"
                + " whether a proxy or a login page answers in the platform's place, and the base"
                + " URL");
    assertThat(startNotUnderstood(new MockResponse().setResponseCode(204).clearHeaders()))
        .hasMessageContaining(
            "HTTP 204 (success, but not with the platform's JSON), no Content-Type, empty body");
    assertThat(heartbeatNotUnderstood(new MockResponse().setResponseCode(204).clearHeaders()))
        .hasMessageContaining(
            "HTTP 204 (success, but not with the platform's JSON), no Content-Type, empty body");
    assertThat(startNotUnderstood(new MockResponse().setResponseCode(500)))
        .hasMessageContaining(
            "it has an HTTP error's status; HTTP 500 (the gateway, or the service behind it, failed), no Content-Type, empty");
  }

  @Test
  void garbageIsShownWithoutControlCharacters() {
    byte[] garbage = {0, 1, 2, 0x1f, (byte) 0xff, (byte) 0xfe, '<', 0x7f, '>', (byte) 0xc3, 0x28};
    MockResponse response = json("").setBody(new Buffer().write(garbage));

    assertThat(startNotUnderstood(response).getBodyStart()).contains("<").matches("[^\\p{Cntrl}]*");
  }

  @Test
  void onlyTheFirst200CharactersOfALongAnswerAreShown() {
    InvalidResponseException error = startNotUnderstood(json("x".repeat(5_000)));

    assertThat(error.getBodyStart()).isEqualTo("x".repeat(200) + "…");
  }

  @Test
  void anAnswerOfMoreThanAMebibyteIsGivenUp() {
    MockResponse endless = json("x".repeat((1 << 20) + 1));

    assertThat(startNotUnderstood(endless))
        .hasMessageStartingWith(
            "start: answer not understood: it is longer than 1048576 bytes; HTTP 200 (success,"
                + " but not with the platform's JSON), application/json; charset=utf-8, ")
        .hasMessageContaining("body begins «x")
        .hasMessageNotContaining("empty body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"code\":0,\"data\":{\"conn_id\":%s}}", "{\"code\":\"%s\"}", "%s"})
  void anAnswerWithANumberWithoutEndIsGivenUpBeforeItIsRead(String body) {
    server.enqueue(json(String.format(body, "9".repeat(400_000))));

    assertThat(catchThrowableOfType(InvalidResponseException.class, client::start))
        .hasMessageContaining("it holds a number of more than 400 digits");
  }

  @Test
  void anAnswerOfAMebibyteIsRead() throws Exception {
    String padded = SUCCESS + " ".repeat((1 << 20) - SUCCESS.length());

    heartbeat(json(padded));
  }

  @Test
  void anErrorOfHttpWithThePlatformsEnvelopeIsThePlatformsRefusal() {
    PlatformException error =
        startRefused(json("{\"code\":5001,\"message\":\"超时\"}").setResponseCode(500));

    assertThat(error)
        .hasMessage(
            "start refused by the platform: 5001 timeout inside the platform («超时»); try again; check: with the platform's support, if it goes on");
    assertThat(error.getRemedy()).isEqualTo(Remedy.RETRY);
  }

  @Test
  void anErrorOfHttpThatClaimsSuccessIsAnHttpError() {
    assertThat(startNotUnderstood(started("hush").setResponseCode(500)))
        .hasMessageContaining("it has an HTTP error's status; HTTP 500");
    assertThat(heartbeatNotUnderstood(json(SUCCESS).setResponseCode(502)))
        .hasMessageContaining("it has an HTTP error's status; HTTP 502");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"data\":null",
        ",\"data\":\"\"",
        ",\"data\":[]",
        ",\"data\":{}",
        ",\"data\":7",
        ",\"data\":{\"websocket_info\":[]}",
        ",\"data\":{\"failed_conn_ids\":\"\"}",
        ",\"ttl\":\"x\"",
      })
  void aRefusalIsUnderstoodWhateverItsDataLooksLike(String data) {
    String body = "{\"code\":7001,\"message\":\"冷却期\",\"request_id\":\"r-1\"" + data + "}";

    for (PlatformException error :
        List.of(startRefused(json(body)), heartbeatRefused(json(body)), batchRefused(json(body)))) {
      assertThat(error.getCode()).isEqualTo(7001);
      assertThat(error.getPlatformMessage()).isEqualTo("冷却期");
      assertThat(error.getRequestId()).isEqualTo("r-1");
      assertThat(error.getRemedy()).isEqualTo(Remedy.WAIT);
      assertThat(error.getRetryAfterMillis()).isEqualTo(10_000);
    }
  }

  @Test
  void aRefusalNeedsNoMessageAndNoRequestId() {
    for (String rest : List.of("", ",\"message\":null,\"request_id\":null")) {
      PlatformException error = startRefused(json("{\"code\":4002" + rest + "}"));

      assertThat(error)
          .hasMessageStartingWith(
              "start refused by the platform: 4002 signature wrong; trying again will not help"
                  + " until this is put right; check: that the app secret belongs to this client_id");
      assertThat(error.getPlatformMessage()).isEmpty();
      assertThat(error.getRequestId()).isNull();
      assertThat(error.getRemedy()).isEqualTo(Remedy.GIVE_UP);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-101, 1, 4014, 99_999, Integer.MAX_VALUE})
  void aCodeThatIsNotInTheTableIsKeptAsItsNumber(int code) {
    PlatformException error = heartbeatRefused(json("{\"code\":" + code + ",\"message\":\"m\"}"));

    assertThat(error.getCode()).isEqualTo(code);
    assertThat(error.getKnownCode()).isNull();
    assertThat(error)
        .hasMessage(
            "heartbeat refused by the platform: "
                + code
                + " («m»); the code is not known to this SDK; try again; check: with the platform's"
                + " support what it means");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"data\":null",
        ",\"data\":{}",
        ",\"data\":[]",
        ",\"data\":\"\"",
        ",\"data\":7"
      })
  void aHeartbeatSucceedsWhateverItsDataLooksLike(String data) throws Exception {
    heartbeat(json("{\"code\":0,\"message\":\"0\"" + data + "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"data\":null",
        ",\"data\":{}",
        ",\"data\":{\"failed_conn_ids\":null}",
        ",\"data\":{\"failed_conn_ids\":[]}",
      })
  void aBatchWithoutFailedIdsHasNone(String data) throws Exception {
    assertThat(batch(json("{\"code\":0" + data + "}"))).isEmpty();
  }

  @Test
  void aBatchAnswersWithTheIdsThatFailed() throws Exception {
    assertThat(batch(json("{\"code\":0,\"data\":{\"failed_conn_ids\":[\"c2\"]}}")))
        .containsExactly("c2");
    assertThat(batch(json("{\"code\":0,\"data\":{\"failed_conn_ids\":[\"c2\",\"c1\",\"c2\"]}}")))
        .containsExactlyInAnyOrder("c1", "c2");
  }

  @Test
  void idsThatWereNotSentAreNotAmongThoseThatFailed() throws Exception {
    assertThat(batch(json("{\"code\":0,\"data\":{\"failed_conn_ids\":[\"other\",\"c2\",\"\"]}}")))
        .containsExactly("c2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "\"\"", "7", "{\"failed_conn_ids\":{}}", "{\"failed_conn_ids\":\"c1\"}"})
  void aBatchWhoseDataCannotBeReadIsNotTakenForSuccess(String data) {
    assertThat(batchNotUnderstood(json("{\"code\":0,\"data\":" + data + "}")))
        .hasMessageContaining("$.data");
  }

  private StartedConnection start(MockResponse response) throws Exception {
    enqueueTwice(response);
    Heard<StartedConnection> heard = new Heard<>();
    StartedConnection started = client.start();
    client.start(heard);
    StartedConnection other = heard.await();
    assertThat(other).usingRecursiveComparison().isEqualTo(started);
    return started;
  }

  private void heartbeat(MockResponse response) throws Exception {
    enqueueTwice(response);
    Heard<Void> heard = new Heard<>();
    client.heartbeat("c1");
    client.heartbeat("c1", heard);
    assertThat(heard.await()).isNull();
  }

  private Set<String> batch(MockResponse response) throws Exception {
    enqueueTwice(response);
    Heard<Set<String>> heard = new Heard<>();
    Set<String> failed = client.batchHeartbeat(List.of("c1", "c2"));
    client.batchHeartbeat(List.of("c1", "c2"), heard);
    assertThat(heard.await()).isEqualTo(failed);
    return failed;
  }

  private InvalidResponseException startNotUnderstood(MockResponse response) {
    return startFails(response, InvalidResponseException.class);
  }

  private PlatformException startRefused(MockResponse response) {
    return startFails(response, PlatformException.class);
  }

  private InvalidResponseException heartbeatNotUnderstood(MockResponse response) {
    return heartbeatFails(response, InvalidResponseException.class);
  }

  private PlatformException heartbeatRefused(MockResponse response) {
    return heartbeatFails(response, PlatformException.class);
  }

  private InvalidResponseException batchNotUnderstood(MockResponse response) {
    return batchFails(response, InvalidResponseException.class);
  }

  private PlatformException batchRefused(MockResponse response) {
    return batchFails(response, PlatformException.class);
  }

  private <E extends BiliLiveException> E startFails(MockResponse response, Class<E> type) {
    Heard<StartedConnection> heard = new Heard<>();
    return bothFail(response, type, client::start, () -> client.start(heard), heard);
  }

  private <E extends BiliLiveException> E heartbeatFails(MockResponse response, Class<E> type) {
    Heard<Void> heard = new Heard<>();
    return bothFail(
        response, type, () -> client.heartbeat("c1"), () -> client.heartbeat("c1", heard), heard);
  }

  private <E extends BiliLiveException> E batchFails(MockResponse response, Class<E> type) {
    Heard<Set<String>> heard = new Heard<>();
    List<String> connIds = List.of("c1", "c2");
    return bothFail(
        response,
        type,
        () -> client.batchHeartbeat(connIds),
        () -> client.batchHeartbeat(connIds, heard),
        heard);
  }

  private interface Blocking {
    void call() throws BiliLiveException;
  }

  /** Calls in both ways, which must fail in the same way. */
  private <E extends BiliLiveException> E bothFail(
      MockResponse response, Class<E> type, Blocking blocking, Runnable begin, Heard<?> heard) {
    enqueueTwice(response);
    E error = catchThrowableOfType(type, blocking::call);
    begin.run();
    E other = catchThrowableOfType(type, heard::await);
    assertThat(error).isNotNull();
    assertThat(other).isNotNull();
    assertThat(withoutNonce(other.getMessage())).isEqualTo(withoutNonce(error.getMessage()));
    assertThat(heard.times()).isEqualTo(1);
    return error;
  }

  /** What was signed is shown, and differs from request to request. */
  private static String withoutNonce(String message) {
    return message.replaceAll("(nonce:|timestamp:)[0-9a-f-]+", "$1");
  }

  private void enqueueTwice(MockResponse response) {
    server.enqueue(response);
    server.enqueue(response);
  }

  private static MockResponse page(int status, String html) {
    return new MockResponse()
        .setResponseCode(status)
        .setHeader("Content-Type", "text/html")
        .setBody(html);
  }
}
