package io.github.bililive.consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this build is about to publish, as it lies in the modules' target directories; or, in a
 * rehearsal of a release, as it was deployed to {@code released.repository}.
 */
final class BuiltArtifacts {
  static final String VERSION = System.getProperty("project.version");

  /** What the pages tell users to ask for: the last release, once there is one. */
  static final String DOCUMENTED_VERSION = documentedVersion();

  static final Artifact GENERATOR =
      new Artifact("openapi", "bililive-openapi", "io.github.bililive.openapi");
  static final Artifact CLIENT =
      new Artifact("generated-client", "bililive-generated-client", "io.github.bililive.generated");
  static final Artifact FACADE =
      new Artifact("sdk-facade", "bililive-sdk-facade", "io.github.bililive");
  static final Artifact SANDBOX =
      new Artifact("sdk-facade/sandbox", "bililive-sandbox", "io.github.bililive.sandbox");
  static final Artifact TOOLS =
      new Artifact("sdk-facade/tools", "bililive-tools", "io.github.bililive.tools");
  static final Artifact KAFKA_CONNECT =
      new Artifact(
          "sdk-facade/kafka-connect", "bililive-kafka-connect", "io.github.bililive.kafka");

  /** All that is published. */
  static final List<Artifact> ALL =
      List.of(GENERATOR, CLIENT, FACADE, SANDBOX, TOOLS, KAFKA_CONNECT);

  /** What goes into users' apps: Java 8, and compared with the last release. */
  static final List<Artifact> SDK = List.of(CLIENT, FACADE);

  /** The folder of a rehearsed release, which is then the only repository that there is. */
  static final @Nullable Path RELEASED_REPOSITORY = releasedRepository();

  private static final boolean DEPLOYED =
      RELEASED_REPOSITORY != null && !VERSION.endsWith("-SNAPSHOT");
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path GROUP = Path.of("io", "github", "bililive");

  private BuiltArtifacts() {}

  /** Returns a module's folder for what it builds. */
  static Path target(Artifact artifact) {
    return ROOT.resolve(artifact.folder()).resolve("target");
  }

  /** Returns the file with this ending, such as {@code -sources.jar}. */
  static Path file(Artifact artifact, String ending) {
    if (DEPLOYED) {
      return inRepository(RELEASED_REPOSITORY, artifact.artifactId(), ending);
    }
    // People type the name of the runnable jar: it has no version.
    String name = artifact.equals(TOOLS) ? TOOLS.artifactId() : name(artifact.artifactId());
    return target(artifact).resolve(name + ending);
  }

  static Path changelog() {
    return ROOT.resolve("CHANGELOG.md");
  }

  static Path readme() {
    return ROOT.resolve("README.md");
  }

  static Path readmeInChinese() {
    return ROOT.resolve("README.zh-CN.md");
  }

  /** Returns the folder of the documentation's pages. */
  static Path docs() {
    return ROOT.resolve("sdk-facade/docs");
  }

  /** Returns the folder of the documents and templates. */
  static Path openapi() {
    return ROOT.resolve("openapi");
  }

  /**
   * Lays out a local repository in which our artifacts lie as if installed; everything else in it
   * is linked to the user's own repository, where nothing of ours is left behind. What has to be
   * downloaded goes there. What was deployed is left out: it comes from its repository.
   */
  static void layOut(Path repository, Path usersRepository) throws IOException {
    Path parent = Path.of("");
    for (Path name : GROUP) {
      Files.createDirectories(repository.resolve(parent));
      for (Path old : list(repository.resolve(parent))) {
        if (Files.isSymbolicLink(old)) {
          Files.delete(old);
        }
      }
      for (Path users : list(usersRepository.resolve(parent))) {
        Path link = repository.resolve(parent).resolve(users.getFileName());
        if (!users.endsWith(name) && Files.notExists(link)) {
          Files.createSymbolicLink(link, users);
        }
      }
      parent = parent.resolve(name);
    }
    if (DEPLOYED) {
      return;
    }
    put(repository, "bililive-parent", ".pom", ROOT.resolve("pom.xml"));
    for (Artifact artifact : ALL) {
      Path pom = ROOT.resolve(artifact.folder()).resolve("pom.xml");
      put(repository, artifact.artifactId(), ".pom", pom);
      put(repository, artifact.artifactId(), ".jar", file(artifact, ".jar"));
    }
  }

  private static void put(Path repository, String artifactId, String ending, Path from)
      throws IOException {
    Path file = inRepository(repository, artifactId, ending);
    Files.createDirectories(file.getParent());
    Files.copy(from, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path inRepository(Path repository, String artifactId, String ending) {
    Path directory = repository.resolve(GROUP).resolve(artifactId).resolve(VERSION);
    return directory.resolve(name(artifactId) + ending);
  }

  private static String documentedVersion() {
    String released = System.getProperty("released.version");
    return VERSION.endsWith("-SNAPSHOT") && !released.equals("none") ? released : VERSION;
  }

  private static @Nullable Path releasedRepository() {
    String folder = System.getProperty("released.repository", "");
    return folder.isEmpty() ? null : Path.of(folder);
  }

  private static String name(String artifactId) {
    return artifactId + "-" + VERSION;
  }

  /** One of our artifacts: the folder of its module, and what its jar calls itself. */
  record Artifact(String folder, String artifactId, String moduleName) {
    @Override
    public String toString() {
      return artifactId;
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
