package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneratedSourcesTest {
  private static final Path GENERATED = Paths.get(System.getProperty("generated.directory"));

  private final Map<String, String> files = javaFiles();

  @Test
  void thereIsAnInterfacePerTagAModelPerSchemaAndNothingOfTheStockGenerator() {
    List<String> expected =
        new ArrayList<>(
            Arrays.asList(
                "api/LiveRoomApi.java",
                "api/Operation.java",
                "api/Separated.java",
                "api/package-info.java",
                "model/GeneratedEnum.java",
                "model/GeneratedJsonAdapterFactory.java",
                "model/GeneratedLenientModel.java",
                "model/GeneratedModel.java",
                "model/GeneratedUnion.java",
                "model/JsonValues.java",
                "model/package-info.java"));
    for (String model :
        ("AccountInfo AccountInfoResponse AccountScopes AccountScopesResponse RoomInfo"
                + " RoomInfoResponse BatchHeartbeatData BatchHeartbeatRequest BatchHeartbeatResponse BlindGift ComboInfo Danmaku DanmakuMirror"
                + " Follow Gift GuardPurchase HeartbeatData HeartbeatRequest HeartbeatResponse InteractionEnd"
                + " Like LiveEnd LiveStart RoomChange RoomEnter Sender StartData StartResponse SuperChat"
                + " SuperChatDeletion UserInfo UserMute Warning WebsocketInfo")
            .split(" ")) {
      expected.add("model/" + model + ".java");
    }

    assertThat(files.keySet().stream().map(name -> name.substring(name.indexOf("generated/") + 10)))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void noFileIsLeftFromAnEarlierSpec() throws IOException {
    assertThat(
            Files.readAllLines(GENERATED.resolve(".openapi-generator/FILES")).stream()
                // OpenAPI Generator lists its own file in the first run, not in later ones.
                .filter(file -> !file.equals(".openapi-generator-ignore")))
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
                    .doesNotContainPattern("java\\.lang\\.reflect\\.(?!(Parameterized)?Type\\b)"));
  }

  @Test
  void noLineEndsInASpace() {
    assertThat(files.values().stream().flatMap(String::lines).collect(Collectors.toList()))
        .noneMatch(line -> line.endsWith(" "));
  }

  /** The text of every Java file, by its path. */
  private static Map<String, String> javaFiles() {
    try (Stream<Path> paths = Files.walk(GENERATED)) {
      Map<String, String> files = new TreeMap<>();
      for (Path path : paths.filter(p -> p.toString().endsWith(".java")).toList()) {
        files.put(GENERATED.relativize(path).toString().replace('\\', '/'), Files.readString(path));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
