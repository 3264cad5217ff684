package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ClientThreads;
import io.github.bililive.Credentials;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.internal.store.PlainFiles;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that are killed, and what a restart finds. */
@Timeout(120)
class KillTest {
  private final ClientThreads threads = ClientThreads.from();
  private final Sandbox sandbox = Sandbox.start();
  private final List<Process> processes = new ArrayList<>();
  @TempDir Path directory;

  @AfterEach
  void close() throws InterruptedException {
    processes.forEach(Process::destroyForcibly);
    sandbox.close();
    threads.awaitTokensStored();
    for (Process process : processes) {
      process.waitFor();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 40})
  void aProcessKilledWhileItSavesLeavesAWholePairNoOlderThanTheLastSaved(int after)
      throws Exception {
    Process process = start("save", directory.toString());
    long saved = 0;
    try (BufferedReader output = process.inputReader()) {
      for (int i = 0; i < after; i++) {
        saved = Long.parseLong(Objects.requireNonNull(output.readLine()));
      }
      process.destroyForcibly().waitFor();
    }

    OAuthToken found = FileTokenStore.in(directory).load("alice");

    assertThat(found.getRefreshToken()).hasSize(5000);
    // It has gone on saving until it was killed.
    assertThat(found.getExpiresAtSeconds()).isGreaterThanOrEqualTo(saved);
    assertThat(found.getAccessToken()).isEqualTo("a" + found.getExpiresAtSeconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"after the lease", "before the request"})
  void killedBeforeTheRequestTheOldPairIsThereAndWorks(String point) throws Exception {
    OAuthToken old = storeExpired();
    assertThat(start("refresh", directory.toString(), sandbox.baseUrl(), point).waitFor())
        .isEqualTo(9);

    assertThat(stored()).isEqualTo(old);
    assertThat(startedAfterRestart()).isNotEmpty();
  }

  @Test
  void killedWhileThePlatformHasNotActedYetTheOldPairIsThereAndWorks() throws Exception {
    OAuthToken old = storeExpired();
    sandbox.faults().next(1, Endpoint.REFRESH_TOKEN, Fault.hang());
    Process process = start("refresh", directory.toString(), sandbox.baseUrl(), "never");
    sandbox.awaitRequests(1, Duration.ofSeconds(60));
    process.destroyForcibly().waitFor();

    assertThat(stored()).isEqualTo(old);
    assertThat(startedAfterRestart()).isNotEmpty();
  }

  @Test
  void killedAfterTheSaveTheNewPairIsThereAndWorks() throws Exception {
    OAuthToken old = storeExpired();
    assertThat(
            start("refresh", directory.toString(), sandbox.baseUrl(), "after the save").waitFor())
        .isEqualTo(9);

    assertThat(stored().getRefreshToken())
        .isNotEqualTo(old.getRefreshToken())
        .isEqualTo(sandbox.oauth().pair(0).refreshToken());
    assertThat(startedAfterRestart()).isNotEmpty();
  }

  @Test
  void killedBetweenAnswerAndSaveTheFileIsWholeAndTheLossIsSaid() throws Exception {
    OAuthToken old = storeExpired();
    assertThat(
            start("refresh", directory.toString(), sandbox.baseUrl(), "after the answer").waitFor())
        .isEqualTo(9);

    assertThat(stored()).isEqualTo(old);
    assertThatThrownBy(this::startedAfterRestart)
        .isInstanceOf(AuthorisationRequiredException.class);
  }

  private OAuthToken storeExpired() throws IOException {
    GrantedPair pair = sandbox.oauth().grant(0);
    OAuthToken expired = OAuthToken.of(pair.accessToken(), pair.refreshToken(), 1, List.of());
    FileTokenStore.in(directory).save("alice", expired);
    return expired;
  }

  private OAuthToken stored() throws IOException {
    return FileTokenStore.in(directory).load("alice");
  }

  /** A while later: the lease of the process that was killed has ended. */
  private String startedAfterRestart() throws Exception {
    TokenStore later =
        new FileTokenStore(
            directory.toFile(),
            PlainFiles.present(),
            () -> System.currentTimeMillis() + Duration.ofMinutes(2).toMillis());
    try (BiliLiveClient client =
        BiliLiveClient.builder()
            .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
            .baseUrl(sandbox.baseUrl())
            .oauthBaseUrl(sandbox.baseUrl())
            .tokenStore(later)
            .build()) {
      return client.start(client.oauth().provider("alice")).getConnId();
    }
  }

  private Process start(String... arguments) throws IOException {
    Process process = process(arguments);
    processes.add(process);
    return process;
  }

  static Process process(String... arguments) throws IOException {
    return process(KilledProcess.class, arguments);
  }

  static Process process(Class<?> program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
