package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may import whom, read from the imports of every class. */
class ArchitectureTest {
  private static final String ROOT = "io.github.bililive";
  private static final Path SOURCES = Path.of("src", "main", "java", "io", "github", "bililive");

  /** The public types that put something together: they alone import internal ones. */
  private static final Set<String> ASSEMBLERS =
      Set.of(
          "BiliLiveClient", // all of it
          "ApiParts", // an API's parts
          "ClientParts", // its parts
          "ClientSettings", // what it is built from
          "ConnectionRelay", // a server's leases
          "TokenAccount", // the calls about a token
          "store.FileConnectionStore", // a store
          "store.JdbcConnectionStore", // a store
          "token.FileTokenStore", // a store
          "token.JdbcTokenStore", // a store
          "token.FunctionToken"); // behind AccessTokenProvider's static factory

  private static final Set<String> PUBLIC_PACKAGES = Set.of("", "error", "hook", "store", "token");

  /** Each internal package, and the internal ones that it may import. */
  private static final Map<String, Set<String>> INTERNAL_PACKAGES =
      Map.of(
          "internal.time", Set.of(),
          "internal.packet", Set.of(),
          "internal.store", Set.of("internal.http", "internal.time"),
          "internal.message", Set.of(),
          "internal.http", Set.of("internal.message", "internal.time"),
          "internal.heartbeat", Set.of("internal.http", "internal.time"),
          "internal.token", Set.of("internal.http", "internal.store", "internal.time"),
          "internal.room",
              Set.of(
                  "internal.heartbeat",
                  "internal.http",
                  "internal.message",
                  "internal.packet",
                  "internal.store",
                  "internal.time",
                  "internal.token"));

  private static final Pattern IMPORT =
      Pattern.compile(
          "^import (?:static )?io\\.github\\.bililive\\.((?:[a-z]\\w*\\.)*)([A-Z]\\w*)[\\w.*]*;",
          Pattern.MULTILINE);

  /** One import of a type of ours. */
  private record Use(String fromPackage, String fromType, String toPackage, String toType) {
    String from() {
      return fromPackage.isEmpty() ? fromType : fromPackage + "." + fromType;
    }

    String to() {
      return toPackage.isEmpty() ? toType : toPackage + "." + toType;
    }

    @Override
    public String toString() {
      return from() + " imports " + to();
    }
  }

  @Test
  void everyPackageHasItsPlace() {
    TreeSet<String> packages = new TreeSet<>();
    sources().forEach(file -> packages.add(packageOf(file)));

    TreeSet<String> known = new TreeSet<>(PUBLIC_PACKAGES);
    known.addAll(INTERNAL_PACKAGES.keySet());
    assertThat(packages).isEqualTo(known);
  }

  @Test
  void onlyTypesThatPutSomethingTogetherImportInternalOnes() {
    assertThat(uses().filter(use -> !isInternal(use.fromPackage) && isInternal(use.toPackage)))
        .isNotEmpty()
        .allSatisfy(use -> assertThat(use.from()).as(use.toString()).isIn(ASSEMBLERS));
  }

  @Test
  void noInternalTypeImportsOneThatPutsSomethingTogether() {
    assertThat(uses().filter(use -> isInternal(use.fromPackage)))
        .isNotEmpty()
        .allSatisfy(use -> assertThat(use.to()).as(use.toString()).isNotIn(ASSEMBLERS));
  }

  @Test
  void internalPackagesImportEachOtherOneWay() {
    assertThat(
            uses()
                .filter(use -> isInternal(use.fromPackage) && isInternal(use.toPackage))
                .filter(use -> !use.fromPackage.equals(use.toPackage)))
        .isNotEmpty()
        .allSatisfy(
            use ->
                assertThat(INTERNAL_PACKAGES.get(use.fromPackage))
                    .as(use.toString())
                    .contains(use.toPackage));
    assertThat(circleAmongInternalPackages()).isEmpty();
  }

  /** Of the public packages, hook and token may name what the root has; the root names them. */
  @Test
  void errorImportsNoOtherPackageAndHookNoToken() {
    assertThat(uses().filter(use -> !use.fromPackage.equals(use.toPackage)))
        .noneMatch(use -> use.fromPackage.equals("error"))
        .noneMatch(use -> use.fromPackage.equals("hook") && use.toPackage.equals("token"));
  }

  @Test
  void timeIsTakenAndWaitedForAtTheSeamAlone() {
    Pattern inline =
        Pattern.compile(
            "System\\s*[.:]+\\s*(nanoTime|currentTimeMillis)|Thread\\.sleep|new Date\\(\\)|Instant\\.now");
    List<String> found = new ArrayList<>();
    sources()
        .filter(file -> inline.matcher(read(file)).find())
        .forEach(file -> found.add(file.getFileName().toString()));

    assertThat(found).containsExactlyInAnyOrder("SystemScheduler.java", "WallClock.java");
  }

  /** Removes packages that import none that is left; what cannot be removed is a circle. */
  private static Set<String> circleAmongInternalPackages() {
    Map<String, Set<String>> left = new TreeMap<>();
    INTERNAL_PACKAGES.forEach((from, to) -> left.put(from, new HashSet<>(to)));
    boolean removed = true;
    while (removed) {
      Set<String> free = new HashSet<>();
      left.forEach(
          (from, to) -> {
            if (to.stream().noneMatch(left::containsKey)) {
              free.add(from);
            }
          });
      removed = left.keySet().removeAll(free);
    }
    return left.keySet();
  }

  private static boolean isInternal(String name) {
    return name.startsWith("internal");
  }

  private static Stream<Use> uses() {
    return sources()
        .flatMap(
            file -> {
              List<Use> uses = new ArrayList<>();
              Matcher imports = IMPORT.matcher(read(file));
              while (imports.find()) {
                String to = imports.group(1).replaceAll("\\.$", "");
                if (!to.startsWith("generated")) {
                  String type = file.getFileName().toString().replace(".java", "");
                  uses.add(new Use(packageOf(file), type, to, imports.group(2)));
                }
              }
              return uses.stream();
            });
  }

  private static Stream<Path> sources() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The package below the root's; empty for the root itself. */
  private static String packageOf(Path file) {
    Path below = SOURCES.relativize(file).getParent();
    return below == null ? "" : below.toString().replace(file.getFileSystem().getSeparator(), ".");
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
