package io.github.bililive.fleet;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the topic holds, read on a thread of its own. */
final class Topic {
  private final KafkaConsumer<String, String> consumer;
  private final Thread thread = new Thread(this::read, "topic");
  private final Map<String, String> events = new ConcurrentHashMap<>();
  final AtomicLong duplicates = new AtomicLong();
  final AtomicLong wrong = new AtomicLong();
  private volatile boolean closed;

  Topic(String bootstrapServer, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServer,
                "group.id", "fleet-test",
                "auto.offset.reset", "earliest",
                "metadata.max.age.ms", "1000"),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(List.of(topic));
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    while (!closed) {
      for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
        take(record);
      }
    }
    consumer.close();
  }

  private void take(ConsumerRecord<String, String> record) {
    String msgId =
        new String(record.headers().lastHeader("msg_id").value(), StandardCharsets.UTF_8);
    String before = events.putIfAbsent(record.key() + " " + msgId, record.value());
    if (before != null) {
      duplicates.incrementAndGet();
      if (!before.equals(record.value())) {
        wrong.incrementAndGet();
      }
    }
    if (!record.value().contains(msgId)) {
      wrong.incrementAndGet();
    }
  }

  boolean has(String room, String msgId) {
    return events.containsKey(room + " " + msgId);
  }

  int size() {
    return events.size();
  }

  void close() throws InterruptedException {
    closed = true;
    thread.join(10_000);
  }
}
