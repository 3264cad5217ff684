package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What lies in the folder of a rehearsed release. */
class ReleasedFilesIT {
  @BeforeAll
  static void onlyInARehearsal() {
    assumeThat(BuiltArtifacts.RELEASED_REPOSITORY).as("a rehearsed release").isNotNull();
    assumeThat(BuiltArtifacts.VERSION).doesNotEndWith("-SNAPSHOT");
  }

  @ParameterizedTest
  @FieldSource("io.github.bililive.consumer.BuiltArtifacts#ALL")
  void eachFileIsThereWithItsSignatureAndItsSum(BuiltArtifacts.Artifact artifact) {
    for (String ending :
        List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
      for (String more : List.of("", ".asc", ".md5", ".sha1")) {
        assertThat(BuiltArtifacts.file(artifact, ending + more)).exists();
      }
    }
  }

  @ParameterizedTest
  @FieldSource("io.github.bililive.consumer.BuiltArtifacts#ALL")
  void aPomSaysWhatRegistriesAskForAndNeedsNoOtherPom(BuiltArtifacts.Artifact artifact)
      throws Exception {
    Element pom = pom(artifact);

    for (String element :
        List.of("name", "description", "url", "licenses", "developers", "scm", "version")) {
      assertThat(children(pom, element)).as(element).hasSize(1);
    }
    for (String element :
        List.of(
            "parent",
            "build",
            "profiles",
            "properties",
            "repositories",
            "dependencyManagement",
            "distributionManagement")) {
      assertThat(children(pom, element)).as(element).isEmpty();
    }
    assertThat(pom.getTextContent()).doesNotContain("${", "SNAPSHOT", "@");
  }

  /** As Gradle reads a POM: what is of scope compile is api, runtime is runtime, no more counts. */
  @ParameterizedTest
  @CsvSource({
    "bililive-generated-client, retrofit moshi jspecify",
    "bililive-sdk-facade, bililive-generated-client retrofit converter-moshi moshi okhttp jspecify",
    "bililive-sandbox, mockwebserver okhttp moshi jspecify",
    "bililive-openapi, openapi-generator",
    "bililive-tools,",
    "bililive-kafka-connect, bililive-sdk-facade dec connect-api kafka-clients slf4j-api"
  })
  void aPomNamesWhatUsersNeedWithVersionsAndNothingElse(String artifactId, String needed)
      throws Exception {
    BuiltArtifacts.Artifact artifact =
        BuiltArtifacts.ALL.stream()
            .filter(candidate -> candidate.artifactId().equals(artifactId))
            .findFirst()
            .orElseThrow();
    List<String> found = new ArrayList<>();
    for (Element dependency : descendants(pom(artifact), "dependency")) {
      assertThat(text(dependency, "version")).matches("[0-9].*");
      assertThat(text(dependency, "scope")).isIn("", "compile", "runtime", "provided");
      if (!text(dependency, "optional").equals("true")) {
        found.add(text(dependency, "artifactId"));
      }
    }

    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            needed == null ? List.of() : List.of(needed.split(" ")));
  }

  @Test
  void nothingElseIsPublished() throws IOException {
    Path group = BuiltArtifacts.file(BuiltArtifacts.FACADE, ".pom").getParent().resolve("../..");
    try (var folders = Files.list(group)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              BuiltArtifacts.ALL.stream().map(BuiltArtifacts.Artifact::artifactId).toList());
    }
  }

  private static Element pom(BuiltArtifacts.Artifact artifact) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(BuiltArtifacts.file(artifact, ".pom").toFile())
        .getDocumentElement();
  }

  private static List<Element> descendants(Element from, String name) {
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < from.getElementsByTagName(name).getLength(); i++) {
      found.add((Element) from.getElementsByTagName(name).item(i));
    }
    return found;
  }

  private static List<Element> children(Element from, String name) {
    List<Element> found = new ArrayList<>();
    for (Node child = from.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child.getNodeName().equals(name)) {
        found.add((Element) child);
      }
    }
    return found;
  }

  private static String text(Element from, String name) {
    return children(from, name).stream().map(Node::getTextContent).findFirst().orElse("");
  }
}
