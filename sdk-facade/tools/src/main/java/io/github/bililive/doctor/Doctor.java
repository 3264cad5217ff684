package io.github.bililive.doctor;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.IdentityCode;
import io.github.bililive.LiveConnection;
import io.github.bililive.RetryPolicy;
import io.github.bililive.environment.Environment;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong, and what to do: one line for each check, against the service that the
 * environment names, or a sandbox.
 */
public final class Doctor {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;

  private static final String HELP =
      """
      Says for each step on the way to a live room whether it works, and if not, what to do. It \
      takes one of the room's five places for 30 s, and prints no secret.

      usage: java -jar bililive-tools.jar doctor
      or, in bililive's sources:
             mvn -q -pl :bililive-tools -am compile exec:java@doctor

        --help           print this

      Without credentials it examines a sandbox: a stand-in of the platform on this machine.
      To examine the way to the platform, set the environment variables

      """
          + Environment.HELP_FOR_BROADCASTER
          + """

      Exit codes: 0 nothing failed, 1 a step failed, 2 wrong usage.
      """;

  /** How long a request may take. */
  private static final long CALL_TIMEOUT_SECONDS = 10;

  /** So that the first heartbeat need not be waited for. */
  private static final long BEAT_MILLIS = 500;

  private final Map<String, String> environment;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Report report;
  private final Wire wire = new Wire();
  private final FirstHeartbeat heartbeat = new FirstHeartbeat();
  private final RoomChecks room = new RoomChecks();

  /** Null until the configuration is read, and if it is of no use. */
  private @Nullable Configuration configuration;

  private Doctor(
      Map<String, String> environment,
      PrintStream out,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.environment = environment;
    this.clock = clock;
    this.nanoTime = nanoTime;
    report = new Report(out);
  }

  /**
   * Runs it, and ends the JVM with its exit code unless that is 0.
   *
   * @param args none, or {@code --help}
   * @throws InterruptedException if the thread was interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    int exitCode =
        args.length == 0
            ? run(System.getenv(), System.out, new OkHttpClient())
            : explain(args[0], System.out, System.err);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /**
   * Answers an argument.
   *
   * @return the exit code
   */
  static int explain(String argument, PrintStream out, PrintStream err) {
    if (argument.equals("--help") || argument.equals("-h")) {
      out.print(HELP);
      return 0;
    }
    err.println("doctor: unknown argument " + argument + ": there is --help alone");
    return EXIT_USAGE;
  }

  /**
   * Runs all checks.
   *
   * @param base what the client derives from
   * @return the exit code
   */
  static int run(Map<String, String> environment, PrintStream out, OkHttpClient base)
      throws InterruptedException {
    Doctor doctor = new Doctor(environment, out, InstantSource.system(), System::nanoTime);
    doctor.examine(base);
    return doctor.report.sumUp() ? 0 : EXIT_FAILED;
  }

  private void examine(OkHttpClient base) throws InterruptedException {
    report.run(
        Check.CONFIGURATION,
        () -> {
          configuration = Configuration.of(environment);
          return configuration.describe();
        });
    Configuration read = configuration;
    if (read == null) {
      skipTheRest();
      return;
    }
    OkHttpClient http = base.newBuilder().eventListener(wire).build();
    try (read;
        BiliLiveClient client = client(read, http)) {
      NetworkChecks network = new NetworkChecks(read.baseUrl(), http, wire);
      IdentityCode code = read.identityCode();
      LiveConnection started = code == null ? null : client.connect(code, room);
      report.run(Check.PROXY, () -> network.proxy(environment));
      Probe probe = code == null ? Probe.of(client, nanoTime) : room.probe(nanoTime);
      examineService(probe, network, read.baseUrl().isHttps());
      examineBroadcaster(started == null ? new AccountChecks(client.account()) : null);
      if (started == null && report.isOk(Check.SIGNATURE)) {
        started = client.connect(room);
      }
      examineRoom(started);
    } finally {
      http.connectionPool().evictAll();
    }
    report.run(
        Check.CLEAN_UP,
        () ->
            read.identityCode() == null
                ? "all is closed; the conn_id dies by itself in 30 s: there is no call that ends it"
                : "all is closed, and the session is ended at the platform");
  }

  private void skipTheRest() throws InterruptedException {
    for (Check check : Check.values()) {
      if (check != Check.CONFIGURATION) {
        report.run(check, () -> "");
      }
    }
  }

  private BiliLiveClient client(Configuration read, OkHttpClient http) {
    return read.builder()
        .okHttpClient(http)
        .retryPolicy(RetryPolicy.NONE)
        .callTimeout(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .heartbeatInterval(BEAT_MILLIS, TimeUnit.MILLISECONDS)
        .heartbeatEvents(heartbeat)
        .build();
  }

  private void examineService(Probe probe, NetworkChecks network, boolean https)
      throws InterruptedException {
    report.run(Check.NAME, () -> network.name(probe));
    report.run(Check.CONNECTION, () -> network.connection(probe));
    report.run(Check.TLS, () -> TlsCheck.examine(https, wire.handshake, probe, clock.instant()));
    ServiceChecks service = new ServiceChecks(probe, wire.clockBehindMillis);
    report.run(Check.SERVICE, service::service);
    report.run(Check.CLOCK, service::clock);
    report.run(Check.SIGNATURE, service::signature);
  }

  /** By identity code there is no account, and the start has told whose room it is. */
  private void examineBroadcaster(@Nullable AccountChecks account) throws InterruptedException {
    report.run(
        Check.BROADCASTER, () -> account == null ? room.broadcaster() : account.broadcaster());
    report.run(
        Check.SCOPES,
        () -> {
          if (account == null) {
            throw new NotCheckedException("an identity code has none");
          }
          return account.scopes();
        });
    report.run(Check.ROOM, () -> account == null ? room.room() : account.room());
  }

  private void examineRoom(@Nullable LiveConnection connection) throws InterruptedException {
    report.run(Check.TOKEN, room::token);
    report.run(Check.START, room::start);
    report.run(Check.SOCKET, room::socket);
    report.run(Check.AUTHENTICATION, room::authentication);
    report.run(Check.HEARTBEAT, () -> heartbeat(connection));
  }

  private String heartbeat(@Nullable LiveConnection connection)
      throws CheckFailedException, NotCheckedException, InterruptedException {
    if (!room.keepsConnId() && !heartbeat.isKnown()) {
      throw new NotCheckedException("the SDK has given the conn_id up, as said above");
    }
    if (connection != null
        && !heartbeat.isKnown()
        && connection.health().getHttpHeartbeatAgeMillis() == null) {
      throw new NotCheckedException("not needed: the game_id is empty");
    }
    return heartbeat.await();
  }
}
