package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both programs of the page, each compiled as it stands there and run in a process of its own. */
@Timeout(120)
class AppWithoutTheSecretTest {
  private static final Path PAGE = Path.of("docs", "app-without-the-secret.md");
  private static final Pattern PROGRAM =
      Pattern.compile("```java\n(.*?public class (\\w+) .*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  private final Sandbox sandbox =
      Sandbox.builder()
          .appSecret("app-secret-that-no-app-holds")
          .accessTokens("access-token-that-no-app-holds")
          .danmakuInterval(Duration.ofMillis(200))
          .start();

  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void compileThePage() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString()));
    Matcher programs = PROGRAM.matcher(Files.readString(PAGE));
    while (programs.find()) {
      String program = programs.group(1);
      boolean isServer = program.contains("HttpServer");
      assertThat(body(program)).hasSizeLessThanOrEqualTo(isServer ? 60 : 20);
      Path file = folder.resolve(programs.group(2) + ".java");
      Files.writeString(file, program);
      arguments.add(file.toString());
    }
    assertThat(arguments).hasSize(9);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
  }

  /** The lines without imports and blank ones. */
  private static List<String> body(String program) {
    return program.lines().filter(line -> !line.isBlank() && !line.startsWith("import ")).toList();
  }

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
    sandbox.close();
  }

  @Test
  void theAppHearsTheRoomAndHoldsNeitherAppSecretNorAccessToken() throws Exception {
    BufferedReader server =
        start(
            "LeaseServer",
            Map.of(
                "BILILIVE_CLIENT_ID", sandbox.clientId(),
                "BILILIVE_APP_SECRET", sandbox.appSecret(),
                "BILILIVE_ACCESS_TOKEN", sandbox.accessToken(),
                "BILILIVE_BASE_URL", sandbox.baseUrl(),
                "USER_KEY", "key-of-the-user",
                "PORT", "0"));
    String port = awaitLine(server, "listening on ").substring("listening on ".length());

    BufferedReader app =
        start(
            AppProcess.class.getName(),
            Map.of(),
            "http://127.0.0.1:" + port + "/lease",
            "key-of-the-user",
            sandbox.baseUrl());
    awaitLine(app, "{\"cmd\":\"OPEN_LIVEROOM_DM\"");
    String heap = heapOf(processes.get(1), app);

    assertThat(heap.contains("key-of-the-user")).isTrue();
    assertThat(heap.contains(sandbox.connections().get(0).connId())).isTrue();
    assertThat(heap.contains("app-secret-that-no-app-holds")).isFalse();
    assertThat(heap.contains("access-token-that-no-app-holds")).isFalse();
    assertThat(statusOf(port, "another-key", "{}")).isEqualTo(401);
    assertThat(statusOf(port, "key-of-the-user", "{}")).isEqualTo(400);
    assertThat(sandbox.refusals()).isEmpty();
  }

  private static int statusOf(String port, String key, String question) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/lease"))
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString(question))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private BufferedReader start(String main, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        folder + System.getProperty("path.separator") + System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.add(process);
    return process.inputReader(StandardCharsets.UTF_8);
  }

  private static String awaitLine(BufferedReader lines, String beginning) throws IOException {
    List<String> heard = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      heard.add(line);
      if (line.startsWith(beginning)) {
        return line;
      }
    }
    throw new AssertionError("ended without " + beginning + ": " + heard);
  }

  /** Strings of ASCII are bytes in a heap dump, as in this text. */
  private String heapOf(Process process, BufferedReader lines) throws IOException {
    Path file = folder.resolve("app.hprof");
    process.getOutputStream().write((file + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    awaitLine(lines, "dumped");
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
