package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.bililive.Leaks;
import io.github.bililive.ServerTestCase;
import io.github.bililive.WireSignature;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.PlatformException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that repeats a secret does not get it into an exception. */
class EchoedSecretsTest extends ServerTestCase {
  private static final String SECRETS = ACCESS_TOKEN + " and " + APP_SECRET;

  @Test
  void inAnHtmlPage() {
    Throwable thrown = startAgainst(json("<html>You sent " + SECRETS + "</html>"));

    assertThat(thrown)
        .isInstanceOf(InvalidResponseException.class)
        .hasMessageContaining("body begins «<html>You sent ██ and ██</html>»");
  }

  @Test
  void whereTheShownBeginningOfAPageEnds() {
    for (int padding = 180; padding < 201; padding++) {
      startAgainst(json("x".repeat(padding) + SECRETS));
    }
  }

  @Test
  void inTheMessageOfARefusal() {
    Throwable thrown =
        startAgainst(json("{\"code\":127001,\"message\":\"invalid: " + SECRETS + "\"}"));

    assertThat(thrown)
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.getPlatformMessage()).isEqualTo("invalid: ██ and ██"));
  }

  @Test
  void inTheRequestIdOfARefusal() {
    assertThat(startAgainst(json("{\"code\":127001,\"request_id\":\"r " + SECRETS + "\"}")))
        .isInstanceOf(PlatformException.class);
  }

  @Test
  void inTheContentType() {
    startAgainst(json("<html>").setHeader("Content-Type", "text/html; of=" + SECRETS));
  }

  @Test
  void inTheStatusLine() {
    startAgainst(new MockResponse().setStatus("HTTP/1.1 500 " + SECRETS));
    startAgainst(new MockResponse().setStatus("HTTP/1.1 what? " + SECRETS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":\"%s\"}",
        "{\"code\":0,\"data\":\"%s\"}",
        "{\"code\":0,\"ttl\":\"%s\",\"data\":{}}",
        "{\"code\":0,\"data\":{\"conn_id\":{\"%s\":1}}}",
        "{\"code\":0,\"%s\":nonsense}",
        "{\"code\":0,\"data\":{\"conn_id\":\"c\",\"%s\":nonsense}}",
      })
  void whereTheJsonCannotBeRead(String body) {
    assertThat(startAgainst(json(body.formatted(SECRETS))))
        .isInstanceOf(InvalidResponseException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":0,\"data\":{\"websocket_info\":{\"auth_body\":\"hush",
        "{\"code\":0,\"data\":{\"websocket_info\":{\"auth_body\":\"hu\\\"sh hush\"}}}",
        "{\"code\":0,\"data\":{\"conn_id\":\"\",\"websocket_info\":{\"auth_body\":\"hush\"}}}",
        "{\"code\":0,\"data\":{\"websocket_info\":{\"auth_body\":\"hush\",\"wss_link\":7}}}",
        "<html>{\"auth_body\" : \"hush\"}</html>",
      })
  void anAuthBodyOfAnAnswerThatIsNotUnderstood(String body) {
    assertThat(startAgainst(json(body)))
        .isInstanceOf(InvalidResponseException.class)
        .hasMessageContaining("██");
  }

  @Test
  void anAuthBodyOfARefusal() {
    startAgainst(json("{\"code\":5001,\"data\":{\"websocket_info\":{\"auth_body\":\"hush\"}}}"));
    startAgainst(json("{\"code\":5001,\"message\":\"\\\"auth_body\\\":\\\"hush\\\"\"}"));
  }

  @Test
  void aSignatureThatIsRepeatedInAPage() throws Exception {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return json("<pre>Authorization: " + request.getHeader("Authorization") + "</pre>");
          }
        });

    Throwable thrown = catchThrowable(open()::start);

    RecordedRequest request = Objects.requireNonNull(server.takeRequest(60, TimeUnit.SECONDS));
    assertThat(thrown)
        .isInstanceOf(InvalidResponseException.class)
        .hasMessageContaining("Authorization: ");
    assertThat(Leaks.everythingOf(thrown))
        .doesNotContain(WireSignature.single(request, "Authorization"));
  }

  private Throwable startAgainst(MockResponse response) {
    server.enqueue(response);
    Throwable thrown = catchThrowable(open()::start);
    assertThat(thrown).isNotNull();
    Leaks.assertHidesSecrets(thrown);
    return thrown;
  }
}
