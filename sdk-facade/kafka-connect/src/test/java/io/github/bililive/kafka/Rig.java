package io.github.bililive.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Sandbox;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.connect.source.SourceRecord;

/** A sandbox, and tasks of a connector that run here, without Kafka. */
final class Rig implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  final Sandbox sandbox;
  private final String name = "rooms-" + NUMBERS.incrementAndGet();
  private final List<RoomsTask> tasks = new ArrayList<>();

  Rig(int rooms) {
    sandbox =
        Sandbox.builder()
            .accessTokens(
                IntStream.range(0, rooms).mapToObj(Rig::accessToken).toArray(String[]::new))
            .identityCodes(
                IntStream.range(0, rooms).mapToObj(room -> "RIG-" + room).toArray(String[]::new))
            .start();
  }

  static String accessToken(int room) {
    return "rig-access-token-" + room;
  }

  /** Returns the line of a room that is opened by its access token. */
  static String line(int room) {
    return "room" + room + " access-token " + accessToken(room);
  }

  /** Returns lines of rooms, from the first to the one before the last. */
  static String lines(int from, int to) {
    return String.join("\n", IntStream.range(from, to).mapToObj(Rig::line).toList());
  }

  /** Returns a connector's configuration. */
  Map<String, String> options(String... more) {
    Map<String, String> options = new HashMap<>();
    options.put("name", name);
    options.put("topic", "events");
    options.put("app.client.id", sandbox.clientId());
    options.put("app.secret", sandbox.appSecret());
    options.put("base.url", sandbox.baseUrl());
    options.put("open.live.base.url", sandbox.baseUrl());
    options.put("oauth.base.url", sandbox.baseUrl());
    options.put("rooms.poll.ms", "20");
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return options;
  }

  /** Starts the tasks of a connector. */
  List<RoomsTask> start(Map<String, String> options, int most) {
    RoomsConnector connector = new RoomsConnector();
    assertThat(connector.validate(options).configValues())
        .allSatisfy(value -> assertThat(value.errorMessages()).isEmpty());
    connector.start(options);
    List<RoomsTask> started = new ArrayList<>();
    for (Map<String, String> one : connector.taskConfigs(most)) {
      RoomsTask task = new RoomsTask();
      tasks.add(task);
      task.start(one);
      started.add(task);
    }
    return started;
  }

  /** Returns what JMX says of a task. */
  Object metric(int task, String attribute) {
    try {
      return ManagementFactory.getPlatformMBeanServer()
          .getAttribute(
              new ObjectName(
                  "io.github.bililive:type=RoomsTask,connector=\"" + name + "\",task=" + task),
              attribute);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends a task, which is polled no more. */
  void stop(RoomsTask task) {
    tasks.remove(task);
    task.stop();
  }

  /** Polls all tasks until something is so. Returns what came. */
  List<SourceRecord> pollUntil(BooleanSupplier done) throws InterruptedException {
    List<SourceRecord> records = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("nanoseconds past the deadline").isNegative();
      for (RoomsTask task : tasks) {
        List<SourceRecord> polled = task.poll();
        if (polled != null) {
          records.addAll(polled);
        }
      }
    }
    return records;
  }

  /** Polls all tasks until so many records came. */
  List<SourceRecord> poll(int count) throws InterruptedException {
    List<SourceRecord> records = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (records.size() < count) {
      assertThat(System.nanoTime() - deadline).as("%s", records).isNegative();
      for (RoomsTask task : tasks) {
        List<SourceRecord> polled = task.poll();
        if (polled != null) {
          records.addAll(polled);
        }
      }
    }
    return records;
  }

  @Override
  public void close() {
    tasks.forEach(RoomsTask::stop);
    sandbox.close();
  }
}
