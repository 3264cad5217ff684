package io.github.bililive.fleet;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A broker and workers as processes of their own, started as the page says. */
final class Fleet {
  static final Duration SESSION = Duration.ofSeconds(6);
  private static final Pattern TASK =
      Pattern.compile(
          "\"id\":(\\d+),\"state\":\"RUNNING\",\"worker_id\":\"127\\.0\\.0\\.1:(\\d+)\"");

  final Path folder;
  final int brokerPort = freePort();
  private final int controllerPort = freePort();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, Process> workers = new TreeMap<>();
  private final List<Process> all = new ArrayList<>();
  private Process broker;

  Fleet(Path folder) throws IOException {
    this.folder = folder;
    broker = startBroker();
  }

  /** Returns a port below those that the system gives to sockets while a worker starts. */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        continue; // It is taken.
      }
    }
  }

  String bootstrapServer() {
    return "127.0.0.1:" + brokerPort;
  }

  private Process startBroker() throws IOException {
    return run(
        "broker.log",
        "broker",
        "log.dirs=" + folder.resolve("broker"),
        "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
        "listeners=PLAINTEXT://127.0.0.1:"
            + brokerPort
            + ",CONTROLLER://127.0.0.1:"
            + controllerPort);
  }

  void endBroker() throws InterruptedException {
    broker.destroyForcibly().waitFor();
  }

  void restartBroker() throws IOException {
    broker = startBroker();
  }

  /** Starts a worker. Returns its port, by which it is called. */
  int startWorker() throws IOException {
    int port = freePort();
    workers.put(
        port,
        run(
            "worker-" + port + ".log",
            "worker",
            "" + port,
            "bootstrap.servers=" + bootstrapServer()));
    return port;
  }

  private Process run(String log, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of("run").toAbsolutePath().toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()));
    builder.environment().put("LOG", "info");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    all.add(process);
    return process;
  }

  void kill(int worker) throws InterruptedException {
    workers.remove(worker).destroyForcibly().waitFor();
  }

  /** Asks it to end, and waits until it has. */
  void terminate(int worker) throws InterruptedException {
    Process process = workers.remove(worker);
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("worker " + worker + " does not end");
    }
  }

  void signal(int worker, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, "" + workers.get(worker).pid()).start().waitFor();
  }

  List<Integer> workers() {
    return List.copyOf(workers.keySet());
  }

  /** Returns which worker each task runs on, as a living worker knows it. */
  Map<Integer, Integer> tasks(int asked) {
    Map<Integer, Integer> tasks = new TreeMap<>();
    Matcher task = TASK.matcher(get(asked, "/connectors/rooms/status"));
    while (task.find()) {
      tasks.put(Integer.valueOf(task.group(1)), Integer.valueOf(task.group(2)));
    }
    return tasks;
  }

  /** Returns the answer's text, or what went wrong. */
  String get(int worker, String path) {
    return send(HttpRequest.newBuilder(address(worker, path)).GET());
  }

  String put(int worker, String path, String body) {
    return send(
        HttpRequest.newBuilder(address(worker, path))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static URI address(int worker, String path) {
    return URI.create("http://127.0.0.1:" + worker + path);
  }

  private String send(HttpRequest.Builder request) {
    try {
      return http.send(
              request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns how long it took until something was so. */
  static Duration await(String what, Duration most, BooleanSupplier so)
      throws InterruptedException {
    long begun = System.nanoTime();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() - begun > most.toNanos()) {
        throw new AssertionError("not within " + most.toSeconds() + " s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Returns all that the processes have logged. */
  String logs() throws IOException {
    StringBuilder logs = new StringBuilder();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".log")).toList()) {
        logs.append(Files.readString(file));
      }
    }
    return logs.toString();
  }

  void close() throws InterruptedException {
    for (Process process : all) {
      process.destroyForcibly().waitFor();
    }
  }
}
