package io.github.bililive.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client in Python that the documentation shows, as it stands there. */
@Timeout(120)
class PythonClientTest {
  private static final Path PAGE = Path.of("..", "docs", "sandbox-server.md");

  @TempDir Path folder;

  @Test
  void theScriptOfThePageSignsStartsAndListensInSixtyLines() throws Exception {
    String page = Files.readString(PAGE);
    int begin = page.indexOf("```python\n") + "```python\n".length();
    String script = page.substring(begin, page.indexOf("```\n", begin));
    assertThat(script.lines().count()).isLessThanOrEqualTo(60);
    assumeThat(isPythonHere()).as("python3 is in PATH").isTrue();
    Path file = Files.writeString(folder.resolve("listen.py"), script);

    try (Sandbox sandbox = Sandbox.builder().start()) {
      Process client = Programs.on(sandbox, "python3", "-X", "utf8", file.toString());
      try (BufferedReader printed = client.inputReader(UTF_8)) {
        assertThat(printed.readLine()).isEqualTo("{\"code\":0}");
        sandbox.sockets().awaitAuthenticated(1, Duration.ofSeconds(60));
        String danmaku = SampleEvents.openLive().danmaku(1, "m", "你好, Python");
        sandbox.room(0).send(danmaku, danmaku);

        assertThat(printed.readLine()).isEqualTo("你好, Python");
        assertThat(printed.readLine()).isEqualTo("你好, Python");
        assertThat(sandbox.sockets().protocolErrors()).isEmpty();
        assertThat(sandbox.refusals()).isEmpty();
      } finally {
        client.destroyForcibly().waitFor();
      }
    }
  }

  private static boolean isPythonHere() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "python3")));
  }
}
