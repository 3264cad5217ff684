package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.config.GlobalSettings;

/** What the generator does if it is told no more than its name, and what a user can tell it. */
class OptionsTest {
  @Test
  void nothingOfTheStockGeneratorComesOut(@TempDir Path folder) throws IOException {
    Path spec = Generation.schemas(folder, "    A: {type: object}\n");
    Path out = folder.resolve("out");

    Generation.run(spec, out);

    try (Stream<Path> files = Files.walk(out)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> out.relativize(file).toString().replace('\\', '/'))
                  .filter(file -> !file.startsWith(".openapi-generator")))
          .containsExactlyInAnyOrder(
              "src/main/java/c/api/Operation.java",
              "src/main/java/c/api/Separated.java",
              "src/main/java/c/api/package-info.java",
              "src/main/java/c/model/GeneratedEnum.java",
              "src/main/java/c/model/GeneratedJsonAdapterFactory.java",
              "src/main/java/c/model/GeneratedModel.java",
              "src/main/java/c/model/GeneratedUnion.java",
              "src/main/java/c/model/JsonValues.java",
              "src/main/java/c/model/package-info.java");
    }
    try (Stream<Path> folders = Files.list(out)) {
      assertThat(folders.filter(Files::isDirectory).map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("src", ".openapi-generator");
    }
  }

  @Test
  void mappingsOfAUserWinOverThoseOfTheGenerator(@TempDir Path folder) throws IOException {
    Path spec =
        Generation.schemas(
            folder,
            "    Body: {type: object, properties: {true: {type: string},"
                + " day: {type: string, format: date}}}\n"
                + "    Payload: {type: object, properties: {a: {type: string}}}\n");

    Generation.run(
        spec,
        folder.resolve("out"),
        options ->
            options
                .setModelPackage("c.model")
                .setModelNameMappings(Map.of("Body", "Payload"))
                .setNameMappings(Map.of("true", "yes"))
                .setTypeMappings(Map.of("date", "Object")));

    Map<String, String> files = Generation.javaFiles(folder.resolve("out/src/main/java/c/model"));
    assertThat(files.get("Payload.java")).contains("String yes;", "Object day;");
    assertThat(files).containsKey("Payload2.java");
  }

  @Test
  void namesThatJavaHasAlreadyAreChanged(@TempDir Path folder) throws IOException {
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(
        spec,
        "openapi: 3.0.3\n"
            + "info: {title: t, version: '1'}\n"
            + "paths:\n"
            + "  /a:\n"
            + "    get:\n"
            + "      tags: [Objects]\n"
            + "      operationId: get_class\n"
            + "      parameters: [{name: 'True', in: query, schema: {type: string}}]\n"
            + "      responses: {'200': {description: ok}}\n"
            + "components:\n"
            + "  schemas:\n"
            + "    json-reader: {type: object, properties: {Java: {type: string},"
            + " 'false': {type: string}, 'null': {type: string}}}\n");

    Generation.run(spec, folder.resolve("out"));
    Generation.compile(folder.resolve("out"), Files.createDirectory(folder.resolve("classes")));

    Map<String, String> files = Generation.javaFiles(folder.resolve("out/src/main/java/c"));
    assertThat(files.get("model/JsonReaderModel.java")).contains("_java;", "_false;", "_null;");
    assertThat(files.get("api/ObjectsApi.java"))
        .contains("callGetClass(", "@Query(\"True\") @Nullable String _true");
  }

  @Test
  void aFormIsAModelTooAndTheSettingForThatEndsWithTheRun(@TempDir Path folder) throws IOException {
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(
        spec,
        "openapi: 3.0.3\n"
            + "info: {title: t, version: '1'}\n"
            + "paths:\n"
            + "  /a:\n"
            + "    post:\n"
            + "      tags: [A]\n"
            + "      requestBody: {content: {application/x-www-form-urlencoded:"
            + " {schema: {$ref: '#/components/schemas/Form'}}}}\n"
            + "      responses: {'200': {description: ok}}\n"
            + "components: {schemas: {Form: {type: object, properties: {a: {type: string}}}}}\n");

    Generation.run(spec, folder.resolve("out"));

    assertThat(Generation.javaFiles(folder.resolve("out")).keySet())
        .contains("src/main/java/c/model/Form.java");
    assertThat(GlobalSettings.getProperty("skipFormModel")).isNull();
  }

  @Test
  void aTemplateOfOnesOwnComesBeforeThatOfTheJarAndTheOthersAreTheJars(@TempDir Path folder)
      throws IOException {
    Path spec =
        Generation.schemas(folder, "    A: {type: object, properties: {a: {type: string}}}\n");
    Path templates = Files.createDirectory(folder.resolve("templates"));
    Files.writeString(templates.resolve("header.mustache"), "// Of one's own.\n");

    Generation.run(
        spec, folder.resolve("out"), options -> options.setTemplateDir(templates.toString()));

    assertThat(Generation.javaFiles(folder.resolve("out")))
        .anySatisfy(
            (path, text) ->
                assertThat(text).startsWith("// Of one's own.").contains("class A extends"));
  }
}
