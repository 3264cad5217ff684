package io.github.bililive.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SandboxServerTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void itSaysWhereItIsAndWhatItAcceptsAndRunsUntilItIsStopped() throws Exception {
    assertThat(run("--port", "0")).isZero();

    assertThat(out.toString(UTF_8))
        .containsPattern("listens on http://127\\.0\\.0\\.1:\\d+/ until")
        .containsPattern("Its page, .*: http://127\\.0\\.0\\.1:\\d+/sandbox/\\R")
        .containsPattern(" BILILIVE_BASE_URL=http://127\\.0\\.0\\.1:\\d+/\\R")
        .contains(" BILILIVE_CLIENT_ID=sandbox-client\n")
        .contains(" BILILIVE_APP_SECRET=sandbox-app-secret-not-real\n")
        .contains(" BILILIVE_ACCESS_TOKEN=sandbox-access-token-not-real\n")
        .contains(" BILILIVE_IDENTITY_CODE=SANDBOX-IDENTITY-CODE-NOT-REAL\n")
        .contains(" BILILIVE_APP_ID=1650000000000\n");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void helpExplainsAndIsNoError() throws Exception {
    assertThat(run("--help")).isZero();

    assertThat(out.toString(UTF_8)).contains("usage: ", "--port N");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port|--port lacks its number: give 0 to 65535",
        "--port 65536|--port is 65536: give a whole number from 0 to 65535",
        "--rooms 0|--rooms is 0: give a whole number from 1 to 1000",
        "--port -1|--port is -1: give a whole number from 0 to 65535",
        "8080|unknown argument 8080: there are --port, --rooms and --help",
        "--port 1 x|unknown argument x: there are --port, --rooms and --help",
      })
  void aWrongArgumentIsOneLineAndExitCode2(String words, String message) throws Exception {
    assertThat(run(words.split(" "))).isEqualTo(2);

    assertThat(err.toString(UTF_8)).isEqualTo("sandbox: " + message + System.lineSeparator());
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void aPortThatIsTakenIsOneLineAndExitCode1() throws Exception {
    try (Sandbox other = Sandbox.start()) {
      String port = String.valueOf(URI.create(other.baseUrl()).getPort());

      assertThat(run("--port", port)).isEqualTo(1);

      assertThat(err.toString(UTF_8).lines()).hasSize(1);
      assertThat(err.toString(UTF_8)).contains("127.0.0.1, port " + port, "--port names another");
    }
  }

  @Test
  void itHasAsManyRoomsAsAreAskedForAndTheFirstAsAlways() throws Exception {
    assertThat(run("--port", "0", "--rooms", "200")).isZero();

    assertThat(out.toString(UTF_8))
        .contains(" BILILIVE_ACCESS_TOKEN=sandbox-access-token-not-real\n");
  }

  private int run(String... args) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(0);
    return SandboxServer.run(List.of(args), new PrintStream(out), new PrintStream(err), stopped);
  }
}
