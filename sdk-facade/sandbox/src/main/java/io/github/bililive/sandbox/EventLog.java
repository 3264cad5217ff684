package io.github.bililive.sandbox;

import io.github.bililive.sandbox.SentEvent.Fate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of events. Keeps the newest up to a limit. Guarded by the hub's monitor. */
final class EventLog {
  private static final int JSON_SHOWN = 4_000;

  private final SandboxClock clock;
  private final int limit;
  private final Journal journal;
  private final Deque<SentEvent> entries = new ArrayDeque<>();
  private long lastNumber;

  EventLog(SandboxClock clock, int limit, Journal journal) {
    this.clock = clock;
    this.journal = journal;
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
    Map<String, Object> brief = new LinkedHashMap<>();
    brief.put("cmd", event.cmd());
    brief.put("said", event.said());
    brief.put("msgId", event.msgId());
    brief.put("socket", socket == null ? null : socket.number);
    brief.put("fate", fate.name());
    String json = event.json();
    String shown = json.length() > JSON_SHOWN ? json.substring(0, JSON_SHOWN) + "…" : json;
    journal.add(Journal.Kind.EVENT, roomId, brief, () -> Map.of("json", shown));
  }

  List<SentEvent> all() {
    return List.copyOf(entries);
  }
}
