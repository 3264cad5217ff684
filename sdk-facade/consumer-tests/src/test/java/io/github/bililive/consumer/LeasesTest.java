package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxSocket;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The code of leases.md, run by processes that share a database and are killed and frozen. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS) // It has no SIGSTOP.
class LeasesTest {
  private static final int ROOMS = 6;
  private static final Duration LEASE = Duration.ofSeconds(2);

  /** How late the end of a socket may be seen. */
  private static final Duration TOLERANCE = Duration.ofMillis(400);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder;

  private final List<Process> owners = new ArrayList<>();
  private Sandbox sandbox;
  private Server server;
  private String database;

  @BeforeEach
  void start() throws Exception {
    sandbox =
        Sandbox.builder()
            .accessTokens(
                IntStream.range(0, ROOMS).mapToObj(room -> "token-" + room).toArray(String[]::new))
            .start();
    server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    database = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:leases;DB_CLOSE_DELAY=-1";
    execute(Snippet.containing("leases.md", "CREATE TABLE room_lease").text());
    for (String token : sandbox.accessTokens()) {
      execute("INSERT INTO room_lease VALUES ('" + token + "', NULL, 0)");
    }
    Snippet.declaring("RoomLeases").compile(folder).close();
  }

  @AfterEach
  void end() throws Exception {
    for (Process owner : owners) {
      owner.destroyForcibly().waitFor();
    }
    server.stop();
    sandbox.close();
  }

  @Test
  void roomsOfOwnersThatDieOrFreezeAreHeardByOthersAndNeverByTwoThatRun() throws Exception {
    Process killed = startOwner(2);
    Process frozen = startOwner(2);
    await("two owners hear two rooms each", () -> openSockets().size() == 4);
    Process third = startOwner(ROOMS);
    await("each room is heard", () -> heard() == ROOMS);
    assertThat(sandbox.sockets().mostAtOnceOfOneRoom(TOLERANCE)).isOne();

    killed.destroyForcibly().waitFor();
    signal(frozen, "STOP");
    await("the third hears the others' rooms", () -> openSockets().size() == ROOMS + 2);
    signal(frozen, "CONT");
    await("the frozen one ends its sockets", () -> openSockets().size() == ROOMS);
    assertThat(heard()).isEqualTo(ROOMS);
    // The frozen one's and the third's; the former's are of no use to it.
    assertThat(sandbox.sockets().mostAtOnceOfOneRoom(TOLERANCE)).isLessThanOrEqualTo(2);

    Process fourth = startOwner(ROOMS);
    third.destroy();
    await("the fourth hears all but the second's", () -> heard() == ROOMS && !third.isAlive());
    assertThat(owners()).hasSizeBetween(1, 2);
    assertThat(fourth.isAlive()).isTrue();

    execute("UPDATE room_lease SET owner = 'another', beat = beat + 1 WHERE room = 'token-1'");
    await("a room that another has taken is ended", () -> sandbox.room(1).sockets().isEmpty());
    execute("DELETE FROM room_lease WHERE room = 'token-0'");
    await("a room that is taken away is ended", () -> sandbox.room(0).sockets().isEmpty());
    assertThat(sandbox.refusals()).isEmpty();

    server.stop();
    await("without the database nobody may hear for longer", () -> openSockets().isEmpty());
  }

  private Process startOwner(int most) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                folder + File.pathSeparator + System.getProperty("java.class.path"),
                LeaseOwner.class.getName(),
                database,
                "" + LEASE.toMillis(),
                "" + most)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("owners.log").toFile()));
    builder.environment().put("BILILIVE_BASE_URL", sandbox.baseUrl());
    builder.environment().put("BILILIVE_CLIENT_ID", sandbox.clientId());
    builder.environment().put("BILILIVE_APP_SECRET", sandbox.appSecret());
    Process owner = builder.start();
    owners.add(owner);
    return owner;
  }

  private static void signal(Process owner, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, "" + owner.pid()).start().waitFor();
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> owners() throws Exception {
    List<String> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT DISTINCT owner FROM room_lease")) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private List<SandboxSocket> openSockets() {
    return sandbox.sockets().open();
  }

  /** Returns how many rooms have an authenticated socket. */
  private long heard() {
    return IntStream.range(0, ROOMS)
        .filter(room -> !sandbox.room(room).sockets().isEmpty())
        .count();
  }

  private static void await(String what, BooleanSupplier so) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!so.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as(what).isNegative();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
