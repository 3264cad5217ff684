package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Yaml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.MarkdownRender;

/**
 * Compares the document with the one of the last release: what breaks users needs a new major
 * version. A release keeps its document as {@code openapi/released/<version>.yaml}.
 */
class CompatibilityTest {
  @Test
  void theDocumentBreaksNoUserOfTheLastReleaseWithinItsMajorVersion() {
    lastRelease()
        .ifPresent(
            released ->
                check(
                    version(released),
                    read(released),
                    nextVersion(read(Contracts.FOLDER.resolveSibling("CHANGELOG.md"))),
                    read(Contracts.LIVE_ROOM)));
  }

  @Test
  void aChangeThatBreaksUsersIsRefusedAndSaysWhatToDo() {
    String spec = read(Contracts.LIVE_ROOM);
    String withoutField = spec.replaceFirst("        like_count:\n(          .*\n)+", "");
    String withoutCall =
        spec.replace("  /arcopen/fn/live/room/ws-heartbeat:", "  /arcopen/fn/live/room/ws-beat:");

    assertThat(withoutCall).isNotEqualTo(spec);
    assertThat(withoutField).isNotEqualTo(spec);
    assertThatThrownBy(() -> check("1.2.3", spec, "1.3.0", withoutCall))
        .hasMessageStartingWith(
            "openapi/bililive.yaml breaks users of 1.2.3: take the change back, or head"
                + " CHANGELOG.md with a new major version.")
        .hasMessageContaining("ws-heartbeat");
    assertThatThrownBy(() -> check("1.2.3", spec, "1.3.0", withoutField))
        .hasMessageContaining("like_count");
    assertThatCode(() -> check("1.2.3", spec, "2.0.0", withoutCall)).doesNotThrowAnyException();
  }

  @Test
  void anAdditionIsFine() {
    String spec = read(Contracts.LIVE_ROOM);
    String more =
        spec.replace(
            "\n        failed_conn_ids:\n",
            "\n        new_field:\n          type: string\n        failed_conn_ids:\n");

    assertThat(more).isNotEqualTo(spec);
    assertThatCode(() -> check("1.2.3", spec, "1.3.0", more)).doesNotThrowAnyException();
  }

  private static void check(String oldVersion, String oldSpec, String newVersion, String newSpec) {
    ChangedOpenApi difference =
        OpenApiCompare.fromContents(withEventsAsAnswers(oldSpec), withEventsAsAnswers(newSpec));
    List<String> gone = goneProperties(oldSpec, newSpec);
    boolean breaks = difference.isIncompatible() || !gone.isEmpty();
    if (breaks && major(newVersion) <= major(oldVersion)) {
      throw new AssertionError(
          "openapi/bililive.yaml breaks users of "
              + oldVersion
              + ": take the change back, or head CHANGELOG.md with a new major version.\nGone: "
              + gone
              + "\n"
              + render(difference));
    }
  }

  /** To the comparison an optional property may go; but its getter would go, too. */
  private static List<String> goneProperties(String oldSpec, String newSpec) {
    JsonNode newSchemas = schemas(newSpec);
    List<String> gone = new ArrayList<>();
    schemas(oldSpec)
        .properties()
        .forEach(
            schema ->
                schema
                    .getValue()
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(
                        property -> {
                          if (!newSchemas.path(schema.getKey()).path("properties").has(property)) {
                            gone.add(schema.getKey() + "." + property);
                          }
                        }));
    return gone;
  }

  private static JsonNode schemas(String spec) {
    try {
      return Yaml.mapper().readTree(spec).at("/components/schemas");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The comparison only sees what a call refers to: so each event is made an answer of one. */
  private static String withEventsAsAnswers(String spec) {
    StringBuilder calls = new StringBuilder("\npaths:\n");
    Matcher event = Pattern.compile("\n  ([A-Z_]+):\n    \\$ref: ('.*')").matcher(spec);
    while (event.find()) {
      calls
          .append("  /x-events/" + event.group(1) + ":\n")
          .append("    get:\n      responses:\n        '200':\n          description: An event.\n")
          .append("          content:\n            application/json:\n")
          .append("              schema:\n                $ref: " + event.group(2) + "\n");
    }
    return spec.replace("\npaths:\n", calls);
  }

  private static String render(ChangedOpenApi difference) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new MarkdownRender().render(difference, new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }

  /** The version that the changelog is at: the first heading with one, or that of the project. */
  private static String nextVersion(String changelog) {
    Matcher version = Pattern.compile("(?m)^## \\[(\\d+\\.\\d+\\.\\d+)]").matcher(changelog);
    return version.find() ? version.group(1) : "0.0.0";
  }

  private static int major(String version) {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  private static Optional<Path> lastRelease() {
    Path folder = Contracts.FOLDER.resolve("released");
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.max(Comparator.comparing(path -> Runtime.Version.parse(version(path))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version(Path released) {
    return released.getFileName().toString().replace(".yaml", "");
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
