package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.bililive.sandbox.Sandbox;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program of kotlin.md, compiled by Maven and run: profile kotlin. */
@Timeout(600)
class KotlinIT {
  private static final Path DIRECTORY = Path.of("target", "kotlin").toAbsolutePath();
  private static final String KOTLIN = System.getProperty("kotlin.version", "");
  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>com.example</groupId>
        <artifactId>rooms</artifactId>
        <version>1</version>
        <dependencies>
          <dependency>
            <groupId>io.github.bililive</groupId>
            <artifactId>bililive-sdk-facade</artifactId>
            <version>%s</version>
          </dependency>
          <dependency>
            <groupId>org.jetbrains.kotlinx</groupId>
            <artifactId>kotlinx-coroutines-core</artifactId>
            <version>%s</version>
          </dependency>
          <dependency>
            <groupId>org.jetbrains.kotlin</groupId>
            <artifactId>kotlin-stdlib</artifactId>
            <version>%s</version>
          </dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin>
              <groupId>org.jetbrains.kotlin</groupId>
              <artifactId>kotlin-maven-plugin</artifactId>
              <version>%s</version>
              <configuration>
                <sourceDirs><sourceDir>src/main/kotlin</sourceDir></sourceDirs>
                <args><arg>-Werror</arg></args>
              </configuration>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  @Test
  void theProgramOfThePageHearsTheSandbox() throws Exception {
    assumeThat(KOTLIN).as("profile kotlin").isNotEmpty();
    Path repository = DIRECTORY.resolve("repository");
    BuiltArtifacts.layOut(repository, Maven.localRepository());
    Path project = DIRECTORY.resolve("project");
    Files.createDirectories(project.resolve(".mvn")); // Or Maven would look for it further up.
    Path sources = Files.createDirectories(project.resolve(Path.of("src/main/kotlin")));
    Files.writeString(sources.resolve("Main.kt"), program().forSandbox());
    Files.writeString(
        project.resolve("pom.xml"),
        POM.formatted(
            BuiltArtifacts.VERSION, System.getProperty("coroutines.version"), KOTLIN, KOTLIN));

    Maven.run(
        project,
        repository,
        Map.of(),
        "org.jetbrains.kotlin:kotlin-maven-plugin:compile",
        "org.apache.maven.plugins:maven-dependency-plugin:"
            + System.getProperty("dependency-plugin.version")
            + ":build-classpath",
        "-Dmdep.outputFile=classpath.txt");

    String classPath =
        project.resolve("target/classes")
            + File.pathSeparator
            + Files.readString(project.resolve("classpath.txt"));
    try (Sandbox sandbox = Sandbox.start()) {
      List<String> printed = Programs.untilADanmaku(classPath, "MainKt", sandbox);
      assertThat(printed).first().asString().startsWith("room ");
      assertThat(printed).last().asString().contains("sample user: ");
    }
  }

  private static Snippet program() throws Exception {
    return Snippet.all().stream()
        .filter(snippet -> snippet.page().endsWith("kotlin.md"))
        .filter(snippet -> snippet.text().contains("fun main()"))
        .findFirst()
        .orElseThrow();
  }
}
