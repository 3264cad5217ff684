package io.github.bililive.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened, for the page. Keeps the newest entries of each kind, so that many events do not
 * push out the one request that failed. Safe for use from any thread; calls nobody with its lock
 * held.
 */
final class Journal {
  /** How many entries of each kind are kept. */
  static final int LIMIT = 1_000;

  /** What an entry is about. */
  enum Kind {
    REQUEST,
    CONNECTION,
    SOCKET,
    EVENT,
    ACTION
  }

  /**
   * One thing that happened.
   *
   * @param roomId null if it is about no room
   * @param brief what the list shows, of texts, numbers and booleans; without secrets
   * @param detail makes what is shown when the entry is opened; without secrets
   */
  record Entry(
      long number,
      long atWallMillis,
      Kind kind,
      @Nullable Long roomId,
      Map<String, ?> brief,
      Supplier<? extends Map<String, ?>> detail) {}

  private final SandboxClock clock;
  private final Map<Kind, Deque<Entry>> oldestFirst = new EnumMap<>(Kind.class);
  private long lastNumber;

  Journal(SandboxClock clock) {
    this.clock = clock;
    for (Kind kind : Kind.values()) {
      oldestFirst.put(kind, new ArrayDeque<>());
    }
  }

  void add(Kind kind, @Nullable Long roomId, Map<String, ?> brief) {
    add(kind, roomId, brief, Map::of);
  }

  void add(
      Kind kind,
      @Nullable Long roomId,
      Map<String, ?> brief,
      Supplier<? extends Map<String, ?>> detail) {
    long now = clock.wallMillis();
    synchronized (this) {
      Deque<Entry> entries = of(kind);
      entries.add(new Entry(++lastNumber, now, kind, roomId, brief, detail));
      if (entries.size() > LIMIT) {
        entries.remove();
      }
    }
  }

  /** Returns the newest entries with greater numbers, of all kinds, the oldest first. */
  synchronized List<Entry> after(long number, int most) {
    if (number >= lastNumber) {
      return List.of();
    }
    List<Entry> found = new ArrayList<>();
    for (Deque<Entry> entries : oldestFirst.values()) {
      Iterator<Entry> newestFirst = entries.descendingIterator();
      for (int left = most; left > 0 && newestFirst.hasNext(); left--) {
        Entry entry = newestFirst.next();
        if (entry.number() <= number) {
          break;
        }
        found.add(entry);
      }
    }
    found.sort(Comparator.comparingLong(Entry::number));
    return List.copyOf(found.subList(Math.max(0, found.size() - most), found.size()));
  }

  /** Returns null if there is no such entry, or it is no longer kept. */
  synchronized @Nullable Entry entry(long number) {
    for (Deque<Entry> entries : oldestFirst.values()) {
      for (Entry entry : entries) {
        if (entry.number() == number) {
          return entry;
        }
      }
    }
    return null;
  }

  private Deque<Entry> of(Kind kind) {
    Deque<Entry> entries = oldestFirst.get(kind);
    if (entries == null) {
      throw new IllegalStateException("no entries of " + kind);
    }
    return entries;
  }
}
