package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The Maven that runs this build, run once more: same JDK, same settings, another project. In a
 * rehearsal of a release the settings name the folder of that as the mirror of every repository.
 */
final class Maven {
  private static final String JAVA_HOME = System.getProperty("java.home");
  private static final long MINUTES = 5;

  private Maven() {}

  /** Returns the user's local repository. */
  static Path localRepository() {
    return Path.of(System.getProperty("maven.localRepository"));
  }

  /** Runs goals and returns what was printed; a build that fails is a failed assertion. */
  static List<String> run(
      Path project, Path repository, Map<String, String> environment, String... goals)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("maven.home"), "bin", executable()).toString());
    command.addAll(List.of("-q", "-B", "-ntp", "-Dmaven.repo.local=" + repository));
    if (BuiltArtifacts.RELEASED_REPOSITORY != null) {
      String settings = settings(project, BuiltArtifacts.RELEASED_REPOSITORY).toString();
      // What others have downloaded is used, whatever repository it came from.
      command.addAll(List.of("-s", settings, "-gs", settings, "-Dmaven.legacyLocalRepo=true"));
    } else {
      addIfThere(command, "-s", System.getProperty("maven.userSettings"));
      addIfThere(command, "-gs", System.getProperty("maven.globalSettings"));
      if ("offline=true".equals(System.getProperty("maven.network"))) {
        command.add("-o");
      }
    }
    command.addAll(List.of(goals));

    Path log = project.resolve("mvn.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", JAVA_HOME);
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    List<String> printed = Files.readAllLines(log);
    assertThat(ended).as("ended within %d min: %s", MINUTES, printed).isTrue();
    assertThat(process.exitValue()).as(String.join("\n", printed)).isZero();
    return printed;
  }

  private static Path settings(Path project, Path repository) throws IOException {
    return Files.writeString(
        project.resolve("settings.xml"),
        "<settings><mirrors><mirror><id>rehearsal</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors></settings>"
            .formatted(repository.toUri()));
  }

  private static String executable() {
    return File.separatorChar == '\\' ? "mvn.cmd" : "mvn";
  }

  private static void addIfThere(List<String> command, String option, @Nullable String file) {
    if (file != null && Files.exists(Path.of(file))) {
      command.addAll(List.of(option, file));
    }
  }
}
