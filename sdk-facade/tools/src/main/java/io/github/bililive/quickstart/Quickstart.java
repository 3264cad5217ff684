package io.github.bililive.quickstart;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.LiveConnection;
import io.github.bililive.environment.Environment;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shows the SDK at work, against the service that the environment names, or a sandbox. */
public final class Quickstart {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;

  /** How long all rooms together may take to open, before the seconds begin that were asked for. */
  private static final long OPENING_MILLIS = 20_000;

  /** How long the rooms may take to hear that they are closed. */
  private static final long CLOSING_MILLIS = 10_000;

  /** Of many rooms, how many are shown. */
  private static final int ROOMS_SHOWN = 3;

  private final Arguments arguments;
  private final Service service;
  private final Narrator narrator;
  private final HeartbeatStory heartbeats;
  private final CountDownLatch interrupted;
  private final List<LiveConnection> connections = new ArrayList<>();
  private final List<RoomStory> rooms = new ArrayList<>();

  private Quickstart(
      Arguments arguments, Service service, Narrator narrator, CountDownLatch interrupted) {
    this.arguments = arguments;
    this.service = service;
    this.narrator = narrator;
    this.interrupted = interrupted;
    heartbeats = new HeartbeatStory(narrator);
  }

  /**
   * Runs it, and ends the JVM with its exit code unless that is 0.
   *
   * @param args the options; {@code --help} explains them
   * @throws InterruptedException if the thread was interrupted
   */
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
      try (Service service = Service.of(Environment.of(environment), arguments.connections())) {
        return new Quickstart(arguments, service, new Narrator(out), interrupted).run();
      }
    } catch (IllegalArgumentException e) {
      err.println("quickstart: " + e.getMessage());
      return EXIT_USAGE;
    }
  }

  private int run() throws InterruptedException {
    narrator.say(service.kind(), service.intro());
    if (arguments.connections() > ROOMS_SHOWN) {
      narrator.say("note", "rooms after the first " + ROOMS_SHOWN + " are counted, and not shown");
    }
    Tally tally;
    boolean allAlive;
    long beganAtNanos = System.nanoTime();
    try (BiliLiveClient client = service.builder().heartbeatEvents(heartbeats).build()) {
      connect(client);
      awaitOpenOrOver(beganAtNanos);
      service.perform(connections, interrupted, arguments.seconds(), narrator);
      service.settle(connections);
      tally = Tally.of(connections, service);
      allAlive = connections.stream().allMatch(Quickstart::wasHeard);
      connections.forEach(LiveConnection::close);
    }
    awaitOver();
    heartbeats.end();
    narrator.say("closed", "all connections; the platform forgets their conn_ids by itself");
    narrator.say("summary", tally + "; " + heartbeats.summary() + "; " + RoomStory.sumUp(rooms));
    boolean cutShort = interrupted.getCount() == 0;
    return (allAlive || cutShort) && tally.lost() <= 0 ? 0 : EXIT_FAILED;
  }

  private void awaitOpenOrOver(long beganAtNanos) throws InterruptedException {
    boolean ends = false;
    while (!ends
        && !rooms.stream().allMatch(RoomStory::isOpenOrOver)
        && millisSince(beganAtNanos) < OPENING_MILLIS) {
      ends = interrupted.await(20, TimeUnit.MILLISECONDS);
    }
  }

  private void awaitOver() throws InterruptedException {
    long beganAtNanos = System.nanoTime();
    for (RoomStory room : rooms) {
      room.awaitOver(CLOSING_MILLIS - millisSince(beganAtNanos));
    }
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private static boolean wasHeard(LiveConnection connection) {
    return connection.getState().getPhase() != Phase.CLOSED
        && connection.health().getSocketReplyAgeMillis() != null;
  }

  private void connect(BiliLiveClient client) throws InterruptedException {
    for (int i = 0; i < arguments.connections() && interrupted.getCount() > 0; i++) {
      RoomStory room = new RoomStory(i + 1, i < ROOMS_SHOWN, narrator);
      rooms.add(room);
      connections.add(service.connect(client, i, room));
    }
  }
}
