package io.github.bililive.internal.room;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures what open, quiet rooms cost: threads, heap, wake-ups and processor time. The sandbox
 * runs in a process of its own, so that what is measured is the SDK and OkHttp alone.
 */
public final class RoomsMeasurement {
  private static final int SETTLE_SECONDS = 75;
  private static final int SECONDS = 40;
  private static final int PATIENCE_SECONDS = 120;

  private RoomsMeasurement() {}

  /** Takes the number of rooms, and {@code virtual} for readers on virtual threads. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("sandbox")) {
      serve(Integer.parseInt(args[1]));
      return;
    }
    int rooms = Integer.parseInt(args[0]);
    boolean virtual = args.length > 1 && args[1].equals("virtual");
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                RoomsMeasurement.class.getName(),
                "sandbox",
                args[0])
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      measure(rooms, virtual, said.readLine());
    } finally {
      server.destroy();
    }
  }

  private static String token(int room) {
    return "token-of-room-" + room;
  }

  /** Runs the sandbox until this process is ended. */
  private static void serve(int rooms) throws InterruptedException {
    Sandbox sandbox =
        Sandbox.builder()
            .authenticationTimeout(Duration.ofMinutes(1))
            .accessTokens(
                IntStream.range(0, rooms).mapToObj(RoomsMeasurement::token).toArray(String[]::new))
            .start();
    System.out.println(sandbox.baseUrl());
    new CountDownLatch(1).await();
  }

  private static void measure(int rooms, boolean virtual, String baseUrl) throws Exception {
    BiliLiveClientBuilder builder =
        BiliLiveClient.builder()
            .credentials(Credentials.of("sandbox-client", "sandbox-app-secret-not-real"))
            .baseUrl(baseUrl);
    if (virtual) {
      builder.socketThreads(
          (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    }
    try (BiliLiveClient client = builder.build()) {
      client.connect(token(0), new LiveListener() {}).close(); // Loads the classes.
      long heapBefore = heap();
      int threadsBefore = Thread.activeCount();
      List<LiveConnection> connections = new ArrayList<>();
      for (int i = 0; i < rooms; i++) {
        connections.add(client.connect(token(i), new LiveListener() {}));
      }
      awaitOpen(connections);
      // Threads that a burst of work made stay for a minute.
      new CountDownLatch(1).await(SETTLE_SECONDS, TimeUnit.SECONDS);
      long heapAfter = heap();
      long wakeUps = -wakeUps();
      long cpuNanos = -cpuNanos();
      new CountDownLatch(1).await(SECONDS, TimeUnit.SECONDS);
      wakeUps += wakeUps();
      cpuNanos += cpuNanos();
      int threadsAfter = Thread.activeCount();
      System.out.printf(
          "%d open, quiet rooms, readers on %s threads, Java %s%n"
              + "platform threads: %d more than before%n"
              + "heap per room: %.1f KB%n"
              + "wake-ups per room and second: %.2f%n"
              + "processor time for all rooms: %.1f ms per second%n",
          rooms,
          virtual ? "virtual" : "platform",
          System.getProperty("java.version"),
          threadsAfter - threadsBefore,
          (heapAfter - heapBefore) / 1024.0 / rooms,
          wakeUps / (double) rooms / SECONDS,
          cpuNanos / 1e6 / SECONDS);
    }
  }

  private static void awaitOpen(List<LiveConnection> connections) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    CountDownLatch never = new CountDownLatch(1);
    while (!connections.stream().allMatch(c -> c.getState().getPhase() == Phase.OPEN)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("not all rooms opened in " + PATIENCE_SECONDS + " s");
      }
      never.await(50, TimeUnit.MILLISECONDS);
    }
  }

  private static long heap() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** How often threads of this process have waited and gone on; Linux alone tells. */
  private static long wakeUps() throws IOException {
    long switches = 0;
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      for (Path task : tasks.toList()) {
        for (String line : Files.readAllLines(task.resolve("status"))) {
          if (line.startsWith("voluntary_ctxt_switches:")) {
            switches += Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
          }
        }
      }
    }
    return switches;
  }
}
