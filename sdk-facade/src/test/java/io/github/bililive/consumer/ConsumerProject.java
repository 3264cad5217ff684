package io.github.bililive.consumer;

import io.github.bililive.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Maven project with one class, which starts a connection and sends a heartbeat. */
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

  private static final String MAIN =
      """
      import io.github.bililive.BiliLiveClient;
      import StartedConnection;
      import io.github.bililive.Credentials;

      public final class Main {
        public static void main(String[] args) throws Exception {
          Credentials credentials =
              Credentials.of(
                  System.getenv("BILILIVE_CLIENT_ID"), System.getenv("BILILIVE_APP_SECRET"));
          try (BiliLiveClient client =
              BiliLiveClient.builder()
                  .baseUrl(System.getenv("BILILIVE_BASE_URL"))
                  .credentials(credentials)
                  .accessToken(System.getenv("BILILIVE_ACCESS_TOKEN"))
                  .build()) {
            StartedConnection room = client.start();
            client.heartbeat(room.connId());
          }
          // By reflection: javac would copy the constant of the OkHttp that it compiles against.
          Object version = Class.forName("okhttp3.OkHttp").getField("VERSION").get(null);
          System.out.println("OkHttp " + version);
          System.out.println("class path " + System.getProperty("java.class.path"));
        }
      }
      """;

  private final Path directory;

  /** Writes the project. */
  ConsumerProject(Path directory, String dependencies) throws IOException {
    this.directory = directory;
    Path sources = Files.createDirectories(directory.resolve(Path.of("src", "main", "java")));
    Files.createDirectories(directory.resolve(".mvn")); // Or Maven would look for it further up.
    Files.writeString(directory.resolve("pom.xml"), pom(dependencies, ""));
    Files.writeString(sources.resolve("Main.java"), MAIN);
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

  /** Compiles and runs the class, in one run of Maven. */
  Outcome run(Path repository, Sandbox sandbox) throws IOException, InterruptedException {
    List<String> printed =
        Maven.run(
            directory,
            repository,
            Map.of(
                "BILILIVE_BASE_URL", sandbox.baseUrl(),
                "BILILIVE_CLIENT_ID", sandbox.clientId(),
                "BILILIVE_APP_SECRET", sandbox.appSecret(),
                "BILILIVE_ACCESS_TOKEN", sandbox.accessToken()),
            "org.apache.maven.plugins:maven-compiler-plugin:compile",
            "org.codehaus.mojo:exec-maven-plugin:exec");
    String classPath = printedAfter("class path ", printed);
    return new Outcome(
        printedAfter("OkHttp ", printed),
        List.of(classPath.split(File.pathSeparator)).stream().map(Path::of).toList());
  }

  private static String printedAfter(String label, List<String> printed) {
    return printed.stream()
        .filter(line -> line.contains(label))
        .map(line -> line.substring(line.indexOf(label) + label.length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line with " + label + "in " + printed));
  }

  /** What the class saw of the OkHttp and the class path that Maven gave it. */
  record Outcome(String okHttpVersion, List<Path> classPath) {}
}
