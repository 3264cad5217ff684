package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Compares the two jars with those of the last release, {@code released.version} in the parent POM:
 * what breaks users needs a new major version. There is nothing to compare with until then.
 */
class ApiCompatibilityIT {
  private static final String RELEASED = System.getProperty("released.version");
  private static final String OLD =
      "package io.github.bililive; public class Room { public void beat() {} public int id; }";

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("io.github.bililive.consumer.BuiltArtifacts#SDK")
  void theJarBreaksNoUserOfTheLastReleaseWithinItsMajorVersion(BuiltArtifacts.Artifact artifact)
      throws Exception {
    assumeThat(RELEASED).as("the last release").isNotEqualTo("none");
    String artifactId = artifact.artifactId();

    ApiCheck.check(
        artifactId,
        RELEASED,
        fetch(artifactId, RELEASED, Maven.localRepository()),
        ApiCheck.nextVersion(Files.readString(BuiltArtifacts.changelog())),
        BuiltArtifacts.file(artifact, ".jar"));
  }

  @Test
  void aReleaseIsFetchedByItsCoordinates() throws Exception {
    Path repository = Path.of("target", "released", "repository").toAbsolutePath();
    BuiltArtifacts.layOut(repository, Maven.localRepository());

    Path fetched = fetch("bililive-sdk-facade", BuiltArtifacts.VERSION, repository);

    assertThat(Jar.classes(fetched)).contains("io/github/bililive/BiliLiveClient.class");
    ApiCheck.check(
        "x", "1.2.3", fetched, "1.2.4", BuiltArtifacts.file(BuiltArtifacts.FACADE, ".jar"));
  }

  @Test
  void aPublicMethodThatIsGoneIsRefusedAndTheFirstLineSaysWhatToDo() throws IOException {
    Path before = jar("old", OLD);
    Path after = jar("new", OLD.replace("public void beat() {}", ""));

    assertThatThrownBy(() -> ApiCheck.check("bililive-x", "1.2.3", before, "1.3.0", after))
        .hasMessageStartingWith(
            "bililive-x breaks users of 1.2.3: take the change back, or head CHANGELOG.md with a"
                + " new major version.\n")
        .hasMessageContaining("io.github.bililive.Room")
        .hasMessageContaining("METHOD_REMOVED")
        .hasMessageContaining("beat");
    assertThatCode(() -> ApiCheck.check("bililive-x", "1.2.3", before, "2.0.0", after))
        .doesNotThrowAnyException();
  }

  @Test
  void aClassThatIsGoneAndAMethodThatUsersMustImplementAreRefused() throws IOException {
    String listener = "package io.github.bililive; public interface Room { void a(); %s }";

    assertThat(refused(OLD, OLD.replace("public class Room", "class Room"))).contains("Room");
    assertThat(refused(listener.formatted(""), listener.formatted("void b();")))
        .contains("METHOD_ADDED_TO_INTERFACE");
  }

  @Test
  void additionsWhatIsNotPublicAndWhatIsInternalAreFree() throws IOException {
    String hidden = "package io.github.bililive.internal; public class Room { %s }";
    String calls = "package io.github.bililive.generated.api; public interface Room { %s }";

    accepted(OLD, OLD.replace("public int id;", "public int id; public void more() {}"));
    accepted(OLD.replace("public void", "void"), OLD.replace("public void beat() {}", ""));
    accepted(hidden.formatted("public void a() {}"), hidden.formatted(""));
    accepted(calls.formatted("void a();"), calls.formatted("void a(); void b();"));
  }

  private String refused(String before, String after) throws IOException {
    Path old = jar("old", before);
    Path now = jar("new", after);
    try {
      ApiCheck.check("x", "1.2.3", old, "1.3.0", now);
    } catch (AssertionError refused) {
      return refused.getMessage();
    }
    throw new AssertionError("not refused: " + after);
  }

  private void accepted(String before, String after) throws IOException {
    ApiCheck.check("x", "1.2.3", jar("old", before), "1.2.4", jar("new", after));
  }

  private Path jar(String name, String source) throws IOException {
    Path directory = Files.createTempDirectory(folder, name);
    Path file = Files.writeString(directory.resolve("Room.java"), source);
    Path classes = Files.createDirectory(directory.resolve("classes"));
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), file.toString()))
        .isZero();
    return Jar.pack(classes, directory.resolve(name + ".jar"));
  }

  private Path fetch(String artifactId, String version, Path repository)
      throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("pom.xml"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId>"
            + "<artifactId>released</artifactId><version>1</version></project>");
    Files.createDirectories(folder.resolve(".mvn"));
    Maven.run(
        folder,
        repository,
        Map.of(),
        "org.apache.maven.plugins:maven-dependency-plugin:"
            + System.getProperty("dependency-plugin.version")
            + ":copy",
        "-Dartifact=io.github.bililive:" + artifactId + ":" + version,
        "-DoutputDirectory=" + folder);
    return folder.resolve(artifactId + "-" + version + ".jar");
  }
}
