package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of names that are one in Java, and of text that Java and Javadoc read otherwise. */
class NamesAndTextsTest {
  @TempDir static Path temp;
  private static GeneratedClient client;

  @BeforeAll
  static void generateAndCompile() throws Exception {
    client = new GeneratedClient("/collisions.yaml", temp);
  }

  @AfterAll
  static void close() throws IOException {
    client.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FooBar | {\"a\":\"*/\"}",
        "FooBar2 | {\"b\":\"b\",\"other\":{\"a\":\"a\"}}",
        "Foobar3 | {\"c\":\"c\"}",
        "Twins | {\"is_on\":\"t\",\"isOn\":true,\"is-on\":3,\"x\":\"1\",\"X\":null,"
            + "\"xPresent\":\"2\",\"XPresent\":\"3\",\"_id\":\"4\",\"id\":null,\"@id\":\"5\","
            + "\"id_present\":\"6\",\"url\":[\"7\"],\"URL\":[\"8\"],\"additional_properties\":\"9\","
            + "\"id-present\":\"10\"}",
        "Parent | {\"kind\":\"a\\\"b\",\"a_b\":\"1\",\"narrow\":\"n\",\"aB\":2,\"a-b\":\"3\"}",
        "Parent | {\"kind\":\"new\",\"a_b\":\"1\"}",
        "Types | {\"file\":{\"f\":\"1\"},\"date\":{\"d\":\"2\"},\"sets\":[{\"s\":\"3\"}],"
            + "\"uri\":{\"u\":\"4\"},\"none\":\"\"}",
        "Aliases | {\"reason\":\"late\",\"reasons\":[\"early\",\"new\"],\"step\":-1,\"count\":5000000000,"
            + "\"list\":[\"t\"],\"flag\":\"true\",\"flags\":[\"no\"],\"time\":\"now\",\"strange\":\"late\"}",
        "Flat | {\"kind\":\"new\",\"r\":1}",
        "Statement | {\"type\":\"GROUP\",\"g\":\"1\"}",
        "MediaType | \"*/*\"",
        "MediaType | \"a\\\\b\"",
        "MediaType | \"a\\n\\tb\"",
        "MediaType | \"new\"",
      })
  void itComesBackAsItWas(String model, String json) throws Exception {
    JsonAdapter<Object> adapter = client.adapter(model);

    assertThat(adapter.toJson(adapter.fromJson(json))).isEqualTo(json);
  }

  @Test
  void namesThatHoldQuotesAndBackslashesComeBackAsTheyWere() throws Exception {
    String json =
        "{\"a\\\"b\":\"1\",\"a\\\\b\":\"2\",\"a\\nb\":null,\"*/\":\"4\",\"a\\\\u002a/\":\"5\","
            + "\"a}{@b\":null,\"kind\":\"image/*\",\"default\":\"d\",\"texts\":[],"
            + "\"nested\":[[3]],\"objects\":[],\"none\":[],\"medium\":\"a\\\"b\"}";
    JsonAdapter<Object> adapter = client.adapter("Texts");

    assertThat(adapter.toJson(adapter.fromJson(json))).isEqualTo(json);
  }

  @Test
  void defaultsAreWhatTheDocumentSays() throws Exception {
    assertThat(client.shown("Texts", "{\"a\\\"b\":\"\",\"a\\\\b\":\"\",\"a\\nb\":null}"))
        .endsWith(
            ", default=*/* \"a\\b\n\t, texts=[a\", \"b, */*, \n], nested=[[1, 2], []],"
                + " objects=[FooBar{a=*/}, FooBar{a=\"}], none=[], medium=IMAGE/*}");
  }

  @Test
  void whatIsNoObjectIsWhatItExtends() throws Exception {
    Class<?> type = client.model("Aliases");

    assertThat(type.getMethod("getReason").getReturnType())
        .isEqualTo(client.model("ReasonAlias"))
        .satisfies(reason -> assertThat(reason.getField("LATE").get(null)).hasToString("late"));
    assertThat(type.getMethod("getStep").getReturnType().getField("NUMBER_MINUS_1").get(null))
        .hasToString("-1");
    assertThat(type.getMethod("getCount").getReturnType()).isEqualTo(Long.class);
    assertThat(type.getMethod("getList").getReturnType()).isEqualTo(List.class);
  }

  @Test
  void aDefaultThatIsNoValueOfItsEnumStaysAndOneThatIsNoTextIsIgnored() throws Exception {
    assertThat(client.shown("Aliases", "{}"))
        .contains("strange=a''")
        .doesNotContainPattern("\\b(?!strange)\\w+=(?!null)");
  }

  @ParameterizedTest
  @CsvSource({"Flat, round, Round", "Flat, square, Square"})
  void aDiscriminatorWithoutAMappingMeansTheOnlyValueOfEachAlternative(
      String union, String kind, String alternative) throws Exception {
    Object shape = client.adapter(union).fromJson("{\"kind\":\"" + kind + "\"}");

    assertThat(shape.getClass().getMethod("getValue").invoke(shape))
        .isInstanceOf(client.model(alternative));
  }

  @Test
  void aUnionOfUnionsIsTheOneThatFits() throws Exception {
    Object shape = client.adapter("AnyShape").fromJson("{\"kind\":\"deep\",\"z\":1}");

    assertThat(shape.getClass().getMethod("getValue").invoke(shape))
        .isInstanceOf(client.model("Solid"));
  }

  @Test
  void aFormWithoutFieldsIsNoBody() throws Exception {
    assertThat(client.api("EmptyApi").getMethods())
        .singleElement()
        .satisfies(call -> assertThat(call.getParameterCount()).isZero());
  }

  @Test
  void anEnumHasAConstantForEachValue() throws Exception {
    Class<?> type = client.model("MediaType");

    assertThat(Stream.of(type.getFields()).map(NamesAndTextsTest::valueOf))
        .extracting(Object::toString)
        .containsExactly("*/*", "image/*", "a\"b", "a\\b", "a\n\tb", "image_*", "IMAGE/*", "known");
  }

  private static Object valueOf(java.lang.reflect.Field constant) {
    try {
      return constant.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theLaterOfTwoNamesHasANumber() throws Exception {
    assertThat(List.of("getIsOn", "isOn2", "getIsOn3", "getX", "getX2", "hasX2"))
        .allSatisfy(getter -> assertThat(client.model("Twins").getMethod(getter)).isNotNull());
    assertThat(client.model("Child").getMethod("getaB").getDeclaringClass())
        .isEqualTo(client.model("Parent"));
    assertThat(client.model("Child").getMethod("getaB2").getReturnType()).isEqualTo(int.class);
  }

  @Test
  void aCallOfATagThatDiffersInCaseSendsTheNamesOfTheDocument() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.enqueue(new MockResponse().setBody("{\"a\":\"answer\"}"));
      Object answer =
          client
              .call(
                  server.url("/"), "Petstore2Api", "getPet", "1", "2", "q", "b", "u", "h", "c{@=1")
              .body();

      assertThat(client.adapter("FooBar").toJson(answer)).isEqualTo("{\"a\":\"answer\"}");
      assertThat(server.takeRequest().getRequestUrl())
          .hasToString(server.url("/pets/1/2?a%22b=q&a%5Cb=b&a_b=u").toString());
    }
  }

  @Test
  void aPropertyRetypedBeyondWhatItsParentHoldsEndsTheGenerationWithASentence(@TempDir Path folder)
      throws IOException {
    Path spec =
        Generation.schemas(
            folder,
            "    Old: {type: object, required: [kind], discriminator: {propertyName: kind},\n"
                + "      properties: {kind: {type: string}, size: {type: string}}}\n"
                + "    Young: {allOf: [{$ref: '#/components/schemas/Old'},"
                + " {type: object, properties: {size: {type: boolean}}}]}\n");

    assertThatThrownBy(() -> Generation.runStrictly(spec, folder.resolve("out")))
        .hasMessage(
            "spec.yaml#/components/schemas/Old/properties/size: not supported: \"size\" has another"
                + " type at spec.yaml#/components/schemas/Young/allOf/1/properties/size, which extends"
                + " this. Give both one type.");
  }

  @Test
  void aParameterThatIsNowhereInTheDocumentEndsTheGenerationAndIsNamed(@TempDir Path folder)
      throws IOException {
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(
        spec,
        "openapi: 3.0.3\n"
            + "info: {title: t, version: '1'}\n"
            + "paths:\n"
            + "  /a:\n"
            + "    get:\n"
            + "      tags: [Culprit]\n"
            + "      operationId: call\n"
            + "      parameters: [{$ref: '#/components/parameters/missing'}]\n"
            + "      responses: {'200': {description: ok}}\n");

    assertThatThrownBy(() -> Generation.runStrictly(spec, folder.resolve("out")))
        .hasMessage(
            "spec.yaml#/paths/~1a/get/parameters/0: not supported: #/components/parameters/missing"
                + " leads nowhere. Correct the reference.");
  }
}
