package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the templates make of a spec that uses every type they know, and of what they do not. */
class TemplatesTest {
  private static final String REQUIRED =
      "\"int\":-1,\"long\":9007199254740993,\"double\":0.1,\"float\":0.1,\"bool\":true,"
          + "\"text\":\"t\",\"list\":[\"l\"],\"unit\":\"月\",\"other\":{\"x\":\"o\"},\"none\":null";

  private static final Path TEMPLATES =
      Paths.get("src/main/resources/io/github/bililive/openapi/templates");

  @TempDir static Path temp;
  private static URLClassLoader loader;
  private static JsonAdapter<Object> things;

  @BeforeAll
  static void generateAndCompile() throws Exception {
    Path spec = Paths.get(TemplatesTest.class.getResource("/types.yaml").toURI());
    Path sources = temp.resolve("sources");
    Path classes = Files.createDirectory(temp.resolve("classes"));
    Generation.run(spec, sources, "types.model", "types.api");
    Generation.compile(sources, classes);
    loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
    JsonAdapter.Factory factory =
        (JsonAdapter.Factory)
            loader
                .loadClass("types.model.GeneratedJsonAdapterFactory")
                .getField("INSTANCE")
                .get(null);
    things =
        new Moshi.Builder()
            .add(factory)
            .build()
            .adapter((java.lang.reflect.Type) loader.loadClass("types.model.Thing"));
  }

  @AfterAll
  static void close() throws IOException {
    loader.close();
  }

  @Test
  void everyTypeIsReadAndWrittenBackAsItWas() throws IOException {
    String json =
        "{"
            + REQUIRED
            + ",\"maybe-int\":1,\"maybe-long\":-9007199254740993,\"maybe-double\":1.0E300,"
            + "\"maybe-float\":0.25,\"maybe-bool\":false,\"nested\":[[1,null],[]],"
            + "\"others\":[{\"x\":\"a\"},{}],\"map\":{\"b\":2,\"a\":1},\"maps\":{\"m\":[{}]},"
            + "\"free\":{\"n\":9007199254740993,\"d\":0.10,\"l\":[true,\"s\"]},"
            + "\"freeMap\":{\"k\":{\"deep\":[1]}},\"any\":\"text\",\"inline\":\"b-c\","
            + "\"units\":[\"day\",\"new\"],\"uuid\":\"u\",\"date\":\"2026-01-01\",\"time\":\"t\","
            + "\"bytes\":\"AA==\",\"uri\":\"u:v\",\"unique\":[\"b\",\"a\"],\"self\":{"
            + REQUIRED
            + "},\"key\":\"k\",\"pin\":1,\"reader\":\"r\",\"writer\":\"w\",\"value\":\"v\","
            + "\"builder\":\"b\",\"build\":\"b\",\"that\":\"t\",\"class\":\"c\"}";

    Object thing = things.fromJson(json);

    assertThat(things.toJson(thing)).isEqualTo(json);
    assertThat(things.fromJson(json)).isEqualTo(thing).hasSameHashCodeAs(thing);
  }

  @Test
  void whatIsRequiredAndNullableMustBeThereAndIsWrittenEvenIfNull() throws IOException {
    assertThat(things.toJson(things.fromJson("{" + REQUIRED + "}")))
        .isEqualTo("{" + REQUIRED + "}");
    assertThatThrownBy(
            () -> things.fromJson("{" + REQUIRED.replace("\"none\":null", "\"x\":0") + "}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Required value 'none' missing at $");
  }

  @Test
  void aMissingFieldInsideIsNamedWithThePathOfItsObject() {
    assertThatThrownBy(() -> things.fromJson("{" + REQUIRED + ",\"self\":{}}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Required value 'int' missing at $.self");
  }

  @ParameterizedTest
  @CsvSource({
    "int, an int",
    "long, a long",
    "double, a double",
    "float, a double",
    "bool, a boolean",
    "text, a string",
    "unit, a string",
    "list, BEGIN_ARRAY",
    "others, BEGIN_ARRAY",
    "map, BEGIN_OBJECT",
    "other, BEGIN_OBJECT"
  })
  void aValueThatDoesNotFitIsNamedByItsPathTheExpectedAndTheFoundType(String name, String type) {
    for (String[] found :
        new String[][] {
          {"true", "BOOLEAN"}, {"[[]]", "BEGIN_ARRAY"}, {"{\"a\":{}}", "BEGIN_OBJECT"}
        }) {
      boolean fits = found[1].equals(type) || (name.equals("bool") && found[1].equals("BOOLEAN"));
      if (!fits) {
        assertThatThrownBy(() -> things.fromJson("{\"" + name + "\":" + found[0] + "}"))
            .isInstanceOf(JsonDataException.class)
            .hasMessage("Expected " + type + " but was " + found[1] + " at path $." + name);
      }
    }
  }

  @Test
  void anEnumIsTheConstantWhereThereIsOne() throws Exception {
    Object thing = things.fromJson("{" + REQUIRED + "}");
    Object unit = thing.getClass().getMethod("getUnit").invoke(thing);

    assertThat(unit).hasToString("月");
    assertThat(unit.getClass().getMethod("of", String.class).invoke(null, "月")).isSameAs(unit);
  }

  @Test
  void noSecretIsShown() throws IOException {
    assertThat(things.fromJson("{" + REQUIRED + ",\"key\":\"hidden\",\"pin\":4711}").toString())
        .contains("key=██", "pin=██")
        .doesNotContain("hidden", "4711");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/parameters/0: not supported: the style matrix. | parameters: [{name: q, in: path, required: true, style: matrix,"
            + " schema: {type: string}}]",
        "/parameters/0: not supported: the style label. | parameters: [{name: q, in: path, required: true, style: label,"
            + " schema: {type: string}}]",
        "/parameters/0: not supported: an array of arrays or objects in one text. | parameters: [{name: h, in: header,"
            + " schema: {type: array, items: {$ref: '#/components/schemas/A'}}}]",
        "/requestBody/content/multipart~1mixed: not supported: a body of multipart/mixed, |"
            + " requestBody: {content: {multipart/mixed:"
            + " {schema: {$ref: '#/components/schemas/A'}}}}",
        "/requestBody/content/multipart~1related: not supported: a body of multipart/related, |"
            + " requestBody: {content: {multipart/related:"
            + " {schema: {$ref: '#/components/schemas/A'}}}}",
      })
  void aCallThatTheTemplatesCannotExpressEndsTheGenerationAndIsNamed(
      String what, String operation, @TempDir Path folder) throws IOException {
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(
        spec,
        "openapi: 3.0.3\n"
            + "info: {title: t, version: '1'}\n"
            + "components: {schemas: {A: {type: object, properties: {a: {type: string}}}}}\n"
            + "paths:\n"
            + "  /culprit/{q}:\n"
            + "    parameters: [{name: q, in: path, required: true, schema: {type: string}}]\n"
            + "    post:\n"
            + "      tags: [Culprit]\n"
            + "      operationId: call\n"
            + "      responses: {'200': {description: ok}}\n"
            + "      "
            + operation
            + "\n");

    assertThatThrownBy(() -> Generation.runStrictly(spec, folder.resolve("out")))
        .hasMessageStartingWith("spec.yaml#/paths/~1culprit~1{q}/post" + what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "oneOf beside anyOf. | {oneOf: [{$ref: '#/components/schemas/A'}, {type: string}],"
            + " anyOf: [{$ref: '#/components/schemas/B'}, {type: integer}]}",
        "an enum of integer and string. | {enum: [a, 1]}",
        "an enum of integer and string. | {enum: [1, a]}",
        "allOf of Union and boolean, which no value is. | {allOf: [{$ref: '#/components/schemas/Union'},"
            + " {oneOf: [{type: boolean}]}]}",
        "allOf of E and A, which no value is. | {allOf: [{$ref: '#/components/schemas/E'},"
            + " {$ref: '#/components/schemas/A'}]}",
      })
  void whatTheTemplatesCannotExpressEndsTheGenerationAndIsNamed(
      String what, String schema, @TempDir Path folder) throws IOException {
    Path spec =
        Generation.schemas(
            folder,
            "    A: {type: object, properties: {a: {type: string}}}\n"
                + "    B: {type: object, properties: {b: {type: string}}}\n"
                + "    Union: {oneOf: [{type: string}, {type: integer}]}\n"
                + "    E: {type: string, enum: [e, f]}\n"
                + "    Culprit: "
                + schema
                + "\n");

    assertThatThrownBy(() -> Generation.runStrictly(spec, folder.resolve("out")))
        .hasMessageStartingWith("spec.yaml#/components/schemas/Culprit: not supported: " + what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default: 'a\"b'",
        "default: \"*/ /* a\\tb\\nc\"",
        "default: 'c\\d', maxLength: 3",
        "default: ''",
        "default: ' 月 😀'",
        "default: 'u:v', format: uri",
        "default: '00000000-0000-0000-0000-000000000000', format: uuid",
        "default: p, format: password, deprecated: true",
      })
  void anyDefaultCompiles(String schema, @TempDir Path folder) throws IOException {
    compiled(folder, "A: {type: object, properties: {a: {type: string, " + schema + "}}}");
  }

  @Test
  void aDefaultOfADateIsIgnoredByWayOfAnAliasToo(@TempDir Path folder) throws IOException {
    compiled(
        folder,
        "Time: {type: string, format: date-time}\n"
            + "    Day: {type: string, format: date}\n"
            + "    Event: {type: object, properties: {\n"
            + "      time: {allOf: [{$ref: '#/components/schemas/Time'}], default: {}},\n"
            + "      day: {allOf: [{$ref: '#/components/schemas/Day'}], default: '2020-01-01'}}}");
  }

  @Test
  void anyValueCompiles(@TempDir Path folder) throws IOException {
    compiled(
        folder, "Media: {type: string, nullable: true, enum: ['a\"b', 'c\\d', '*/', '', 月, null]}");
  }

  @Test
  void anInterfaceNeedsThePropertiesThatHaveNoDefault(@TempDir Path folder) throws IOException {
    String face =
        "Face: {type: object, x-interface: true, required: [id], properties: {id: {type: string},\n"
            + "      size: {type: integer, format: int32, default: 3}, more: {type: string}}}\n"
            + "    Part: {type: object, x-implements: [Face], required: [id], properties: {id: {type:"
            + " string}, more: {type: string}}}";
    compiled(folder, face);
    assertThat(Generation.javaFiles(folder.resolve("out")).values())
        .anyMatch(file -> file.contains("interface Face {") && file.contains("return 3;"));

    Path without = Files.createDirectory(folder.resolve("without"));
    assertThatThrownBy(
            () -> compiled(without, face.replace("string}, more: {type: string}}}", "string}}}")))
        .hasMessageContaining("does not override abstract method");
  }

  private static void compiled(Path folder, String schema) throws IOException {
    compiled(folder, Generation.schemas(folder, "    " + schema + "\n"));
  }

  private static void compiled(Path folder, Path spec) throws IOException {
    Generation.run(spec, folder.resolve("out"));
    Generation.compile(folder.resolve("out"), Files.createDirectory(folder.resolve("classes")));
  }

  @Test
  void aPathOfADocumentOfOpenApi2WhichHasNoStylesCompiles(@TempDir Path folder) throws IOException {
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(
        spec,
        "swagger: '2.0'\n"
            + "info: {title: t, version: '1'}\n"
            + "paths:\n"
            + "  /a/{one}/{many}:\n"
            + "    get:\n"
            + "      tags: [Old]\n"
            + "      operationId: old\n"
            + "      parameters:\n"
            + "        - {name: one, in: path, required: true, type: string}\n"
            + "        - {name: many, in: path, required: true, type: array, items: {type: string}}\n"
            + "      responses: {'200': {description: ok}}\n");
    compiled(folder, spec);

    assertThat(Generation.javaFiles(folder.resolve("out")).values())
        .anyMatch(
            file ->
                file.contains("@Path(\"one\") String one")
                    && file.contains("@Path(\"many\") Separated.Csv many"));
  }

  @Test
  void aReferenceThatStaysAsOpenApi2WritesItCompiles(@TempDir Path folder) throws IOException {
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(
        spec,
        "swagger: '2.0'\n"
            + "info: {title: t, version: '1'}\n"
            + "paths:\n"
            + "  /a:\n"
            + "    get:\n"
            + "      tags: [Old]\n"
            + "      responses: {'200': {description: ok, schema: {allOf: [{properties: {a:"
            + " {allOf: [{properties: {q: {type: string}}}, {properties: {b: {type: array,"
            + " items: {$ref: '#/definitions/B'}}}}]}}}]}}}\n"
            + "definitions:\n"
            + "  B: {type: object, properties: {b: {type: string}}}\n");
    compiled(folder, spec);
  }

  @Test
  void everyVariableThatATemplateUsesIsNotedBesideThem() throws IOException {
    Set<String> used = new TreeSet<>();
    for (String text : templates().values()) {
      used.addAll(all("\\{\\{\\{?[#^]?([\\w.-]+)\\}\\}", text));
    }

    Set<String> noted = new TreeSet<>();
    List<String> lines = Files.readAllLines(TEMPLATES.resolve("README.md"));
    // The first table is that of the templates.
    for (String line : lines.subList(lines.indexOf("## The run"), lines.size())) {
      if (line.startsWith("| `")) {
        noted.addAll(all("`([\\w.-]+)`", line.split(" \\| ")[0]));
      }
    }
    assertThat(used).isEqualTo(noted);
  }

  @Test
  void thereAreFewTemplatesWithShortLinesAndAllAreNoted() throws IOException {
    assertThat(templates()).hasSizeLessThanOrEqualTo(30);
    assertThat(templates().values().stream().flatMap(String::lines))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(160));
    String table = Files.readString(TEMPLATES.resolve("README.md")).split("## The run")[0];
    assertThat(all("`(\\w+)`", table)).containsAll(templates().keySet());
  }

  /**
   * No block of an inherited template, no place in a list, no method of a value, no comparing of
   * names, no partial but those that there are.
   */
  @Test
  void theTemplatesUseNothingButMustacheItself() throws IOException {
    Set<String> partials = templates().keySet();
    assertThat(templates().values())
        .allSatisfy(
            text ->
                assertThat(all("\\{\\{([^{}]*)\\}\\}", text))
                    .allMatch(
                        tag ->
                            tag.matches("[#^/]?(lambda\\.java|-last|\\.|[a-zA-Z]+)")
                                || (tag.startsWith(">") && partials.contains(tag.substring(1)))));
  }

  /** The text of each, by its name. */
  private static Map<String, String> templates() throws IOException {
    Map<String, String> templates = new TreeMap<>();
    try (Stream<Path> files = Files.list(TEMPLATES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".mustache")).toList()) {
        templates.put(
            file.getFileName().toString().replace(".mustache", ""), Files.readString(file));
      }
    }
    return templates;
  }

  private static Set<String> all(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(m -> m.group(1))
        .collect(Collectors.toSet());
  }
}
