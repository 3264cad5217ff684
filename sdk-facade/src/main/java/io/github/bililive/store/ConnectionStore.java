package io.github.bililive.store;

import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.ConnectionOptions;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a client remembers the living connection of each room, so that a successor goes on with the
 * same {@code conn_id}: after a crash, in a rolling deploy, on another machine. Set it with {@link
 * BiliLiveClientBuilder#connectionStore}. Several processes may share one; it then says which of
 * them hears a room.
 *
 * <p>A room is called by the name in its {@link ConnectionOptions}, which must be the same in every
 * process and no other room's. Its entry holds a secret that opens the room: keep it where the app
 * alone can read it, and do not log it. An entry that is dead is removed; that of a room that
 * nobody hears any more stays, and may be deleted.
 *
 * <p>A write is conditional: it is done only if the entry in the store is still the one that it
 * replaces, so that of two processes that write at once one is refused. A database does it with one
 * {@code UPDATE … WHERE counter = ?}.
 *
 * <p>Called on threads of the SDK's that may block, several at a time, for each room one call at a
 * time. Whatever a method throws counts as a failure of the store: the room goes on without, the
 * log says so once, and the store is asked again. A call that takes longer than 5 s is not waited
 * for.
 */
public interface ConnectionStore {
  /**
   * Returns the entry of a room.
   *
   * @return null if there is none
   * @throws IOException if it cannot be read
   */
  @Nullable StoredConnection load(String room) throws IOException;

  /**
   * Returns the entries of several rooms by their names, without those that have none. A client
   * asks once a second for all rooms that it hears, so override this where one query can answer for
   * many. By default it loads one after the other.
   *
   * @param rooms up to 500 names, none of them twice
   * @throws IOException if they cannot be read
   */
  default Map<String, StoredConnection> loadAll(Collection<String> rooms) throws IOException {
    Map<String, StoredConnection> found = new HashMap<>();
    for (String room : rooms) {
      StoredConnection entry = load(room);
      if (entry != null) {
        found.put(room, entry);
      }
    }
    return found;
  }

  /**
   * Writes a room's entry in place of another, in one step. When this returns true the entry must
   * be stored for good.
   *
   * @param connection the new entry, with a counter above {@code replaced}
   * @param replaced the counter of the entry that is replaced; 0 if there must be none
   * @return false if the entry there has another counter, or there is one or none against {@code
   *     replaced}; then nothing is changed
   * @throws IOException if it cannot be written
   */
  boolean save(String room, StoredConnection connection, long replaced) throws IOException;

  /**
   * Removes a room's entry: its connection is dead.
   *
   * @param counter that of the entry
   * @return false if there is none, or one with another counter, which then stays
   * @throws IOException if it cannot be removed
   */
  boolean remove(String room, long counter) throws IOException;
}
