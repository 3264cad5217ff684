package io.github.bililive.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RefusalTableTest {
  private static final String BEGIN = "<!-- refusals: begin -->\n";
  private static final String END = "<!-- refusals: end -->";

  @Test
  void theReadmeShowsTheTableThatTheCodeComesFrom() throws IOException {
    String generated =
        Files.readString(Path.of("target/generated-sources/refusals/refusals.md")).strip();
    String readme = Files.readString(Path.of("../README.md"));
    String shown =
        readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END)).strip();

    assertThat(generated).contains("| 4002 |", "| 127201 |", "| 500–599 |");
    assertThat(shown.equals(generated))
        .as(
            "README.md's table of refusals is that of openapi/refusals.yaml; if not, put"
                + " sdk-facade/target/generated-sources/refusals/refusals.md between its markers")
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
