package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.bililive.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The application of spring.md, built by Maven as the page says and started: profile spring. */
@Timeout(600)
class SpringIT {
  private static final Path DIRECTORY = Path.of("target", "spring").toAbsolutePath();
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

  @Test
  void theApplicationHearsARoomTellsItsHealthAndCountsAndEndsWhenItIsStopped() throws Exception {
    assumeThat(System.getProperty("spring")).as("profile spring").isEqualTo("true");
    Path repository = DIRECTORY.resolve("repository");
    BuiltArtifacts.layOut(repository, Maven.localRepository());
    String classPath = build(DIRECTORY.resolve("project"), repository);
    try (Sandbox sandbox = Sandbox.start()) {
      Process application = start(classPath, sandbox);
      List<String> printed = new ArrayList<>();
      try (BufferedReader lines = application.inputReader(StandardCharsets.UTF_8)) {
        String port = "";
        boolean heard = false;
        for (String line; !(heard && !port.isEmpty()) && (line = lines.readLine()) != null; ) {
          printed.add(line);
          Matcher started = PORT.matcher(line);
          port = started.find() ? started.group(1) : port;
          heard |= line.contains("sample user");
        }
        assertThat(heard).as(String.join("\n", printed)).isTrue();

        String actuator = "http://127.0.0.1:" + port + "/actuator/";
        assertThat(get(actuator + "health")).contains("\"bililiveRoom\":{\"status\":\"UP\"");
        assertThat(get(actuator + "metrics/bililive.events")).contains("\"value\":");
        application.destroy();
        assertThat(application.waitFor(30, TimeUnit.SECONDS)).isTrue();
      } finally {
        application.destroyForcibly();
      }
    }
  }

  /** Returns its class path. */
  private static String build(Path project, Path repository) throws Exception {
    Files.createDirectories(project.resolve(".mvn")); // Or Maven would look for it further up.
    Path sources = Files.createDirectories(project.resolve(Path.of("src/main/java/com/example")));
    String pom = "";
    for (Snippet snippet : Snippet.all()) {
      if (snippet.page().endsWith("spring.md") && snippet.language().equals("xml")) {
        pom = snippet.text().replace(BuiltArtifacts.DOCUMENTED_VERSION, BuiltArtifacts.VERSION);
      } else if (snippet.page().endsWith("spring.md") && snippet.language().equals("java")) {
        Files.writeString(sources.resolve(snippet.typeName() + ".java"), snippet.text());
      }
    }
    Files.writeString(
        project.resolve("pom.xml"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId>"
            + "<artifactId>rooms</artifactId><version>1</version>"
            + pom
            + "</project>");
    String dependencies =
        "org.apache.maven.plugins:maven-dependency-plugin:"
            + System.getProperty("dependency-plugin.version")
            + ":build-classpath";
    Maven.run(
        project, repository, Map.of(), "compile", dependencies, "-Dmdep.outputFile=classpath.txt");
    return project.resolve("target/classes")
        + File.pathSeparator
        + Files.readString(project.resolve("classpath.txt"));
  }

  private static Process start(String classPath, Sandbox sandbox) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dfile.encoding=UTF-8",
            "-classpath",
            classPath,
            "com.example.RoomApplication",
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--management.endpoints.web.exposure.include=health,metrics",
            "--management.endpoint.health.show-details=always",
            "--bililive.base-url=" + sandbox.baseUrl(),
            "--bililive.client-id=" + sandbox.clientId(),
            "--bililive.app-secret=" + sandbox.appSecret(),
            "--bililive.access-token=" + sandbox.accessToken())
        .redirectErrorStream(true)
        .start();
  }

  private static String get(String address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
