package io.github.bililive.consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** What this build is about to publish, as it lies in the modules' target directories. */
final class BuiltArtifacts {
  static final String VERSION = System.getProperty("project.version");
  static final List<String> MODULES = List.of("generated-client", "sdk-facade");

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path GROUP = Path.of("io", "github", "bililive");

  private BuiltArtifacts() {}

  /** Returns the file with this ending, such as {@code -sources.jar}. */
  static Path file(String module, String ending) {
    return ROOT.resolve(module).resolve("target").resolve(name("bililive-" + module) + ending);
  }

  static Path changelog() {
    return ROOT.resolve("CHANGELOG.md");
  }

  static Path readme() {
    return ROOT.resolve("README.md");
  }

  /** Returns the folder of the documents and templates. */
  static Path openapi() {
    return ROOT.resolve("openapi");
  }

  /**
   * Lays out a local repository in which our artifacts lie as if installed; everything else in it
   * is linked to the user's own repository, where nothing of ours is left behind. What has to be
   * downloaded goes there.
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
    put(repository, "bililive-parent", ".pom", ROOT.resolve("pom.xml"));
    for (String module : MODULES) {
      String artifactId = "bililive-" + module;
      put(repository, artifactId, ".pom", ROOT.resolve(module).resolve("pom.xml"));
      put(repository, artifactId, ".jar", file(module, ".jar"));
    }
    put(
        repository,
        "bililive-generated-client",
        "-generator.jar",
        file("generated-client", "-generator.jar"));
  }

  private static void put(Path repository, String artifactId, String ending, Path from)
      throws IOException {
    Path directory = repository.resolve(GROUP).resolve(artifactId).resolve(VERSION);
    Files.createDirectories(directory);
    Files.copy(
        from, directory.resolve(name(artifactId) + ending), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String name(String artifactId) {
    return artifactId + "-" + VERSION;
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
