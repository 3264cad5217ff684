package io.github.bililive.sandbox;

import io.github.bililive.sandbox.SentEvent.Fate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of events. Keeps the newest up to a limit. Guarded by the hub's monitor. */
final class EventLog {
  private final SandboxClock clock;
  private final int limit;
  private final Deque<SentEvent> entries = new ArrayDeque<>();
  private long lastNumber;

  EventLog(SandboxClock clock, int limit) {
    this.clock = clock;
    this.limit = limit;
  }

  void add(long roomId, EventText event, @Nullable SandboxSocket socket, Fate fate) {
    lastNumber++;
    Connection connection = socket == null ? null : socket.connection();
    entries.add(
        new SentEvent(
            lastNumber,
            roomId,
            event.cmd(),
            event.msgId(),
            socket == null ? null : socket.number,
            connection == null ? null : connection.id,
            fate,
            clock.nanos(),
            clock.wallMillis()));
    if (entries.size() > limit) {
      entries.remove();
    }
  }

  List<SentEvent> all() {
    return List.copyOf(entries);
  }
}
