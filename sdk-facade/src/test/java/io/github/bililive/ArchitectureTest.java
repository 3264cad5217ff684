package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Imports run one way: a package may use those of a lower rank alone. */
class ArchitectureTest {
  private static final String ROOT = "io.github.bililive";
  private static final Path SOURCES = Path.of("src", "main", "java", "io", "github", "bililive");

  /** The generated client is of the lowest rank, and no source of this module. */
  private static final String GENERATED = "generated";

  private static final Map<String, Integer> RANKS =
      Map.of(
          GENERATED,
          0,
          "internal",
          0,
          "error",
          0,
          "signing",
          1,
          "call",
          2,
          "heartbeat",
          3,
          "token",
          3,
          "connection",
          4,
          "",
          5);

  private static final Pattern IMPORT =
      Pattern.compile(
          "^import (?:static )?io\\.github\\.bililive\\.(?:([a-z]+)\\.)?", Pattern.MULTILINE);

  @Test
  void every_package_has_a_rank() {
    TreeSet<String> packages = new TreeSet<>();
    sources().forEach(file -> packages.add(packageOf(file)));

    assertThat(packages).contains("", "call", "error", "heartbeat", "internal", "signing", "token");
    assertThat(RANKS)
        .as("ranks; a new package needs one")
        .containsKeys(packages.toArray(String[]::new));
  }

  @Test
  void imports_run_from_a_higher_rank_to_a_lower_one() {
    List<String> imports = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    sources()
        .forEach(
            file -> {
              Matcher matcher = IMPORT.matcher(read(file));
              while (matcher.find()) {
                String to = matcher.group(1) == null ? "" : matcher.group(1);
                String from = packageOf(file);
                String edge = from + " -> " + to + " in " + file.getFileName();
                imports.add(edge);
                if (!from.equals(to) && RANKS.get(from) <= RANKS.get(to)) {
                  wrong.add(edge);
                }
              }
            });

    assertThat(imports)
        .contains("call -> signing in CallFactory.java", " -> call in BiliLiveClient.java");
    assertThat(wrong).isEmpty();
  }

  @Test
  void time_is_taken_and_waited_for_at_the_seam_alone() {
    Pattern inline =
        Pattern.compile(
            "System\\s*[.:]+\\s*(nanoTime|currentTimeMillis)|Thread\\.sleep|new Date\\(\\)|Instant\\.now");
    List<String> found = new ArrayList<>();
    sources()
        .filter(file -> inline.matcher(read(file)).find())
        .forEach(file -> found.add(file.getFileName().toString()));

    assertThat(found).containsExactlyInAnyOrder("SystemScheduler.java", "WallClock.java");
  }

  private static Stream<Path> sources() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first segment below the root package; empty for the root itself. */
  private static String packageOf(Path file) {
    Path below = SOURCES.relativize(file);
    return below.getNameCount() == 1 ? "" : below.getName(0).toString();
  }

  private static String read(Path file) {
    try {
      String text = Files.readString(file);
      assertThat(text).contains("package " + ROOT);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
