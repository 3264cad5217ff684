package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.openapi.source.Finding;
import io.github.bililive.openapi.source.SourceRewriter;
import io.swagger.v3.oas.models.OpenAPI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the generator says of a document that has what it cannot express. */
class WarningsTest {
  private static final Path GOLDEN = Paths.get("src/test/resources/warnings.txt").toAbsolutePath();

  @Test
  void theWarningsOfAllDocumentsAreKnown() throws Exception {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Path> document : TestDocuments.documents().entrySet()) {
      SourceRewriter.mend(new OpenAPI(), document.getValue().toString())
          .findings()
          .forEach(finding -> lines.add(finding.warning()));
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.write(GOLDEN, lines);
    }

    assertThat(lines)
        .as("if the change is meant: -Dtest=WarningsTest -Dgolden.update=true")
        .isEqualTo(Files.readAllLines(GOLDEN));
  }

  @Test
  void whatJavacCannotHoldIsSaid(@TempDir Path folder) throws Exception {
    Path document =
        Generation.schemas(
            folder,
            "    Object: {properties: {"
                + numbered(1501, "p%d: {type: string}")
                + "}}\n"
                + "    Enum: {type: string, enum: ["
                + numbered(2001, "v%d")
                + "]}\n"
                + "    Text: {type: string, default: "
                + "x".repeat(70_000)
                + "}\n");
    Files.writeString(
        document,
        Files.readString(document)
            .replace(
                "paths: {}",
                "paths: {/a: {get: {parameters: ["
                    + numbered(251, "{name: p%d, in: query, schema: {type: string}}")
                    + "], responses: {'204': {description: none}}}}}"));

    assertThat(SourceRewriter.mend(new OpenAPI(), document.toString()).findings())
        .extracting(Finding::warning)
        .containsExactly(
            "spec.yaml#/components/schemas/Object: an object of 1501 properties, of which a class"
                + " holds 1500; it becomes any JSON (Object). Make it several objects.",
            "spec.yaml#/components/schemas/Enum: an enum of 2001 values, of which a class holds"
                + " 2000; it has no constants. Write it without the enum.",
            "spec.yaml#/components/schemas/Text: a default longer than 65535 bytes, which no class"
                + " holds; it is left out. Write it without the default.",
            "spec.yaml#/paths/~1a/get: 251 parameters of one call; the call is left out. Drop some"
                + " of them.");
  }

  private static String numbered(int count, String format) {
    return IntStream.range(0, count)
        .mapToObj(number -> String.format(format, number))
        .collect(Collectors.joining(", "));
  }

  @Test
  void theyEndTheGenerationWithOneLineEachIfThatIsAskedFor(@TempDir Path folder) throws Exception {
    Path document =
        Generation.schemas(
            folder,
            "    T: {allOf: [{type: string}, {type: integer}]}\n"
                + "    U: {type: object, properties: {a: {enum: [a, 1]}}}\n");

    assertThatThrownBy(() -> Generation.runStrictly(document, folder.resolve("out")))
        .hasMessage(
            "spec.yaml#/components/schemas/U/properties/a: not supported: an enum of integer and"
                + " string. Give it values of one type.\n"
                + "spec.yaml#/components/schemas/T: not supported: allOf of string and integer, which"
                + " no value is. Write oneOf of them, or one of them.")
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty())
        .hasNoCause();
    assertThat(folder.resolve("out/src")).doesNotExist();
  }
}
