package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retrofit2.Response;

/** What documents say in practice. */
class IdiomsTest {
  @TempDir static Path temp;
  private static GeneratedClient client;

  private final MockWebServer server = new MockWebServer();

  @BeforeAll
  static void generateAndCompile() throws Exception {
    client = new GeneratedClient("/idioms.yaml", temp);
  }

  @AfterAll
  static void closeClient() throws Exception {
    client.close();
  }

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void aBodyAndAnAnswerThatAreNoModelsAreWhatPropertiesOfTheirTypeWouldBe() throws Exception {
    server.enqueue(new MockResponse().setBody("[1.10,9007199254740993]"));
    Map<String, BigDecimal> body = Collections.singletonMap("none", null);

    Response<?> response = client.call(server.url("/"), "AnyApi", "decimals", body);

    assertThat(response.body())
        .isEqualTo(Arrays.asList(new BigDecimal("1.10"), new BigDecimal("9007199254740993")));
    assertThat(server.takeRequest().getBody().readUtf8()).isEqualTo("{\"none\":null}");
  }

  @Test
  void freeJsonKeepsAllDigits() throws Exception {
    server.enqueue(new MockResponse().setBody("{\"id\":9007199254740993,\"none\":null}"));

    Object body = client.call(server.url("/"), "AnyApi", "free", List.of(1.5)).body();

    assertThat(body.toString()).isEqualTo("{id=9007199254740993, none=null}");
    assertThat(server.takeRequest().getBody().readUtf8()).isEqualTo("[1.5]");
  }

  @Test
  void anAnswerThatIsANumberKeepsItsDigits() throws Exception {
    server.enqueue(new MockResponse().setBody("1.10"));

    assertThat(client.call(server.url("/"), "AnyApi", "decimal").body())
        .isEqualTo(new BigDecimal("1.10"));
  }

  @Test
  void anExponentThatIsNoIntIsToldWithItsPath() {
    server.enqueue(new MockResponse().setBody("[1,1e99999999999]"));

    assertThatThrownBy(
            () -> client.call(server.url("/"), "AnyApi", "decimals", Map.of("a", BigDecimal.ONE)))
        .hasStackTraceContaining("1e99999999999 at path $[1]");
  }

  @Test
  void anArrayOfModelsIsReadByTheirAdapter() throws Exception {
    server.enqueue(new MockResponse().setBody("[{\"java\":\"8\"}]"));

    List<?> body = (List<?>) client.call(server.url("/"), "AnyApi", "types").body();

    assertThat(body.get(0)).isInstanceOf(client.model("Type"));
  }

  @Test
  void aSchemaMayBeCalledLikeATypeThatTheFactoryUses() throws Exception {
    for (String model : new String[] {"Type", "Annotation"}) {
      assertThat(client.again(model, "{\"java\":\"8\"}")).isEqualTo("{\"java\":\"8\"}");
    }
    assertThat(client.again("Value", "{\"a\":\"8\"}")).isEqualTo("{\"a\":\"8\"}");
  }

  @Test
  void operationsMayBeCalledInChineseOrLikeAMethodOfObjectAndTrace() throws Exception {
    for (String[] call :
        new String[][] {
          {"AnyApi", "traced", "TRACE /trace HTTP/1.1"},
          {"AnyApi", "callNotify", "GET /notify HTTP/1.1"},
          {"直播Api", "查询", "GET /chinese HTTP/1.1"},
          {"房间Api", "查询房间", "GET /chinese2 HTTP/1.1"},
        }) {
      server.enqueue(new MockResponse().setResponseCode(204));
      client.call(server.url("/"), call[0], call[1]);
      assertThat(server.takeRequest().getRequestLine()).isEqualTo(call[2]);
    }
  }

  @Test
  void aParameterMayBeCalledCookieAndSpacesSeparateOnlyWhatIsNotExploded() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(204));

    client.call(server.url("/"), "AnyApi", "cookies", "c", List.of(1L, 2L), "sid=1");

    RecordedRequest request = server.takeRequest();
    assertThat(request.getRequestLine())
        .isEqualTo("GET /cookie?cookie=c&spaced=1&spaced=2 HTTP/1.1");
    assertThat(request.getHeader("Cookie")).isEqualTo("sid=1");
  }

  @Test
  void anArrayInAFormIsEncodedAsTheDocumentSays() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(204));
    List<String> values = List.of("a", "b");

    client.call(
        server.url("/"),
        "AnyApi",
        "form",
        values,
        client.separated("csv", values),
        client.separated("pipes", values));

    assertThat(server.takeRequest().getBody().readUtf8())
        .isEqualTo("each=a&each=b&joined=a%2Cb&piped=a%7Cb");
  }

  @Test
  void enumsOfDoublesAndFloatsComeBackAsTheyWere() throws Exception {
    for (String model : new String[] {"Double1", "Float1"}) {
      assertThat(client.again(model, "0.1")).isEqualTo("0.1");
      assertThat(client.again(model, "9.7")).isEqualTo("9.7");
      assertThat(client.adapter(model).fromJson("9.7"))
          .isEqualTo(client.adapter(model).fromJson("9.7"))
          .hasSameHashCodeAs(client.adapter(model).fromJson("9.7"));
    }
  }

  @Test
  void defaultsThatAreNumbersAreWhatTheDocumentSays() throws Exception {
    assertThat(client.shown("Defaults", "{}"))
        .isEqualTo(
            "Defaults{level=2, share=0.1, whole=1, longs=[1, 5000000000], doubles=[1.0, 2.5]}");
  }

  @Test
  void anAlternativeOfNumbersTakesNoTextsAndOneOfTextsNoNumbers() throws Exception {
    for (String json :
        new String[] {
          "{\"a\":\"1\"}", "{\"a\":1}", "{\"list\":[\"1\"]}", "{\"list\":[1]}", "{\"a\":true}"
        }) {
      assertThat(client.again("NumbersOrTexts", json)).isEqualTo(json);
      assertThat(client.again("TextsOrNumbers", json)).isEqualTo(json);
    }
    for (String json : new String[] {"[1]", "[\"1\"]", "[1,\"1\"]"}) {
      assertThat(client.again("Lists", json)).isEqualTo(json);
    }
  }

  @Test
  void aNumberBeyondEveryDoubleFitsNoDouble() throws Exception {
    assertThat(client.again("DoubleOrText", "1E+400")).isEqualTo("1E+400");
  }
}
