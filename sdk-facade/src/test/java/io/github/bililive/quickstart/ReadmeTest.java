package io.github.bililive.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void the_readme_shows_the_example_that_is_compiled() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/io/github/bililive/quickstart/ReadmeExample.java"));
    String example =
        source.substring(
            source.indexOf('\n', source.indexOf("// README: begin")) + 1,
            source.lastIndexOf('\n', source.indexOf("// README: end")) + 1);

    assertThat(example).contains("BiliLiveClient.builder()");
    assertThat(Files.readString(Path.of("../README.md")))
        .contains(example.stripTrailing().stripIndent());
  }
}
