package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the templates make of a small spec, kept so that a review sees what a change of them, or of
 * the generator's version, does. To take over what comes out now: {@code mvn -pl openapi test
 * -Dtest=GoldenTest -Dgolden.update=true}.
 */
class GoldenTest {
  private static final Path GOLDEN = Paths.get("src/test/resources/golden").toAbsolutePath();

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

  @Test
  void aSecondRunInAnotherLocaleAndTimeZoneGivesTheSameBytes(@TempDir Path folder) {
    Path once = folder.resolve("once");
    Path again = folder.resolve("again");
    Generation.run(Generation.contract(), once);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    String separator = System.getProperty("line.separator");
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"));
      System.setProperty("line.separator", "\r\n");
      Generation.run(Generation.contract(), again);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
      System.setProperty("line.separator", separator);
    }

    assertThat(Generation.javaFiles(again)).isEqualTo(Generation.javaFiles(once));
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
