package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.bililive.Databases;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that share a store while some are killed and replaced. Leases of those that were killed
 * end by themselves, which takes a while: in the profile postgres alone.
 */
@Timeout(300)
class KilledSharersTest {
  private static final int BROADCASTERS = 40;

  private final Sandbox sandbox =
      Sandbox.builder()
          .accessTokens(
              IntStream.range(0, BROADCASTERS).mapToObj(i -> "t" + i).toArray(String[]::new))
          .start();
  private final List<Process> processes = new ArrayList<>();
  private final Map<Process, BufferedReader> outputs = new HashMap<>();

  /** Whose pair each process printed as saved. */
  private final List<String> saved = new ArrayList<>();

  @TempDir Path directory;

  @AfterEach
  void close() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    sandbox.close();
  }

  @Test
  void onPostgresqlOnlyAKilledProcessLosesPairsAndThoseThatItHadNotSaved() throws Exception {
    assumeThat(Databases.postgres()).as("profile postgres").isNotEmpty();
    String url = Databases.postgres().get(0);
    Databases.execute(Databases.source(url), JdbcTokenStoreTest.schema());
    renewWithKills(url);
  }

  @Test
  void inFilesOnlyAKilledProcessLosesPairsAndThoseThatItHadNotSaved() throws Exception {
    assumeThat(Databases.postgres()).as("profile postgres").isNotEmpty();
    renewWithKills(directory.toString());
  }

  private void renewWithKills(String place) throws Exception {
    TokenStore store = SharingProcess.store(place);
    for (int i = 0; i < BROADCASTERS; i++) {
      GrantedPair pair = sandbox.oauth().grant(i);
      store.save(
          "b" + i,
          OAuthToken.of(pair.accessToken(), pair.refreshToken(), SharingProcess.OLD, List.of()));
    }
    sandbox.faults().always(Endpoint.REFRESH_TOKEN, Fault.delay(Duration.ofMillis(200)));

    for (int i = 0; i < 3; i++) {
      start(place);
    }
    for (int i = 0; i < 2; i++) {
      killAfterSaves(processes.get(i), 3 + 4 * i);
      start(place);
    }
    for (Process survivor : processes.subList(2, 5)) {
      readAll(survivor);
      assertThat(survivor.waitFor()).isZero();
    }

    long accepted = refreshes(0);
    List<String> lost = new ArrayList<>();
    for (int i = 0; i < BROADCASTERS; i++) {
      String living = Objects.requireNonNull(sandbox.oauth().pair(i)).refreshToken();
      if (!living.equals(Objects.requireNonNull(store.load("b" + i)).getRefreshToken())) {
        lost.add("b" + i);
      }
    }
    assertThat(accepted).isEqualTo(BROADCASTERS);
    assertThat(saved).doesNotHaveDuplicates().noneMatch(lost::contains);
    assertThat((long) lost.size()).isLessThanOrEqualTo(accepted - saved.size());
    // Nobody can know that it is lost before the platform says so: each survivor asks once.
    assertThat(refreshes(122_007)).isLessThanOrEqualTo(3L * lost.size());
  }

  private long refreshes(int code) {
    return sandbox.requests().stream()
        .filter(seen -> seen.endpoint() == Endpoint.REFRESH_TOKEN)
        .map(SeenRequest::code)
        .filter(seen -> Objects.equals(seen, code))
        .count();
  }

  private void start(String place) throws IOException {
    Process process =
        KillTest.process(
            SharingProcess.class, place, sandbox.baseUrl(), String.valueOf(BROADCASTERS));
    processes.add(process);
    outputs.put(process, process.inputReader());
  }

  private void killAfterSaves(Process process, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String line = outputs.get(process).readLine();
      if (line != null) {
        saved.add(line);
      }
    }
    process.toHandle().destroyForcibly(); // Process's own would close the output.
    process.waitFor();
    readAll(process);
  }

  private void readAll(Process process) {
    outputs.get(process).lines().forEach(saved::add);
  }
}
