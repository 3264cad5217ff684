package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the documentation shows compiles as it stands there, and runs where it can. */
@Timeout(120)
class SnippetsTest {
  /** One line, in Kotlin and in Groovy. */
  private static final Pattern GRADLE =
      Pattern.compile(
          "(?:testI|i)mplementation\\(\"io\\.github\\.bililive:([\\w-]+):([\\w.-]+)\"\\)");

  @TempDir Path folder;

  /**
   * The page's test waits for three seconds, of which a cold JVM on a busy machine may need two.
   */
  @BeforeAll
  static void loadTheClasses() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        BiliLiveClient client =
            BiliLiveClient.builder()
                .baseUrl(sandbox.baseUrl())
                .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
                .accessToken(sandbox.accessToken())
                .build()) {
      CountDownLatch heard = new CountDownLatch(1);
      client.connect(
          new LiveListener() {
            @Override
            public void onEvent(LiveEvent event) {
              heard.countDown();
            }
          });
      assertThat(heard.await(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  static List<Snippet> java() throws IOException {
    return Snippet.all().stream()
        .filter(snippet -> snippet.language().equals("java"))
        .filter(snippet -> !snippet.needsSpring()) // SpringIT compiles and runs those.
        .filter(snippet -> !snippet.isModule()) // ModuleIT does.
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

  /**
   * So that a snippet of another kind is not left unchecked. Commands are in fences without one.
   */
  @Test
  void aSnippetIsOfAKindThatATestLooksAt() throws IOException {
    for (Snippet snippet : Snippet.all()) {
      String text = snippet.text();
      boolean isLookedAt =
          switch (snippet.language()) {
            case "java" -> true; // Here, in SpringIT or in ModuleIT.
            case "kotlin" -> isGradle(snippet) || text.contains("fun main()"); // KotlinIT
            case "xml" -> true; // Below; those of spring.md and modules.md are built, too.
            case "python" -> snippet.page().endsWith("sandbox-server.md"); // PythonClientTest
            case "sql" -> snippet.page().endsWith("leases.md"); // LeasesTest
            case "mermaid" -> snippet.page().endsWith("architecture.md"); // A picture.
            default -> false;
          };
      assertThat(isLookedAt).as("%s: %s", snippet, text).isTrue();
    }
  }

  private static boolean isGradle(Snippet snippet) {
    return snippet.text().contains("mplementation(");
  }

  /** There is no Gradle here: its lines are compared with what this build makes. */
  @Test
  void gradlesLinesAreNothingButArtifactsOfThisBuild() throws IOException {
    int found = 0;
    for (Snippet snippet : Snippet.all()) {
      if (!isGradle(snippet)) {
        continue;
      }
      for (String line : snippet.text().lines().map(String::strip).toList()) {
        Matcher named = GRADLE.matcher(line);
        if (named.matches()) {
          requireOurs(snippet, named.group(1), named.group(2));
          found++;
        } else {
          assertThat(line).as("%s", snippet).isIn("dependencies {", "}");
        }
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(5);
  }

  @Test
  void xmlIsWellFormedAndNamesArtifactsOfThisBuild() throws Exception {
    int found = 0;
    for (Snippet snippet : Snippet.all()) {
      if (snippet.language().equals("xml")) {
        NodeList artifacts = parsed(snippet).getElementsByTagName("artifactId");
        for (int i = 0; i < artifacts.getLength(); i++) {
          Element dependency = (Element) artifacts.item(i).getParentNode();
          if (text(dependency, "groupId").equals("io.github.bililive")) {
            requireOurs(snippet, text(dependency, "artifactId"), text(dependency, "version"));
            found++;
          }
        }
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(6);
  }

  private static Document parsed(Snippet snippet) throws Exception {
    String text = "<page xmlns:android='android'>" + snippet.text() + "</page>";
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static String text(Element parent, String child) {
    Node node = parent.getElementsByTagName(child).item(0);
    return node == null ? "" : node.getTextContent();
  }

  private static void requireOurs(Snippet snippet, String artifactId, String version) {
    assertThat(BuiltArtifacts.ALL)
        .as("%s", snippet)
        .extracting(BuiltArtifacts.Artifact::artifactId)
        .contains(artifactId);
    assertThat(version).as("%s", snippet).isEqualTo(BuiltArtifacts.DOCUMENTED_VERSION);
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
