package io.github.bililive.quickstart;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.call.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.heartbeat.Heartbeat;
import io.github.bililive.sandbox.Sandbox;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Shows the SDK at work: {@code mvn -q test-compile exec:java}, see {@link Arguments#HELP}. */
public final class Quickstart {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;

  private final Arguments arguments;
  private final Service service;
  private final Narrator narrator;
  private final CountDownLatch interrupted;
  private final List<Heartbeat> heartbeats = new ArrayList<>();

  private Quickstart(
      Arguments arguments, Service service, Narrator narrator, CountDownLatch interrupted) {
    this.arguments = arguments;
    this.service = service;
    this.narrator = narrator;
    this.interrupted = interrupted;
  }

  /** Runs it, and ends the JVM with its exit code unless that is 0. */
  public static void main(String[] args) throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread onCtrlC = new Thread(() -> endAndAwait(interrupted, ended), "quickstart-ctrl-c");
    Runtime.getRuntime().addShutdownHook(onCtrlC);
    int exitCode = run(List.of(args), System.getenv(), System.out, System.err, interrupted);
    ended.countDown();
    if (exitCode != 0 && interrupted.getCount() > 0) {
      System.exit(exitCode);
    }
  }

  private static void endAndAwait(CountDownLatch interrupted, CountDownLatch ended) {
    interrupted.countDown();
    try {
      ended.await(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs the quickstart.
   *
   * @param interrupted ends it early when counted down
   * @return the exit code
   */
  static int run(
      List<String> args,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      CountDownLatch interrupted)
      throws InterruptedException {
    try {
      Arguments arguments = Arguments.parse(args);
      if (arguments.help()) {
        out.print(Arguments.HELP);
        return 0;
      }
      try (Service service = Service.of(environment, arguments.connections())) {
        return new Quickstart(arguments, service, new Narrator(out), interrupted).run();
      }
    } catch (UsageException e) {
      err.println("quickstart: " + e.getMessage());
      return EXIT_USAGE;
    }
  }

  private int run() throws InterruptedException {
    narrator.line(service.intro());
    boolean allStarted = true;
    try (BiliLiveClient client = service.builder().heartbeatEvents(narrator).build()) {
      for (int i = 0; i < arguments.connections() && allStarted && interrupted.getCount() > 0; i++) {
        allStarted = start(client, i);
      }
      if (!heartbeats.isEmpty()) {
        await();
      }
    }
    narrator.say("closed", "heartbeats have ended; the platform forgets the rest by itself");
    int kept = (int) heartbeats.stream().filter(Quickstart::wasKept).count();
    return narrator.summarize(heartbeats.size(), kept) && allStarted ? 0 : EXIT_FAILED;
  }

  private boolean start(BiliLiveClient client, int number) {
    try {
      StartedConnection room = client.start(service.accessToken(number));
      heartbeats.add(client.keepAlive(room.connId(), narrator));
      narrator.say(
          "started",
          String.format(
              "%s, connection %d of %d",
              Narrator.shorten(room.connId()), number + 1, arguments.connections()));
      return true;
    } catch (BiliLiveException e) {
      narrator.say("failed", e.getMessage());
      return false;
    }
  }

  /** Waits for the time to be over; halfway, lets one connection of the sandbox's expire. */
  private void await() throws InterruptedException {
    long halfMillis = TimeUnit.SECONDS.toMillis(arguments.seconds()) / 2;
    if (interrupted.await(halfMillis, TimeUnit.MILLISECONDS)) {
      return;
    }
    @Nullable Sandbox sandbox = service.sandbox();
    // Only if a heartbeat comes after that which will notice.
    if (sandbox != null && halfMillis > Service.SANDBOX_INTERVAL.toMillis()) {
      String victim = heartbeats.get(heartbeats.size() - 1).connId();
      narrator.expiringOnPurpose(victim);
      sandbox.expire(victim);
    }
    interrupted.await(halfMillis, TimeUnit.MILLISECONDS);
  }

  private static boolean wasKept(Heartbeat heartbeat) {
    return heartbeat.state() != Heartbeat.State.EXPIRED;
  }
}
