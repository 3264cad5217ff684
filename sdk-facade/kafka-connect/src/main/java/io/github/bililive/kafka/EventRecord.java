package io.github.bililive.kafka;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;

/** The record of an event, and how it fares. */
final class EventRecord extends SourceRecord {
  /** What a task calls it. */
  long number;

  /** Whether another task has left it over. */
  boolean isLeftOver;

  EventRecord(
      String room,
      Map<String, String> offset,
      String topic,
      Schema schema,
      Object value,
      long timestamp,
      Headers headers) {
    super(
        Map.of(EventRecords.ROOM, room),
        offset,
        topic,
        null,
        Schema.STRING_SCHEMA,
        room,
        schema,
        value,
        timestamp,
        headers);
  }
}
