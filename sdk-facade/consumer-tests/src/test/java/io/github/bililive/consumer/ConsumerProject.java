package io.github.bililive.consumer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Maven project with one class, {@code Main}, that prints its class path among other things. */
final class ConsumerProject {
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>com.example</groupId>
        <artifactId>consumer</artifactId>
        <version>1</version>
        <properties>
          <maven.compiler.source>8</maven.compiler.source>
          <maven.compiler.target>8</maven.compiler.target>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>

      %s
        <build>
          <plugins>
      %s
            <plugin>
              <groupId>org.apache.maven.plugins</groupId>
              <artifactId>maven-compiler-plugin</artifactId>
              <version>%s</version>
            </plugin>
            <plugin>
              <groupId>org.codehaus.mojo</groupId>
              <artifactId>exec-maven-plugin</artifactId>
              <version>%s</version>
              <configuration>
                <executable>${java.home}/bin/java</executable>
                <arguments>
                  <argument>-classpath</argument>
                  <classpath />
                  <argument>Main</argument>
                </arguments>
              </configuration>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  private final Path directory;

  /** Writes the project. */
  ConsumerProject(Path directory, String dependencies, String main) throws IOException {
    this.directory = directory;
    Path sources = Files.createDirectories(directory.resolve(Path.of("src", "main", "java")));
    Files.createDirectories(directory.resolve(".mvn")); // Or Maven would look for it further up.
    Files.writeString(directory.resolve("pom.xml"), pom(dependencies, ""));
    Files.writeString(sources.resolve("Main.java"), main);
  }

  /**
   * Returns a POM that compiles a class {@code Main} and can run it.
   *
   * @param dependencies the element with all of them
   * @param plugins elements of those that it needs beside that
   */
  static String pom(String dependencies, String plugins) {
    return POM.formatted(
        dependencies.indent(2),
        plugins,
        System.getProperty("compiler-plugin.version"),
        System.getProperty("exec-plugin.version"));
  }

  /** Compiles and runs the class, in one run of Maven, and returns what was printed. */
  List<String> run(Path repository, Map<String, String> environment)
      throws IOException, InterruptedException {
    return Maven.run(
        directory,
        repository,
        environment,
        "org.apache.maven.plugins:maven-compiler-plugin:compile",
        "org.codehaus.mojo:exec-maven-plugin:exec");
  }

  /** Returns the rest of the line with this label. */
  static String printedAfter(String label, List<String> printed) {
    return printed.stream()
        .filter(line -> line.contains(label))
        .map(line -> line.substring(line.indexOf(label) + label.length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line with " + label + "in " + printed));
  }

  /** Returns the class path that Maven gave the class. */
  static List<Path> classPath(List<String> printed) {
    return Stream.of(printedAfter("class path ", printed).split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }
}
