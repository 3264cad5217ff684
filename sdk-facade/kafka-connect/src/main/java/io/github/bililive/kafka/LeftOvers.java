package io.github.bililive.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records that tasks had received when they ended and Kafka has not acknowledged: because the
 * broker was away, or the task had to move before it could hand them over. The next task of the
 * same connector in this process that polls has them, whatever its rooms are. A record is left over
 * once: a task that Kafka refuses a record of does not take the next one with it for ever.
 */
final class LeftOvers {
  /** By connector. Guarded by itself. */
  private static final Map<String, List<EventRecord>> RECORDS = new HashMap<>();

  private LeftOvers() {}

  /** Returns how many there were that are not left over for the first time, and are lost. */
  static int add(String connector, Collection<EventRecord> records) {
    List<EventRecord> kept = records.stream().filter(record -> !record.isLeftOver).toList();
    kept.forEach(record -> record.isLeftOver = true);
    synchronized (RECORDS) {
      if (!kept.isEmpty()) {
        RECORDS.computeIfAbsent(connector, key -> new ArrayList<>()).addAll(kept);
      }
    }
    return records.size() - kept.size();
  }

  /** Returns those of a connector, which are nobody else's from now on. */
  static List<EventRecord> take(String connector) {
    synchronized (RECORDS) {
      List<EventRecord> records = RECORDS.remove(connector);
      return records == null ? List.of() : records;
    }
  }
}
