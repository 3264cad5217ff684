package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was not set is not sent, whatever its default. */
class PresenceTest {
  @TempDir static Path temp;
  private static GeneratedClient client;

  @BeforeAll
  static void generateAndCompile() throws Exception {
    client = new GeneratedClient("/cases/patch-default.yaml", temp);
  }

  @AfterAll
  static void close() throws Exception {
    client.close();
  }

  @Test
  void anUpdateHasOnlyWhatWasSetInTheBuilder() throws Exception {
    Object builder = client.model("RepoUpdate").getMethod("builder").invoke(null);
    set(builder, "description", String.class, "x");
    assertThat(written(builder)).isEqualTo("{\"description\":\"x\"}");

    set(builder, "_private", boolean.class, false);
    set(builder, "topics", List.class, List.of());

    assertThat(written(builder))
        .isEqualTo("{\"description\":\"x\",\"private\":false,\"topics\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"private\":false}",
        "{\"private\":true,\"topics\":[]}",
        "{\"description\":\"x\",\"topics\":[\"a\"]}"
      })
  void whatWasReadIsWrittenAndNothingElse(String json) throws Exception {
    assertThat(client.again("RepoUpdate", json)).isEqualTo(json);
  }

  @Test
  void aBuilderOfAnObjectKeepsWhatWasThere() throws Exception {
    Object read = client.adapter("RepoUpdate").fromJson("{\"private\":false}");

    assertThat(written(read.getClass().getMethod("newBuilder").invoke(read)))
        .isEqualTo("{\"private\":false}");
  }

  @Test
  void absentEqualsTheDefault() throws Exception {
    assertThat(client.adapter("RepoUpdate").fromJson("{\"private\":false,\"topics\":[]}"))
        .isEqualTo(client.adapter("RepoUpdate").fromJson("{}"))
        .hasSameHashCodeAs(client.adapter("RepoUpdate").fromJson("{}"));
  }

  private static void set(Object builder, String setter, Class<?> type, Object value)
      throws Exception {
    builder.getClass().getMethod(setter, type).invoke(builder, value);
  }

  private static String written(Object builder) throws Exception {
    Object model = builder.getClass().getMethod("build").invoke(builder);
    return client.adapter("RepoUpdate").toJson(model);
  }
}
