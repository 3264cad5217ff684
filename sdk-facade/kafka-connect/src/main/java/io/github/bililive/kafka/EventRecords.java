package io.github.bililive.kafka;

import io.github.bililive.LiveEvent;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;

/** Makes records of events. */
final class EventRecords {
  static final String CMD = "cmd";
  static final String MSG_ID = "msg_id";
  static final String CONN_ID = "conn_id";
  static final String ROOM = "room";

  /** Of {@code value.format=struct}. */
  static final Schema EVENT =
      SchemaBuilder.struct()
          .name("io.github.bililive.kafka.Event")
          .version(1)
          .doc("An event of a room.")
          .field(ROOM, Schema.STRING_SCHEMA)
          .field(CMD, Schema.OPTIONAL_STRING_SCHEMA)
          .field(MSG_ID, Schema.STRING_SCHEMA)
          .field("received_at", Schema.INT64_SCHEMA)
          .field("json", Schema.STRING_SCHEMA)
          .build();

  private final String topic;
  private final boolean struct;

  EventRecords(RoomsConfig config) {
    topic = config.getString(RoomsConfig.TOPIC);
    struct = config.getString(RoomsConfig.VALUE_FORMAT).equals("struct");
  }

  /** Returns the record of an event; its time is this machine's. */
  EventRecord of(String room, String connId, LiveEvent event) {
    long now = System.currentTimeMillis();
    ConnectHeaders headers = new ConnectHeaders();
    if (event.getCmd() != null) {
      headers.addString(CMD, event.getCmd());
    }
    headers.addString(MSG_ID, event.getMsgId());
    headers.addString(CONN_ID, connId);
    return new EventRecord(
        room,
        Map.of(MSG_ID, event.getMsgId()),
        topic,
        struct ? EVENT : Schema.STRING_SCHEMA,
        struct ? structure(room, event, now) : event.getJson(),
        now,
        headers);
  }

  private static Struct structure(String room, LiveEvent event, long now) {
    return new Struct(EVENT)
        .put(ROOM, room)
        .put(CMD, event.getCmd())
        .put(MSG_ID, event.getMsgId())
        .put("received_at", now)
        .put("json", event.getJson());
  }
}
