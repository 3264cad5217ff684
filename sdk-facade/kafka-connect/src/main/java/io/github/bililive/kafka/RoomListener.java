package io.github.bililive.kafka;

import io.github.bililive.LiveConnection;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.StartedConnection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a record of each event of a room. */
final class RoomListener implements LiveListener {
  private final String room;
  private final EventRecords records;
  private final Consumer<EventRecord> sink;

  /** Null until {@code connect} has returned. */
  private volatile @Nullable LiveConnection connection;

  /** The last that was known; empty before the first. Used by the thread that polls. */
  private String connId = "";

  RoomListener(String room, EventRecords records, Consumer<EventRecord> sink) {
    this.room = room;
    this.records = records;
    this.sink = sink;
  }

  void hears(LiveConnection connection) {
    this.connection = connection;
  }

  @Override
  public void onEvent(LiveEvent event) {
    LiveConnection heard = connection;
    StartedConnection started = heard == null ? null : heard.getStartedConnection();
    if (started != null) {
      connId = started.getConnId();
    }
    sink.accept(records.of(room, connId, event));
  }
}
