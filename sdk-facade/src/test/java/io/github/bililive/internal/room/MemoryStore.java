package io.github.bililive.internal.room;

import io.github.bililive.internal.store.RoomEntry;
import io.github.bililive.store.ConnectionStore;
import io.github.bililive.store.StoredConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store that a test looks into, and that fails when it says so. */
final class MemoryStore implements ConnectionStore {
  private final Map<String, StoredConnection> entries = new HashMap<>();
  final List<String> calls = new ArrayList<>();

  /** What every call throws; null if the store works. */
  @Nullable Exception broken;

  @Override
  public @Nullable StoredConnection load(String room) throws IOException {
    called("load");
    return entries.get(room);
  }

  @Override
  public boolean save(String room, StoredConnection connection, long replaced) throws IOException {
    called("save");
    StoredConnection before = entries.get(room);
    if ((before == null ? 0 : before.getCounter()) != replaced) {
      return false;
    }
    entries.put(room, connection);
    return true;
  }

  @Override
  public boolean remove(String room, long counter) throws IOException {
    called("remove");
    StoredConnection before = entries.get(room);
    boolean isThere = before != null && before.getCounter() == counter;
    if (isThere) {
      entries.remove(room);
    }
    return isThere;
  }

  private void called(String what) throws IOException {
    calls.add(what);
    if (broken instanceof IOException) {
      throw (IOException) broken;
    } else if (broken != null) {
      throw (RuntimeException) broken;
    }
  }

  /** Returns what the entry of the room says; null if there is none. */
  @Nullable RoomEntry entry() {
    StoredConnection entry = entries.get(StoreProcess.ROOM);
    try {
      return entry == null ? null : RoomEntry.read(entry);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the id in it; null if there is none. */
  @Nullable String connId() {
    RoomEntry entry = entry();
    return entry == null ? null : entry.connection.getConnId();
  }

  /** Takes the entry away, as somebody who cleans a table does. */
  void wipe() {
    entries.clear();
  }

  void put(long counter, String text) {
    entries.put(StoreProcess.ROOM, StoredConnection.of(counter, text));
  }
}
