package io.github.bililive.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadmeTest {
  @ParameterizedTest
  @CsvSource({"// README, 0", "// README tokens, 2", "// README metrics, 0"})
  void theReadmeShowsTheExampleThatIsCompiled(String mark, int indent) throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/io/github/bililive/quickstart/ReadmeExample.java"));
    String example =
        source.substring(
            source.indexOf('\n', source.indexOf(mark + ": begin")) + 1,
            source.lastIndexOf('\n', source.indexOf(mark + ": end")) + 1);

    assertThat(example).contains("builder");
    assertThat(Files.readString(Path.of("../README.md")))
        .contains(example.stripTrailing().stripIndent().indent(indent).stripTrailing());
  }
}
