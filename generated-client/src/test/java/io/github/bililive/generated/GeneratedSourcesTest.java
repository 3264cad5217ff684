package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedSourcesTest {
  private static final Path GENERATED = Paths.get(System.getProperty("generated.directory"));

  private final Map<String, String> files = Generation.javaFiles(GENERATED);

  @Test
  void thereIsAnInterfacePerTagAModelAndAnAdapterPerSchemaAndNothingOfTheStockGenerator() {
    assertThat(files.keySet().stream().map(name -> name.substring(name.indexOf("generated/") + 10)))
        .containsExactlyInAnyOrder(
            "api/LiveRoomApi.java",
            "api/package-info.java",
            "model/BatchHeartbeatData.java",
            "model/BatchHeartbeatDataJsonAdapter.java",
            "model/BatchHeartbeatRequest.java",
            "model/BatchHeartbeatRequestJsonAdapter.java",
            "model/BatchHeartbeatResponse.java",
            "model/BatchHeartbeatResponseJsonAdapter.java",
            "model/GeneratedJsonAdapterFactory.java",
            "model/HeartbeatData.java",
            "model/HeartbeatDataJsonAdapter.java",
            "model/HeartbeatRequest.java",
            "model/HeartbeatRequestJsonAdapter.java",
            "model/HeartbeatResponse.java",
            "model/HeartbeatResponseJsonAdapter.java",
            "model/JsonValues.java",
            "model/StartData.java",
            "model/StartDataJsonAdapter.java",
            "model/StartResponse.java",
            "model/StartResponseJsonAdapter.java",
            "model/WebsocketInfo.java",
            "model/WebsocketInfoJsonAdapter.java",
            "model/package-info.java");
  }

  @Test
  void noFileIsLeftFromAnEarlierSpec() throws IOException {
    assertThat(Files.readAllLines(GENERATED.resolve(".openapi-generator/FILES")))
        .as("run mvn clean: the spec no longer has what some generated file was made from")
        .containsExactlyInAnyOrderElementsOf(files.keySet());
  }

  @Test
  void everyFileSaysWhereItComesFromAndNotToEditIt() {
    assertThat(files.values())
        .allSatisfy(
            text ->
                assertThat(text)
                    .startsWith(
                        "/*\n"
                            + " * Generated from the OpenAPI document \"Bilibili Open Platform,"
                            + " live-room long connection\", version 1.0.0.\n"
                            + " * Do not edit: "));
  }

  @Test
  void nothingUsesReflectionGsonJacksonOrJavax() {
    assertThat(files.values())
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain("gson", "jackson", "javax.", "jakarta.", "getDeclared")
                    .doesNotContainPattern("java\\.lang\\.reflect\\.(?!Type;)"));
  }

  @Test
  void aSecondRunInAnotherLocaleAndTimeZoneGivesTheSameBytes(@TempDir Path again) {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    String separator = System.getProperty("line.separator");
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"));
      System.setProperty("line.separator", "\r\n");
      Generation.run(Generation.spec(), again);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
      System.setProperty("line.separator", separator);
    }

    assertThat(Generation.javaFiles(again)).isEqualTo(files);
  }

  @Test
  void noLineEndsInASpace() {
    assertThat(files.values().stream().flatMap(String::lines).collect(Collectors.toList()))
        .noneMatch(line -> line.endsWith(" "));
  }
}
