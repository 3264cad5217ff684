package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonDataException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What documents say in practice and OpenAPI Generator drops or gets wrong. */
class CodegenIdiomsTest {
  @TempDir static Path temp;
  private static GeneratedClient client;

  @BeforeAll
  static void generateAndCompile() throws Exception {
    client = new GeneratedClient("/codegen-idioms.yaml", temp);
  }

  @AfterAll
  static void close() throws Exception {
    client.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Alias | {\"kind\":\"Circle\",\"radius\":1}",
        "Alias | {\"kind\":\"Square\",\"side\":2}",
        "Alias | {\"kind\":\"new\",\"n\":3}",
        "Aliases | {\"shape\":{\"kind\":\"Square\",\"side\":2},\"color\":\"new\",\"colors\":[\"red\",\"new\"]}",
        "RequiredPart | {\"id\":1,\"name\":\"n\"}",
        "RequiredBeside | {\"id\":1,\"name\":\"n\",\"own\":\"o\"}",
        "Beside | {\"id\":1,\"kind\":\"Circle\",\"radius\":1}",
        "Beside | {\"id\":1,\"kind\":\"Square\",\"side\":2}",
        "BesideAll | {\"id\":1,\"kind\":\"Square\",\"side\":2}",
        "OpenPart | {\"a\":\"1\",\"b\":\"2\",\"c\":{\"d\":null}}",
        "OpenBeside | {\"id\":1,\"own\":\"o\",\"c\":3}",
        "Emoji | {\"😀\":\"1\",\"x😀y\":2,\"名\":\"3\"}",
      })
  void itComesBackAsItWas(String model, String json) throws Exception {
    assertThat(client.again(model, json)).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RequiredPart | {\"id\":1} | name",
        "RequiredBeside | {\"id\":1,\"own\":\"o\"} | name",
        "RequiredBeside | {\"id\":1,\"name\":\"n\"} | own",
        "RequiredBeside | {\"name\":\"n\",\"own\":\"o\"} | id",
        "Beside | {\"kind\":\"Circle\",\"radius\":1} | id",
        "BesideAll | {\"kind\":\"Circle\",\"radius\":1} | id",
      })
  void whatASchemaRequiresOfAnotherMustBeThere(String model, String json, String missing) {
    assertThatThrownBy(() -> client.again(model, json))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Required value '" + missing + "' missing at $");
  }

  @Test
  void defaultsKeepAllDigitsAndNameTheRightConstants() throws Exception {
    assertThat(client.shown("Defaults", "{}"))
        .isEqualTo(
            "Defaults{beyond=5000000000, most=9223372036854775807, least=-9223372036854775808,"
                + " digits=123456789012345678901234567890.5, whole=123456789012345678901234567891,"
                + " longs=[0, 4294967296], letters=[A, a], floats=[1.0, 2.5]}");
  }

  @Test
  void anArrayOfUnionsIsRepeatedAndPartsOfAPathMayHaveAnyName() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.enqueue(new MockResponse().setResponseCode(204));
      Class<?> id = client.model("RoomIdsParameterInner");
      Method text = id.getMethod("of", String.class);
      Method number = id.getMethod("of", Long.class);

      client.call(
          server.url("/"),
          "RoomsApi",
          "room",
          "1",
          "2",
          "3",
          "4",
          List.of(text.invoke(null, "a"), number.invoke(null, 5L)));

      assertThat(server.takeRequest().getRequestLine())
          .isEqualTo("GET /rooms/1/2/3?%F0%9F%98%80=4&ids=a&ids=5 HTTP/1.1");
    }
  }

  @Test
  void aJsonBodyWithoutASchemaIsAnyJson() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.enqueue(new MockResponse().setResponseCode(204));

      client.call(server.url("/"), "RoomsApi", "any", List.of(9007199254740993L, "a"));

      assertThat(server.takeRequest().getBody().readUtf8()).isEqualTo("[9007199254740993,\"a\"]");
    }
  }

  @Test
  void anIntegerWithADefaultBeyondLongIsANumberOfAnySize(@TempDir Path folder) throws Exception {
    Path spec =
        Generation.schemas(
            folder,
            "    A: {type: object, properties: {a: {type: integer, default: 18446744073709551615}}}\n");

    Generation.run(spec, folder.resolve("out"));

    assertThat(Generation.javaFiles(folder.resolve("out")).get("src/main/java/c/model/A.java"))
        .contains("BigDecimal a = new BigDecimal(\"18446744073709551615\");");
  }

  @Test
  void whatIsNoDocumentIsCalledThat(@TempDir Path folder) throws Exception {
    Path spec = Files.writeString(folder.resolve("spec.yaml"), "[");

    assertThatThrownBy(() -> Generation.run(spec, folder.resolve("out")))
        .hasMessageContaining("OpenAPI")
        .isNotInstanceOf(NullPointerException.class);
  }
}
