package io.github.bililive.internal.room;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.hook.RequestEvents;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Measures what rooms cost that are connected from nothing, quiet, busy, and dropped all at once:
 * time, threads, heap, wake-ups, processor time, and how long events take. The platform is a {@link
 * RoomsServer} in a process of its own, so that what is measured is the SDK and OkHttp alone.
 * Prints a row of each table of the page on figures.
 */
public final class RoomsMeasurement {
  /** Threads that a burst of work made stay for a minute. */
  private static final int SETTLE_SECONDS = 65;

  private static final int QUIET_SECONDS = 30;
  private static final int WARM_UP_SECONDS = 15;
  private static final int BUSY_SECONDS = 40;
  private static final String EVENTS_A_SECOND = "1000";

  /** More than the window of msg_ids. */
  private static final int EVENTS_OF_A_BUSY_ROOM = 1_100;

  private static final int PATIENCE_SECONDS = 600;

  private final int count;
  private final boolean virtual;

  /** Events in a second, of all rooms together. */
  private final int rate;

  private final PrintStream toServer;
  private final BufferedReader fromServer;
  private final AtomicInteger starts = new AtomicInteger();
  private final AtomicLong heard = new AtomicLong();
  private final List<LiveConnection> rooms = new ArrayList<>();

  /** How long events took; those beyond its length are not kept. */
  private volatile long[] tookNanos = {};

  private final AtomicInteger measured = new AtomicInteger();

  private RoomsMeasurement(int count, boolean virtual, int rate, Process server) {
    this.count = count;
    this.virtual = virtual;
    this.rate = rate;
    toServer = new PrintStream(server.getOutputStream(), true, StandardCharsets.UTF_8);
    fromServer =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Takes the number of rooms, {@code virtual} or {@code platform} for the threads of their
   * readers, and how many events there are in a second over all rooms.
   */
  public static void main(String[] args) throws Exception {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                RoomsServer.class.getName(),
                args[0])
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      boolean virtual = args.length > 1 && args[1].equals("virtual");
      int rate = Integer.parseInt(args.length > 2 ? args[2] : EVENTS_A_SECOND);
      new RoomsMeasurement(Integer.parseInt(args[0]), virtual, rate, server).measure();
    } finally {
      server.destroy();
    }
  }

  private void measure() throws Exception {
    try (BiliLiveClient client = client(fromServer.readLine())) {
      client.connect(RoomsServer.token(0), new Listener()).close(); // Loads the classes.
      await(1);
      long heapBefore = heap();
      int threadsBefore = Thread.activeCount();
      starts.set(0);
      Span connecting = new Span();
      for (int i = 0; i < count; i++) {
        rooms.add(client.connect(RoomsServer.token(i), new Listener()));
      }
      awaitOpen(0);
      String ofConnecting = connecting.end() + " | " + starts.get();
      await(SETTLE_SECONDS);
      int threads = Thread.activeCount() - threadsBefore;
      double quietKb = (heap() - heapBefore) / 1024.0 / count;
      long wakeUps = wakeUps();
      Span quiet = new Span();
      await(QUIET_SECONDS);
      double quietMillis = quiet.cpuSeconds() * 1_000 / QUIET_SECONDS;
      double wakeUpsOfRoom = (wakeUps() - wakeUps) / (double) count / QUIET_SECONDS;

      tell("fill " + EVENTS_OF_A_BUSY_ROOM);
      tell("rate " + rate);
      awaitHeard((long) count * EVENTS_OF_A_BUSY_ROOM);
      await(WARM_UP_SECONDS);
      tookNanos = new long[2 * BUSY_SECONDS * rate];
      Span busy = new Span();
      await(BUSY_SECONDS);
      double busyMillis = busy.cpuSeconds() * 1_000 / BUSY_SECONDS;
      long[] took = Arrays.copyOf(tookNanos, Math.min(measured.get(), tookNanos.length));
      tookNanos = new long[0];
      Arrays.sort(took);
      double busyKb = (heap() - heapBefore) / 1024.0 / count;

      long sentBefore = tell("");
      long receivedBefore = client.snapshot().getTraffic().getEvents();
      starts.set(0);
      Span comeback = new Span();
      tell("drop");
      String back = awaitBack(comeback);
      long sent = tell("rate 0") - sentBefore;
      await(1);
      long missed = sent - (client.snapshot().getTraffic().getEvents() - receivedBefore);

      String name =
          String.format(
              "%,d, %s threads, Java %s",
              count, virtual ? "virtual" : "platform", System.getProperty("java.version"));
      System.out.printf(
          "| rooms | threads more | heap of a quiet room | of a busy one | of all, busy | most memory"
              + " of the process | wake-ups of a quiet room | processor, quiet | processor, busy |"
              + " half of the events within | 99 %% | all |%n"
              + "| %s | %d | %.0f KB | %.0f KB | %.0f MB | %d MB | %.1f a second | %.0f ms a second |"
              + " %.0f ms a second | %.1f ms | %.1f ms | %.0f ms |%n",
          name,
          threads,
          quietKb,
          busyKb,
          busyKb * count / 1024,
          peakMb(),
          wakeUpsOfRoom,
          quietMillis,
          busyMillis,
          took[took.length / 2] / 1e6,
          took[took.length * 99 / 100] / 1e6,
          took[took.length - 1] / 1e6);
      System.out.printf(
          "| rooms | all open after | processor | starts | all dropped: half back after | 99 %% | all |"
              + " processor | starts | events missed of those sent meanwhile |%n"
              + "| %s | %s | %s | %s | %d | %,d of %,d |%n",
          name, ofConnecting, back, comeback.end().split(" \\| ")[1], starts.get(), missed, sent);
      System.out.printf(
          "(%,d events measured, %.0f a second)%n",
          took.length, took.length / (double) BUSY_SECONDS);
    }
  }

  private BiliLiveClient client(String baseUrl) throws ReflectiveOperationException {
    BiliLiveClientBuilder builder =
        BiliLiveClient.builder()
            .credentials(Credentials.of("sandbox-client", "sandbox-app-secret-not-real"))
            .baseUrl(baseUrl)
            .requestEvents(
                new RequestEvents() {
                  @Override
                  public void requestBegan(String operation, int attempt) {
                    if (operation.equals("start")) {
                      starts.incrementAndGet();
                    }
                  }
                });
    if (virtual) {
      builder.socketThreads(
          (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    }
    return builder.build();
  }

  /** Notes how long each event took, which says when it was sent. */
  private final class Listener implements LiveListener {
    @Override
    public void onDanmaku(Danmaku message) {
      heard.incrementAndGet();
      long[] into = tookNanos;
      if (into.length > 0) {
        int at = measured.getAndIncrement();
        if (at < into.length) {
          into[at] = System.nanoTime() - Long.parseLong(message.getMsg());
        }
      }
    }
  }

  /** Tells the server something. Returns how many events it has sent. */
  private long tell(String command) throws IOException {
    toServer.println(command);
    return Long.parseLong(fromServer.readLine());
  }

  private void awaitOpen(int reconnects) throws InterruptedException {
    awaitOpen(reconnects, count);
  }

  /** Waits until so many rooms are open, each after so many new sockets. */
  private void awaitOpen(int reconnects, int wanted) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (openRooms(reconnects) < wanted) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            openRooms(reconnects)
                + " of "
                + wanted
                + " rooms opened in "
                + PATIENCE_SECONDS
                + " s");
      }
      never.await(50, TimeUnit.MILLISECONDS);
    }
  }

  private long openRooms(int reconnects) {
    return rooms.stream()
        .filter(room -> room.getState().getPhase() == Phase.OPEN)
        .filter(room -> room.health().getReconnects() >= reconnects)
        .count();
  }

  private String awaitBack(Span since) throws InterruptedException {
    StringBuilder back = new StringBuilder();
    for (int wanted : new int[] {count / 2, count * 99 / 100, count}) {
      awaitOpen(1, wanted);
      back.append(back.length() == 0 ? "" : " | ").append(String.format("%.1f s", since.seconds()));
    }
    return back.toString();
  }

  private void awaitHeard(long events) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (heard.get() < events) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(heard + " of " + events + " events were heard");
      }
      await(1);
    }
  }

  private static void await(int seconds) throws InterruptedException {
    new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
  }

  private static long heap() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** A time and the processor time of this process in it. */
  private static final class Span {
    private final long beganAtNanos = System.nanoTime();
    private final long cpuNanos = cpu();

    double seconds() {
      return (System.nanoTime() - beganAtNanos) / 1e9;
    }

    double cpuSeconds() {
      return (cpu() - cpuNanos) / 1e9;
    }

    String end() {
      return String.format("%.1f s | %.1f s", seconds(), cpuSeconds());
    }

    private static long cpu() {
      return ((com.sun.management.OperatingSystemMXBean)
              ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }
  }

  /** How often threads of this process have waited and gone on; Linux alone tells. */
  private static long wakeUps() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      long switches = 0;
      for (Path task : tasks.toList()) {
        switches += number(task.resolve("status"), "voluntary_ctxt_switches:");
      }
      return switches;
    }
  }

  private static long peakMb() throws IOException {
    return number(Path.of("/proc/self/status"), "VmHWM:") / 1024;
  }

  private static long number(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
