package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import javassist.ClassPool;
import javassist.CtClass;
import javassist.CtMethod;
import javassist.Modifier;
import javassist.NotFoundException;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
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
        fetch(artifactId, RELEASED, repository()),
        ApiCheck.nextVersion(Files.readString(BuiltArtifacts.changelog())),
        BuiltArtifacts.file(artifact, ".jar"));
  }

  @Test
  void aReleaseIsFetchedByItsCoordinates() throws Exception {
    Path fetched = fetch("bililive-sdk-facade", BuiltArtifacts.VERSION, layOut());

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

  /** Of the release, if there is one, else of this build. */
  @Test
  void ofTheFacadeAPublicMethodMayNotGoAndAnInternalOneMay() throws Exception {
    String artifactId = BuiltArtifacts.FACADE.artifactId();
    Path now = BuiltArtifacts.file(BuiltArtifacts.FACADE, ".jar");
    Path released = RELEASED.equals("none") ? now : fetch(artifactId, RELEASED, repository());
    String internal =
        Jar.classes(now).stream()
            .filter(name -> name.matches("io/github/bililive/internal/[^$]+\\.class"))
            .map(name -> name.replace(".class", "").replace('/', '.'))
            .filter(name -> aMethodOf(name, now) != null)
            .findFirst()
            .orElseThrow();

    Path withoutInternal = without(aMethodOf(internal, now), now);
    Path withoutPublic = without(aMethodOf("io.github.bililive.BiliLiveClient", now), now);

    ApiCheck.check(artifactId, "1.2.3", released, "1.2.4", withoutInternal);
    assertThatThrownBy(() -> ApiCheck.check(artifactId, "1.2.3", released, "1.2.4", withoutPublic))
        .hasMessageContaining("io.github.bililive.BiliLiveClient: METHOD_REMOVED");
  }

  private static @Nullable CtMethod aMethodOf(String type, Path jar) {
    try {
      ClassPool classes = new ClassPool();
      classes.appendSystemPath();
      classes.insertClassPath(jar.toString());
      return Stream.of(classes.get(type).getDeclaredMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()))
          .findFirst()
          .orElse(null);
    } catch (NotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns a copy of the jar whose class lacks the method. */
  private Path without(CtMethod method, Path jar) throws Exception {
    CtClass type = method.getDeclaringClass();
    type.removeMethod(method);
    Path copy = Files.createTempFile(folder, "without", ".jar");
    Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
    try (FileSystem files = FileSystems.newFileSystem(copy)) {
      Files.write(files.getPath(type.getName().replace('.', '/') + ".class"), type.toBytecode());
    }
    return copy;
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

  private static Path repository() throws IOException {
    return BuiltArtifacts.RELEASED_REPOSITORY == null ? Maven.localRepository() : layOut();
  }

  private static Path layOut() throws IOException {
    Path repository = Path.of("target", "released", "repository").toAbsolutePath();
    BuiltArtifacts.layOut(repository, Maven.localRepository());
    return repository;
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
