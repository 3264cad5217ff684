package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the templates make of a small spec, kept so that a review sees what a change of them, or of
 * the generator's version, does. To take over what comes out now: {@code mvn -pl generated-client
 * test -Dtest=GoldenTest -Dgolden.update=true}.
 */
class GoldenTest {
  private static final Path GOLDEN =
      Paths.get(System.getProperty("basedir"), "src/test/resources/golden");

  @Test
  void whatIsGeneratedIsWhatItWas(@TempDir Path out) throws Exception {
    Generation.run(
        Paths.get(GoldenTest.class.getResource("/golden.yaml").toURI()),
        out,
        "golden.model",
        "golden.api");
    Map<String, String> files = Generation.javaFiles(out);
    if (Boolean.getBoolean("golden.update")) {
      update(files);
    }

    assertThat(Generation.javaFiles(GOLDEN).keySet())
        .containsExactlyInAnyOrderElementsOf(
            files.keySet().stream().map(GoldenTest::name).collect(Collectors.toList()));
    files.forEach(
        (file, text) ->
            assertThat(text)
                .as(
                    "%s; if the change is meant: -Dtest=GoldenTest -Dgolden.update=true",
                    name(file))
                .isEqualTo(read(GOLDEN.resolve(name(file)))));
  }

  private static String name(String file) {
    String folder = file.contains("/api/") ? "api/" : "model/";
    return folder + file.substring(file.lastIndexOf('/') + 1);
  }

  private static void update(Map<String, String> files) throws IOException {
    for (String old : Generation.javaFiles(GOLDEN).keySet()) {
      Files.delete(GOLDEN.resolve(old));
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = GOLDEN.resolve(name(file.getKey()));
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
