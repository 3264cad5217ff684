package io.github.bililive.kafka;

import io.github.bililive.BiliLiveClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * <p>What a task has received and not handed to Connect when it ends is lost: the platform sends an
 * event once. What Connect has taken it produces at least once.
 */
public final class RoomsTask extends SourceTask {
  private static final Logger LOG = LoggerFactory.getLogger(RoomsTask.class);

  /** How long a poll waits for an event: Connect looks between two whether the task is to end. */
  private static final long POLL_MILLIS = 200;

  /** After how many records a poll returns. One of a room's turns has 64 at most. */
  private static final int ENOUGH_RECORDS = 1_000;

  private final CallbackQueue callbacks = new CallbackQueue();

  /** What the present poll returns. Used by the thread that polls. */
  private List<SourceRecord> records = new ArrayList<>();

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
    RoomsConfig config = new RoomsConfig(options);
    Buckets buckets =
        Buckets.of(config.getInt(RoomsConfig.BUCKETS), options.get(RoomsConfig.TASK_BUCKETS));
    String task = options.get(RoomsConfig.TASK_NUMBER);
    EventRecords eventRecords = new EventRecords(config);
    parts = new Parts(config, options);
    client = parts.client(callbacks);
    HeldRooms rooms =
        new HeldRooms(
            client,
            config,
            buckets,
            room -> new RoomListener(room, eventRecords, record -> records.add(record)));
    metrics = new TaskMetrics(options.get("name"), task, buckets, rooms);
    watch =
        new RoomWatch(
            parts.roomSource(),
            rooms,
            metrics.sourceFailures,
            "bililive-rooms-" + task,
            config.getLong(RoomsConfig.ROOMS_POLL));
    LOG.info("Task {} hears the rooms of buckets {}", task, buckets);
  }

  /** Lets the rooms' listeners hear, and returns the records of what they heard. */
  @Override
  public @Nullable List<SourceRecord> poll() throws InterruptedException {
    boolean more = callbacks.runNext(POLL_MILLIS);
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
    if (metrics != null) {
      metrics.produced.incrementAndGet();
    }
  }

  /** Ends the rooms' sockets. Also after a start that failed. */
  @Override
  public void stop() {
    if (watch != null) {
      watch.close();
    }
    if (metrics != null) {
      long lost = metrics.getEventsWaiting();
      if (lost > 0) {
        LOG.warn("{} events that were received and not polled are lost with the task", lost);
      }
      metrics.close();
    }
    if (client != null) {
      client.close();
    }
    if (parts != null) {
      parts.close();
    }
  }
}
