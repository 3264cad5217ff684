package io.github.bililive.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTableTest {
  private static final String BEGIN = "<!-- refusals: begin -->\n";
  private static final String END = "<!-- refusals: end -->";

  @ParameterizedTest
  @CsvSource({"errors.md, refusals.md", "errors.zh-CN.md, refusals.zh-CN.md"})
  void aPageShowsTheTableThatTheCodeComesFrom(String page, String table) throws IOException {
    Path source = Path.of("target/generated-sources/refusals", table);
    String generated = Files.readString(source).strip();
    String text = Files.readString(Path.of("docs", page));
    String shown = text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END)).strip();

    assertThat(generated).contains("| 4002 |", "| 127201 |", "| 500–599 |");
    assertThat(shown.equals(generated))
        .as(
            "sdk-facade/docs/%s shows the table of openapi/refusals.yaml; if not, put"
                + " sdk-facade/%s between its markers",
            page, source)
        .isTrue();
  }

  @Test
  void everyStatusFrom200To599HasARowAndNoneEndsARoom() {
    for (int status = 200; status < 600; status++) {
      HttpRefusal refusal = HttpRefusal.of(status);
      assertThat(refusal).as("HTTP %d", status).isNotNull();
      assertThat(refusal.remedy).isIn(Remedy.RETRY, Remedy.WAIT);
      assertThat(refusal.check).isNotBlank();
    }
    assertThat(HttpRefusal.of(199)).isNull();
    assertThat(HttpRefusal.of(600)).isNull();
  }
}
