package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows compiles as it stands there, and runs where it can. */
@Timeout(120)
class SnippetsTest {
  @TempDir Path folder;

  static List<Snippet> java() throws IOException {
    return Snippet.all().stream()
        .filter(snippet -> snippet.language().equals("java"))
        .filter(snippet -> !snippet.needsSpring()) // SpringIT compiles and runs those.
        .collect(Collectors.toList());
  }

  static List<Snippet> tests() throws IOException {
    return java().stream().filter(snippet -> snippet.text().contains("@Test")).toList();
  }

  static List<Snippet> programs() throws IOException {
    return java().stream()
        .filter(snippet -> snippet.text().contains("void main(String[] args)"))
        .filter(snippet -> snippet.text().contains("BiliLiveClient.builder()"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("java")
  void aSnippetCompilesAsItStands(Snippet snippet) throws IOException {
    snippet.compile(folder).close();
  }

  @ParameterizedTest
  @MethodSource("tests")
  void aTestPassesAsItStands(Snippet snippet) throws Exception {
    try (URLClassLoader loader = snippet.compile(folder)) {
      Class<?> type = loader.loadClass(snippet.typeName());
      int passed = 0;
      for (Method method : type.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          var constructor = type.getDeclaredConstructor();
          constructor.setAccessible(true);
          method.setAccessible(true);
          method.invoke(constructor.newInstance());
          passed++;
        }
      }
      assertThat(passed).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramHearsTheSandbox(Snippet snippet) throws Exception {
    snippet.compileForSandbox(folder).close();
    try (Sandbox sandbox = Sandbox.start()) {
      List<String> printed = Programs.untilADanmaku(classPath(), snippet.typeName(), sandbox);

      assertThat(printed).last().asString().contains("sample user");
    }
  }

  @Test
  void theFirstPageOfTheJavadocShowsTheProgramOfTheReadme() throws IOException {
    Path overview = BuiltArtifacts.docs().resolveSibling("src/main/javadoc/overview.html");

    assertThat(Files.readString(overview)).contains(Snippet.declaring("Hear").text());
  }

  /** Where a page names an artifact of ours, it is one, in the version that the pages are of. */
  @Test
  void coordinatesAreThoseOfThisBuild() throws IOException {
    Pattern gradle = Pattern.compile("io\\.github\\.bililive:([\\w-]+):([\\w.-]+)");
    List<String> artifacts =
        BuiltArtifacts.ALL.stream().map(BuiltArtifacts.Artifact::artifactId).toList();
    int found = 0;
    for (Snippet snippet : Snippet.all()) {
      for (Matcher named = gradle.matcher(snippet.text()); named.find(); found++) {
        assertThat(artifacts).as("%s", snippet).contains(named.group(1));
        assertThat(named.group(2)).as("%s", snippet).isEqualTo(BuiltArtifacts.DOCUMENTED_VERSION);
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(8);
  }

  /** In the pages and in both READMEs. */
  @Test
  void noLinkLeadsNowhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : Snippet.pages()) {
      Matcher link = Pattern.compile("\\]\\(([^)#:]*)(#[^)]*)?\\)").matcher(Files.readString(page));
      while (link.find()) {
        Path target =
            link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
        if (Files.notExists(target)) {
          broken.add(page + ": " + link.group());
        } else if (link.group(2) != null && !anchors(target).contains(link.group(2))) {
          broken.add(page + ": " + link.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static List<String> anchors(Path page) throws IOException {
    try (Stream<String> lines = Files.lines(page)) {
      return lines
          .filter(line -> line.startsWith("#"))
          .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
          .map(line -> "#" + line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
          .toList();
    }
  }

  private String classPath() {
    return folder + File.pathSeparator + System.getProperty("java.class.path");
  }
}
