package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command that openapi/README.md shows, with OpenAPI Generator's own command line. */
class CommandLineTest {
  private static final String CLASS_PATH =
      Paths.get("target", "classes").toAbsolutePath()
          + File.pathSeparator
          + System.getProperty("cli.classpath");

  @ParameterizedTest
  @CsvSource({"/petstore.yaml, PetApi, Pet", "/cases/json-schema.yaml, DefaultApi, Holder"})
  void theCommandOfTheReadmeGeneratesAClient(
      String document, String api, String model, @TempDir Path folder) throws Exception {
    Files.copy(CommandLineTest.class.getResourceAsStream(document), folder.resolve("api.yaml"));

    List<String> printed = run(folder, commandOfTheReadme());

    assertThat(printed).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
    assertThat(Generation.javaFiles(folder.resolve("client")).keySet())
        .contains("src/main/java/com/example/api/" + api + ".java")
        .contains("src/main/java/com/example/model/" + model + ".java");
  }

  @Test
  void theOptionsAreThoseOfTheReadme(@TempDir Path folder) throws Exception {
    String help = String.join("\n", run(folder, List.of("config-help", "-g", "retrofit2-moshi")));

    assertThat(help).contains("\tlenient\n", "\tfailOnUnsupported\n");
  }

  /** What stands behind the name of the class. */
  private static List<String> commandOfTheReadme() throws Exception {
    String readme = Files.readString(Paths.get("README.md"));
    Matcher command =
        Pattern.compile(
                "org\\.openapitools\\.codegen\\.OpenAPIGenerator ((?:[^\\n]*\\\\\\n)*[^\\n]*)")
            .matcher(readme);
    assertThat(command.find()).as("openapi/README.md shows the command").isTrue();
    return Arrays.asList(command.group(1).replace("\\\n", " ").trim().split("\\s+"));
  }

  private static List<String> run(Path folder, List<String> arguments) throws Exception {
    Path output = folder.resolve("output.txt");
    List<String> command = new ArrayList<>();
    command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", CLASS_PATH));
    command.add("org.openapitools.codegen.OpenAPIGenerator");
    command.addAll(arguments);
    int exit =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    List<String> printed = Files.readAllLines(output);
    assertThat(exit).as(String.join("\n", printed)).isZero();
    return printed;
  }
}
