package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools' jar, alone in a folder and without credentials, does all that its help names. */
@Timeout(120)
class RunnableJarIT {
  private static final Pattern VARIABLE = Pattern.compile(" (BILILIVE_[A-Z_]+)=(\\S+)");

  @TempDir Path folder;

  @BeforeEach
  void copyTheJar() throws IOException {
    Files.copy(
        BuiltArtifacts.file(BuiltArtifacts.TOOLS, ".jar"), folder.resolve("bililive-tools.jar"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--help",
        "help",
        "help doctor",
        "login --help",
        "quickstart --help",
        "doctor --help",
        "sandbox --help"
      })
  void helpIsPrintedAndIsNoError(String words) throws Exception {
    Run run = run(words);

    assertThat(run.printed).contains("usage: java -jar bililive-tools.jar ", "Exit codes: ");
    assertThat(run.exitCode).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "login x", "quickstart --nonsense", "doctor nonsense", "sandbox x"})
  void aWrongArgumentIsOneLineThatNamesTheRightOnesAndExitCode2(String words) throws Exception {
    Run run = run(words);

    assertThat(run.printed.lines()).hasSize(1);
    assertThat(run.printed).containsPattern("unknown .*nonsense|unknown .*x").contains("--help");
    assertThat(run.exitCode).isEqualTo(2);
  }

  @Test
  void theVersionIsThatOfTheBuild() throws Exception {
    Run run = run("--version");

    assertThat(run.printed).matches("bililive-tools \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    assertThat(run.exitCode).isZero();
  }

  @Test
  void theQuickstartRunsAndItsFirstLineIsItsOwn() throws Exception {
    Run run = run("quickstart --seconds 1");

    assertThat(run.printed.lines().findFirst().orElseThrow()).contains("no credentials are set");
    assertThat(run.printed.lines()).last().asString().contains("summary   3 connections");
    assertThat(run.exitCode).isZero();
  }

  @Test
  void theDoctorFindsNothing() throws Exception {
    Run run = run("doctor");

    assertThat(run.printed).startsWith("ok ").contains("17 ok, 0 failed, 0 skipped");
    assertThat(run.exitCode).isZero();
  }

  @Test
  void theSandboxServesWhoUsesTheVariablesThatItPrints() throws Exception {
    Process sandbox = start("sandbox --port 0");
    try (BufferedReader printed = sandbox.inputReader(StandardCharsets.UTF_8)) {
      Map<String, String> variables = new TreeMap<>();
      for (String line; variables.size() < 4 && (line = printed.readLine()) != null; ) {
        Matcher variable = VARIABLE.matcher(line);
        if (variable.find()) {
          variables.put(variable.group(1), variable.group(2));
        }
      }
      try (BiliLiveClient client =
          BiliLiveClient.builder()
              .baseUrl(variables.get("BILILIVE_BASE_URL"))
              .credentials(
                  Credentials.of(
                      variables.get("BILILIVE_CLIENT_ID"), variables.get("BILILIVE_APP_SECRET")))
              .accessToken(variables.get("BILILIVE_ACCESS_TOKEN"))
              .build()) {
        assertThat(client.start().getConnId()).isNotEmpty();
      }
      for (String file : List.of("", "page.css", "page.js", "details.js", "texts.js")) {
        try (InputStream page =
            URI.create(variables.get("BILILIVE_BASE_URL") + "sandbox/" + file)
                .toURL()
                .openStream()) {
          assertThat(page.readAllBytes()).as(file).hasSizeGreaterThan(1_000);
        }
      }
    } finally {
      sandbox.destroy();
    }
  }

  private Run run(String words) throws IOException, InterruptedException {
    Process process = start(words);
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), printed);
  }

  private Process start(String words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-jar", "bililive-tools.jar"));
    if (!words.isEmpty()) {
      command.addAll(List.of(words.split(" ")));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("BILILIVE_"));
    return builder.start();
  }

  private record Run(int exitCode, String printed) {}
}
