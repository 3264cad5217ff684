package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Call;
import retrofit2.http.Streaming;

/**
 * Every document of the tests is generated, all is compiled at once, and every method is called,
 * since Retrofit does not take all that compiles. Then what once compiled and was wrong.
 */
class DocumentsTest {
  @TempDir static Path temp;
  private static TestDocuments documents;
  private static MockWebServer server;

  @BeforeAll
  static void generateAndCompile() throws Exception {
    documents = new TestDocuments(temp);
    server = new MockWebServer();
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse().setResponseCode(204);
          }
        });
  }

  @AfterAll
  static void close() throws Exception {
    documents.close();
    server.close();
  }

  @Test
  void everyMethodOfEveryDocumentCanBeCalled() throws Exception {
    List<String> failures = new ArrayList<>();
    for (String document : TestDocuments.documents().keySet()) {
      for (String api : documents.apis(document)) {
        GeneratedClient client = documents.client(document.substring(2));
        Object calls = client.calls(server.url("/base/"), client.api(api));
        for (Method method : client.api(api).getMethods()) {
          try {
            ((Call<?>) method.invoke(calls, Arguments.of(method))).execute();
            assertThat(server.takeRequest().getPath()).startsWith("/base/").doesNotContain("{");
          } catch (Exception | AssertionError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            failures.add(document + ": " + method.getName() + ": " + cause);
          }
        }
      }
    }
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "enum-norway | Country | \"NO\"",
        "enum-duplicate-value | T | {\"e\":\"a\"}",
        "empty-property-name | T | {\"\":\"a\"}",
        "blank-names | T | {\" \":\"a\"}",
        "values | Text | \"010\"",
        "values | Text | \"12:30\"",
        "values | Box | {\"NO\":\"a\",\"on\":\"b\",\"1\":\"c\",\"off\":\"NO\",\"time\":\"12:30\","
            + "\"zip\":\"010\",\"day\":\"2020-01-01\",\"version\":\"1.10\",\"many\":1000,"
            + "\"list\":[\"on\",\"off\"],\"map\":{\"b\":\"a\"}}",
        "values | Shape | {\"kind\":\"yes\",\"x\":\"x\"}",
        "values | Shape | {\"kind\":\"1\",\"y\":\"y\"}",
        "allof-number-and-text | T | {\"x\":{\"any\":[1]}}",
        "allof-of-union-with-properties | W | {\"type\":\"b\",\"y\":\"y\",\"label\":\"l\"}",
        "anyof-any-or-null-31 | T | {\"result\":[1,\"a\"]}",
        "boolean-const-31 | Ok | {\"ok\":true}",
        "boolean-enum-31 | Ok | {\"ok\":true}",
        "enum-several-types | F | \"a\"",
        "ref-into-properties | B | {\"foo\":[{\"x\":\"a\"}]}",
        "schema-x-internal | Outer | {\"inner\":{\"a\":\"a\"}}",
        "type-null-property-31 | T | {\"e\":\"a\"}",
        "json-schema | Everything | {\"both\":1,\"list\":[1.5],\"all\":{\"a\":1},\"nothing\":null,"
            + "\"only\":\"o\",\"maybe\":{\"kind\":\"dog\"},\"maybes\":{\"kind\":\"cat\",\"lives\":9},"
            + "\"described\":{\"kind\":\"dog\"},\"color\":\"green\",\"pair\":[\"a\",1],\"tuple\":[[]],"
            + "\"byName\":{\"x-a\":\"b\"},\"anything\":[1],\"one\":1,\"yes\":true,\"mixed\":\"a\","
            + "\"bytes\":\"AA==\",\"part\":{\"p\":\"p\"},\"parts\":[{\"q\":\"q\"}],"
            + "\"price\":1.123456789,\"ratio\":1}",
        "json-schema | Pet | {\"kind\":\"cat\",\"lives\":9}",
        "json-schema | Open | {\"a\":\"a\",\"b\":1}",
        "json-schema | When | {\"a\":\"b\",\"b\":1,\"c\":\"c\"}",
        "json-schema | ValidationError | {\"loc\":[\"body\",0],\"msg\":\"m\",\"input\":{}}",
        "swagger2 | A | {\"e\":\"NO\",\"in\":[{\"x\":\"x\"}]}",
        "swagger2 | B | {\"ok\":true,\"bad\":[]}",
        "keywords | T | {\"channels\":\"sms\",\"object\":{\"b\":\"b\"},\"list\":[\"c\"],\"text\":\"t\"}",
        "null-only-2 | T | {\"none\":null,\"id\":null,\"when\":\"now\",\"plain\":\"p\"}",
        "discriminator-not-a-property | Source | {\"id\":\"1\",\"type\":\"tool\"}",
        "discriminator-not-a-property | Source | {\"text\":\"a\",\"type\":\"document\"}",
        "discriminator-not-a-property | Named | {\"lives\":9,\"kind\":\"Cat\"}",
        "discriminator-not-a-property | Named | {\"kind\":\"Dog\"}",
        "unsupported | BeyondLong | {\"a\":18446744073709551615}",
        "unsupported | Young | {\"kind\":\"Young\",\"size\":true}",
        "unsupported | Nowhere | {\"a\":[]}",
      })
  void itComesBackAsItWas(String document, String model, String json) throws Exception {
    assertThat(documents.client(document).again(model, json)).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource({
    "paths-root, root, /base/",
    "fixed-colon, batchGet, /base/users:batchGet",
    "fixed-colon, dbl, /base/a//b",
    "fixed-colon, root, /base/",
    "fixed-colon, dslash, /base//x",
    "fixed-colon, frag, /base/a",
    "fixed-colon, odata, /base/odata('a')",
    "fixed-colon, twice, /base/twice/a/x/a",
    "fixed-colon, undeclared, /base/undeclared/a",
    "values, on, /base/a?on=on&off=no",
  })
  void theRequestGoesWhereTheDocumentSays(String document, String call, String path)
      throws Exception {
    GeneratedClient client = documents.client(document);
    Class<?> api = client.api(documents.apis("d_" + document.replace('-', '_')).get(0));
    Method method = method(api, call);
    Object[] arguments = Arguments.of(method);
    if (document.equals("values")) {
      arguments =
          new Object[] {
            of(client, "OnOnParameter", "on"), List.of(of(client, "OnOffParameterInner", "no"))
          };
    }

    ((Call<?>) method.invoke(client.calls(server.url("/base/"), api), arguments)).execute();

    assertThat(server.takeRequest().getPath()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "fixed-colon, one, urn:isbn:1, /base/urn:isbn:1",
    "fixed-colon, one, http:evil, /base/http:evil",
    "fixed-colon, one, a/b c, /base/a%2Fb%20c",
    "paths, colon, a:b, /base/users:get/a:b",
    "paths, slashes, a:b, /base//a:b/x",
    "paths, prefixed, p://x, /base/http:%2F%2Fx",
    "paths, prefixed, p:x, /base/http:x",
  })
  void aParameterIsNeverTakenForAUrl(String document, String call, String value, String path)
      throws Exception {
    GeneratedClient client = documents.client(document);
    Class<?> api = client.api("DefaultApi");

    ((Call<?>) method(api, call).invoke(client.calls(server.url("/base/"), api), value)).execute();

    assertThat(server.takeRequest().getPath()).isEqualTo(path);
  }

  @Test
  void anAlternativeIsSentWithThePropertyThatTellsIt() throws Exception {
    GeneratedClient client = documents.client("discriminator-not-a-property");
    Class<?> tool = client.model("Tool");
    Object value = client.adapter("Tool").fromJson("{\"id\":\"1\"}");
    Object union = client.model("Source").getMethod("of", tool).invoke(null, value);

    assertThat(client.adapter("Source").toJson(union))
        .isEqualTo("{\"id\":\"1\",\"type\":\"tool\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null-only-31", "null-only-2"})
  void aBodyThatIsNullIsNone(String document) throws Exception {
    assertThat(method(documents.client(document).api("DefaultApi"), "nothing").getParameterCount())
        .isZero();
  }

  @Test
  void aCallWhosePathCannotBeSentIsLeftOut() throws Exception {
    assertThat(documents.client("fixed-colon").api("DefaultApi").getMethods())
        .extracting(Method::getName)
        .containsExactlyInAnyOrder(
            "batchGet", "one", "dbl", "root", "dslash", "frag", "odata", "twice", "undeclared");
  }

  @ParameterizedTest
  @CsvSource({
    "sse, s",
    "sse, n",
    "answers, lines",
    "answers, sendLines",
    "answers, createdOrAccepted",
    "answers, accepted",
    "answers, later",
    "swagger2, two",
    "null-only-31, either",
  })
  void aStreamAndAnAnswerOfSeveralShapesIsReadByTheCaller(String document, String call)
      throws Exception {
    Method method = method(documents.client(document).api("DefaultApi"), call);

    assertThat(method.getGenericReturnType().getTypeName())
        .isEqualTo("retrofit2.Call<okhttp3.ResponseBody>");
    assertThat(method.isAnnotationPresent(Streaming.class)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "head-with-answer, a, java.lang.Void",
    "null-only-31, nothing, java.lang.Void",
    "null-only-2, nothing, java.lang.Void",
    "swagger2, has, java.lang.Void",
    "answers, headOfSame, java.lang.Void",
    "answers, same, d_answers.model.A",
    "answers, either, d_answers.model.A",
    "answers, typed, d_answers.model.A",
  })
  void anyOtherAnswerIsRead(String document, String call, String type) throws Exception {
    assertThat(
            method(documents.client(document).api("DefaultApi"), call)
                .getGenericReturnType()
                .getTypeName())
        .isEqualTo("retrofit2.Call<" + type + ">");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "content-type-parameter | a | application/ld+json; profile=\"https://example.org/ns\"",
        "answers | typed | application/ld+json; profile=\"https://example.org/a b\"; charset=utf-8",
      })
  void aContentTypeKeepsItsParameters(String document, String call, String type) throws Exception {
    GeneratedClient client = documents.client(document);
    Class<?> api = client.api("DefaultApi");
    Method method = method(api, call);

    ((Call<?>) method.invoke(client.calls(server.url("/"), api), Arguments.of(method))).execute();

    assertThat(server.takeRequest().getHeader("Content-Type")).isEqualTo(type);
  }

  @Test
  void aNumberInATextHasNoExponent() throws Exception {
    GeneratedClient client = documents.client("texts");
    Class<?> api = client.api("DefaultApi");
    BigDecimal thousand = new BigDecimal("1E+3");
    Class<?> decimal = client.api("Decimal");
    Object large = decimal.getMethod("of", BigDecimal.class).invoke(null, thousand);
    Object small = decimal.getMethod("of", double.class).invoke(null, 1e-4);

    ((Call<?>)
            method(api, "near")
                .invoke(
                    client.calls(server.url("/base/"), api),
                    large,
                    small,
                    List.of(large, small),
                    client.separated("csv", List.of(1e-4F, 1e10, thousand, 7)),
                    of(client, "NearEitherParameter", thousand),
                    client.model("NearStepParameter").getField("NUMBER_1000_DOT_0").get(null),
                    large))
        .execute();

    RecordedRequest request = server.takeRequest();
    assertThat(request.getPath())
        .isEqualTo(
            "/base/near/1000?lat=0.00010&prices=1000&prices=0.00010"
                + "&box=0.00010%2C10000000000%2C1000%2C7&either=1000&step=1000.0");
    assertThat(request.getHeader("X-Ratio")).isEqualTo("1000");
  }

  @Test
  void anArrayOfAFormIsSentAsItsCollectionFormatSays() throws Exception {
    GeneratedClient client = documents.client("collection-formats");
    Class<?> api = client.api("DefaultApi");

    ((Call<?>)
            method(api, "send")
                .invoke(
                    client.calls(server.url("/"), api),
                    "a\tb",
                    client.separated("csv", List.of("a", "b")),
                    client.separated("pipes", List.of(1L, 2L)),
                    List.of("a", "b")))
        .execute();

    RecordedRequest request = server.takeRequest();
    assertThat(request.getPath()).isEqualTo("/a?tabs=a%09b");
    assertThat(request.getBody().readUtf8()).isEqualTo("commas=a%2Cb&pipes=1%7C2&each=a&each=b");
  }

  @Test
  void reservedCharactersOfAQueryAreSentAsTheyAreWhereTheDocumentAllowsIt() throws Exception {
    GeneratedClient client = documents.client("texts");
    Class<?> api = client.api("DefaultApi");
    Object calls = client.calls(server.url("/"), api);
    String url = "http://a/b?c=d&e=f %41";

    ((Call<?>) method(api, "find").invoke(calls, url, url)).execute();
    assertThat(server.takeRequest().getPath())
        .isEqualTo(
            "/find?url=http://a/b?c%3Dd%26e%3Df%20%41"
                + "&text=http%3A%2F%2Fa%2Fb%3Fc%3Dd%26e%3Df%20%2541");
  }

  @Test
  void anAllOfOfOneObjectIsAClass() throws Exception {
    GeneratedClient client = documents.client("unsupported");

    assertThat(client.model("HoldsEmpty").getMethod("getEmpty").getReturnType())
        .isEqualTo(client.model("Empty"));
  }

  private static Object of(GeneratedClient client, String type, Object value) throws Exception {
    return client.model(type).getMethod("of", value.getClass()).invoke(null, value);
  }

  private static Method method(Class<?> api, String name) {
    return Stream.of(api.getMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
