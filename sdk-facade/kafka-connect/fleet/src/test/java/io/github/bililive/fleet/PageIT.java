package io.github.bililive.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The five commands of kafka-connect.md, on the ports that they name. */
@Timeout(900)
class PageIT {
  private static final Path ROOT = Path.of("../../..").toAbsolutePath().normalize();
  private static final Duration LONG = Duration.ofMinutes(3);

  private final List<Process> shells = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void endAll() throws InterruptedException {
    for (Process shell : shells) {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly().waitFor();
    }
  }

  @Test
  void fromNothingToTwoWorkersInFiveCommands() throws Exception {
    FleetIT.deleteAll(Path.of("target/data"));
    List<String> commands = commands();
    assertThat(commands).hasSize(5);
    Process build = run(maven(commands.get(0)));
    assertThat(build.waitFor()).isZero();
    Process workers = null;
    for (String command : commands.subList(1, 5)) {
      Process shell = run(command);
      if (command.contains("run worker")) {
        workers = shell;
      } else if (!command.endsWith("&")) {
        assertThat(shell.waitFor()).isZero();
      }
    }

    Fleet.await(
        "both workers have tasks",
        LONG,
        () -> status(8084).contains("127.0.0.1:8083") && status(8084).contains("127.0.0.1:8084"));
    Path printed = Path.of("target/consumed.txt").toAbsolutePath();
    run("sdk-facade/kafka-connect/fleet/run consume events > " + printed);
    Fleet.await(
        "three rooms' events are printed",
        LONG,
        () -> {
          String text = read(printed);
          return List.of("alice\t{", "bob\t{", "carol\t{").stream().allMatch(text::contains);
        });

    ProcessHandle first =
        workers
            .descendants()
            .filter(one -> one.info().commandLine().orElse("").contains("worker-8083"))
            .findFirst()
            .orElseThrow();
    first.destroy();
    Fleet.await(
        "the other worker has all tasks",
        LONG,
        () ->
            Pattern.compile("RUNNING\",\"worker_id\":\"127\\.0\\.0\\.1:8084")
                    .matcher(status(8084))
                    .results()
                    .count()
                == 5); // The connector and four tasks.
  }

  /** Returns the commands of the page's first block, which has no language. */
  private static List<String> commands() throws IOException {
    Matcher block =
        Pattern.compile("(?ms)^```\\n(.*?)^```$")
            .matcher(Files.readString(ROOT.resolve("sdk-facade/docs/kafka-connect.md")));
    assertThat(block.find()).isTrue();
    return block.group(1).lines().toList();
  }

  /** Returns the command for the Maven that runs here, with its repository. */
  private static String maven(String command) {
    assertThat(command).startsWith("mvn ");
    return System.getProperty("maven.home")
        + "/bin/mvn -Dmaven.repo.local="
        + System.getProperty("maven.localRepository")
        + (System.getProperty("maven.network").endsWith("true") ? " -o" : "")
        + command.substring("mvn".length());
  }

  /** Runs a command in the project's folder; what it leaves behind is a child of what returns. */
  private Process run(String command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command + (command.endsWith("&") ? "\nwait" : ""))
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of("target/page.log").toFile()));
    Process shell = builder.start();
    shells.add(shell);
    return shell;
  }

  private String status(int port) {
    try {
      return http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/connectors/rooms/status"))
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
