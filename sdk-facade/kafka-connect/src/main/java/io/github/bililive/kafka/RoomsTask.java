package io.github.bililive.kafka;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.LiveConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the rooms of some buckets with one client, and gives their events to Kafka Connect as
 * records, each room's in order.
 *
 * <p>What a task has received when its process is killed, and Kafka does not have, is lost: the
 * platform sends an event once. What a task has when it is asked to end, another task of its
 * connector in the same process produces.
 */
public final class RoomsTask extends SourceTask {
  private static final Logger LOG = LoggerFactory.getLogger(RoomsTask.class);

  /** How long a poll waits for an event: Connect looks between two whether the task is to end. */
  private static final long POLL_MILLIS = 200;

  /** After how many records a poll returns. One of a room's turns has 64 at most. */
  private static final int ENOUGH_RECORDS = 1_000;

  /** How long the end of a task waits for events that have come. */
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long DRAIN_STEP_MILLIS = 5;

  private final CallbackQueue callbacks = new CallbackQueue();

  /** What the present poll returns. Used by the thread that polls. */
  private List<SourceRecord> records = new ArrayList<>();

  /** Records that Kafka may not have yet, by their numbers. */
  private final ConcurrentSkipListMap<Long, EventRecord> underWay = new ConcurrentSkipListMap<>();

  private long lastNumber;
  private String connector = "";

  // Null before the start, each of them; in the order in which they are made.

  private @Nullable Parts parts;
  private @Nullable BiliLiveClient client;
  private @Nullable TaskMetrics metrics;
  private @Nullable RoomWatch watch;

  /** Is called by Kafka Connect. */
  public RoomsTask() {}

  @Override
  public String version() {
    return new RoomsConnector().version();
  }

  @Override
  public void start(Map<String, String> options) {
    SdkLog.install();
    connector = options.get("name");
    RoomsConfig config = new RoomsConfig(options);
    Buckets buckets =
        Buckets.of(config.getInt(RoomsConfig.BUCKETS), options.get(RoomsConfig.TASK_BUCKETS));
    String task = options.get(RoomsConfig.TASK_NUMBER);
    EventRecords eventRecords = new EventRecords(config);
    parts = new Parts(config, options);
    client = parts.client(callbacks);
    HeldRooms rooms =
        new HeldRooms(
            client, config, buckets, room -> new RoomListener(room, eventRecords, this::add));
    metrics = new TaskMetrics(connector, task, client, buckets, rooms);
    watch =
        new RoomWatch(
            parts.roomSource(),
            rooms,
            metrics.sourceFailures,
            "bililive-rooms-" + task,
            config.getLong(RoomsConfig.ROOMS_POLL));
    LOG.info("Task {} hears the rooms of {} buckets", task, buckets);
  }

  private void add(EventRecord record) {
    record.number = lastNumber++;
    underWay.put(record.number, record);
    records.add(record);
  }

  /** Lets the rooms' listeners hear, and returns the records of what they heard. */
  @Override
  public @Nullable List<SourceRecord> poll() throws InterruptedException {
    LeftOvers.take(connector).forEach(this::add);
    boolean more = callbacks.runNext(records.isEmpty() ? POLL_MILLIS : 0);
    while (more && records.size() < ENOUGH_RECORDS) {
      more = callbacks.runNext(0);
    }
    if (records.isEmpty()) {
      return null;
    }
    List<SourceRecord> polled = records;
    records = new ArrayList<>();
    if (metrics != null) {
      metrics.polled.addAndGet(polled.size());
    }
    return polled;
  }

  /** Kafka has the record, or a transformation has dropped it. */
  @Override
  public void commitRecord(SourceRecord sent, @Nullable RecordMetadata metadata) {
    if (sent instanceof EventRecord record) {
      underWay.remove(record.number);
    }
    if (metrics != null) {
      metrics.produced.incrementAndGet();
    }
  }

  /** Ends the rooms' sockets, and leaves what has come to the next task. */
  @Override
  public void stop() {
    if (watch != null) {
      watch.stop(); // Its source may hang, and the sockets have to be closed in time.
    }
    if (client != null) {
      try {
        drain(client.connections());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      client.close();
    }
    if (watch != null) {
      watch.close();
    }
    if (metrics != null) {
      metrics.close();
    }
    if (parts != null) {
      parts.close();
    }
    leaveOver();
  }

  /** Closes the sockets, and lets the listeners hear what has come. */
  private void drain(List<LiveConnection> rooms) throws InterruptedException {
    rooms.forEach(LiveConnection::pause);
    long deadline = System.nanoTime() + DRAIN_NANOS;
    while (TaskMetrics.mayHearMore(rooms) && System.nanoTime() - deadline < 0) {
      callbacks.runNext(DRAIN_STEP_MILLIS);
    }
    long unheard = TaskMetrics.waiting(rooms);
    if (unheard > 0) {
      LOG.warn("{} events that were received are lost with the task", unheard);
    }
  }

  private void leaveOver() {
    int count = underWay.size();
    if (count > 0) {
      int lost = LeftOvers.add(connector, underWay.values());
      LOG.warn(
          "{} events that Kafka has not acknowledged are left to the connector's next task in this"
              + " process; if the process ends, they are lost",
          count - lost);
      if (lost > 0) {
        LOG.warn("{} events that Kafka did not take from two tasks are lost", lost);
      }
      underWay.clear();
    }
  }
}
