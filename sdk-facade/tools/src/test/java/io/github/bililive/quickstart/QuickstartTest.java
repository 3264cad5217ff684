package io.github.bililive.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenConnection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class QuickstartTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir private Path directory;
  private final CountDownLatch interrupted = new CountDownLatch(1);

  @Test
  void helpExplainsAndIsNoError() throws Exception {
    assertThat(run(Map.of(), "--help")).isZero();

    assertThat(text(out)).contains("--connections N", "--seconds N", "BILILIVE_ACCESS_TOKEN");
    assertThat(text(err)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seconds|--seconds lacks its number: give 1 to 86400",
        "--seconds 0|--seconds is 0: give a whole number from 1 to 86400",
        "--seconds -1|--seconds is -1: give a whole number from 1 to 86400",
        "--connections 1001|--connections is 1001: give a whole number from 1 to 1000",
        "--connections three|--connections is three: give a whole number from 1 to 1000",
        "--verbose|unknown argument --verbose: there are --connections, --seconds and --help",
      })
  void aWrongArgumentIsOneLineAndExitCode2(String words, String message) throws Exception {
    assertThat(run(Map.of(), words.split(" "))).isEqualTo(2);

    assertThat(text(err)).isEqualTo("quickstart: " + message + System.lineSeparator());
    assertThat(text(out)).isEmpty();
  }

  @Test
  void halfASetOfCredentialsIsOneLineThatNamesWhatIsMissing() throws Exception {
    Map<String, String> environment =
        Map.of(
            "BILILIVE_CLIENT_ID",
            "id",
            "BILILIVE_APP_SECRET",
            "hush-secret",
            "BILILIVE_TOKENS",
            directory.toString());

    assertThat(run(environment)).isEqualTo(2);

    assertThat(text(err).lines()).hasSize(1);
    assertThat(text(err))
        .startsWith("quickstart: not set: BILILIVE_ACCESS_TOKEN; set it, or run login first: ")
        .doesNotContain("hush-secret");
  }

  @Test
  void aBaseUrlAloneIsHalfASetToo() throws Exception {
    assertThat(run(Map.of("BILILIVE_BASE_URL", "https://example.com"))).isEqualTo(2);

    assertThat(text(err)).contains("not set: BILILIVE_CLIENT_ID, BILILIVE_APP_SECRET; set");
  }

  @Test
  void aCleartextServiceIsRefusedWithoutAWordOfTheSecrets() throws Exception {
    Map<String, String> environment = service("http://example.com");

    assertThat(run(environment)).isEqualTo(2);

    assertThat(text(err)).contains("base URL http://example.com is not HTTPS");
    assertThat(text(err)).doesNotContain(environment.get("BILILIVE_APP_SECRET"));
  }

  @Test
  void withoutCredentialsItStartsConnectionsOnASandboxAndSaysSoFirst() throws Exception {
    assertThat(run(Map.of(), "--connections", "7", "--seconds", "1")).isZero();

    List<String> lines = text(out).lines().toList();
    assertThat(lines.get(0)).contains("sandbox   no credentials are set");
    assertThat(lines).allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  \\S.*"));
    assertThat(lines).anyMatch(line -> line.endsWith("room 3: authenticated, listening"));
    assertThat(lines.get(lines.size() - 1)).contains("summary   7 connections", " 0 lost, ");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void withAnIdentityCodeItRunsAgainstTheSisterApi() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      Map<String, String> environment = serviceOf(sandbox);
      environment.remove("BILILIVE_ACCESS_TOKEN");
      environment.put("BILILIVE_IDENTITY_CODE", sandbox.openLive().identityCode());
      assertThat(run(environment)).isEqualTo(2);
      assertThat(text(err)).contains("not set: BILILIVE_APP_ID; set both");
      environment.put("BILILIVE_APP_ID", "x");
      assertThat(run(environment)).isEqualTo(2);
      environment.put("BILILIVE_APP_ID", String.valueOf(sandbox.openLive().appId()));

      assertThat(run(environment, "--connections", "2", "--seconds", "1")).isZero();

      assertThat(sandbox.connections())
          .hasSize(2)
          .allMatch(connection -> connection.state() == SeenConnection.State.ENDED);
      assertThat(sandbox.refusals()).isEmpty();
      assertThat(text(out) + text(err)).doesNotContain(sandbox.openLive().identityCode());
    }
  }

  @Test
  void withCredentialsItRunsAgainstThatService() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      assertThat(run(serviceOf(sandbox), "--connections", "3", "--seconds", "1")).isZero();

      assertThat(text(out)).contains("service   running against " + sandbox.baseUrl());
      assertThat(sandbox.connections()).hasSize(3);
      assertThat(sandbox.refusals()).isEmpty();
    }
  }

  @Test
  void aRoomThatNeverOpensHasFailedAndIsNotLostAndTheSummaryCountsIt() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      sandbox.faults().always(Endpoint.SOCKET, Fault.status(403, "no"));
      PrintStream interrupting =
          whenLineHas(" room 1: ", " next attempt in ", interrupted::countDown);

      int exitCode =
          Quickstart.run(
              List.of("--connections", "1", "--seconds", "86400"),
              serviceOf(sandbox),
              interrupting,
              new PrintStream(err),
              interrupted);

      assertThat(exitCode).isZero(); // It was cut short.
      assertThat(text(out)).contains("failed    room 1: ").doesNotContain(" lost ");
      assertThat(text(out))
          .containsPattern(
              "summary .*; 0 starts and [1-9]\\d* sockets failed, 1 rooms never opened");
    }
  }

  @Test
  void aRefusedStartIsCountedInTheSummary() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      sandbox.faults().always(Endpoint.START, Fault.code(127001, "token 无效"));

      assertThat(run(serviceOf(sandbox), "--connections", "2")).isEqualTo(1);

      assertThat(text(out)).contains("; 2 starts and 0 sockets failed, 2 rooms never opened");
    }
  }

  @Test
  void theSecondsBeginWhenTheRoomsAreOpen() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      sandbox.startChatter(Duration.ofMillis(100));
      sandbox.faults().next(1, Endpoint.START, Fault.delay(Duration.ofMillis(1_500)));

      assertThat(run(serviceOf(sandbox), "--connections", "1", "--seconds", "1")).isZero();

      // If they began before, the room would be closed as soon as it is open.
      assertThat(text(out)).contains("danmaku   room 1: ");
    }
  }

  @Test
  void anInterruptEndsItInOrderLongBeforeItsTime() throws Exception {
    PrintStream interrupting = whenLineHas("room 3: ", "authenticated", interrupted::countDown);

    int exitCode =
        Quickstart.run(
            List.of("--seconds", "86400"),
            Map.of(),
            interrupting,
            new PrintStream(err),
            interrupted);

    assertThat(exitCode).isZero();
    assertThat(text(out)).contains("closed    ", "summary   3 connections");
  }

  @Test
  void aServiceThatRefusesForGoodIsReportedAndEndsItWithExitCode1() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      sandbox.faults().always(Fault.code(127001, "token 无效"));

      assertThat(run(serviceOf(sandbox))).isEqualTo(1);

      assertThat(text(out)).contains("given up  room 1: start refused by the platform: 127001");
      assertThat(text(out) + text(err))
          .doesNotContain(sandbox.appSecret(), sandbox.accessToken(), "\tat ");
    }
  }

  /** Collects what is printed, and runs a task when a line holds both texts. */
  private PrintStream whenLineHas(String first, String second, Runnable task) {
    return new PrintStream(out) {
      @Override
      public void println(String line) {
        super.println(line);
        if (line.contains(first) && line.contains(second)) {
          task.run();
        }
      }
    };
  }

  private int run(Map<String, String> environment, String... args) throws InterruptedException {
    return Quickstart.run(
        List.of(args), environment, new PrintStream(out), new PrintStream(err), interrupted);
  }

  private static Map<String, String> service(String baseUrl) {
    Map<String, String> environment = new HashMap<>();
    environment.put("BILILIVE_CLIENT_ID", "some-client");
    environment.put("BILILIVE_APP_SECRET", "hush-app-secret");
    environment.put("BILILIVE_ACCESS_TOKEN", "hush-access-token");
    environment.put("BILILIVE_BASE_URL", baseUrl);
    return environment;
  }

  private static Map<String, String> serviceOf(Sandbox sandbox) {
    Map<String, String> environment = service(sandbox.baseUrl());
    environment.put("BILILIVE_CLIENT_ID", sandbox.clientId());
    environment.put("BILILIVE_APP_SECRET", sandbox.appSecret());
    environment.put("BILILIVE_ACCESS_TOKEN", sandbox.accessToken());
    return environment;
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
