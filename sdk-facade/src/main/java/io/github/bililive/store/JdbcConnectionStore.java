package io.github.bililive.store;

import io.github.bililive.internal.token.Database;
import java.io.IOException;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rooms' connections in a table of a database, for rooms that go from machine to machine.
 * Speaks SQL that H2, PostgreSQL and MySQL have in common. The table is yours to make:
 *
 * <pre>{@code
 * CREATE TABLE bililive_connection (
 *   room VARCHAR(200) PRIMARY KEY,
 *   counter BIGINT NOT NULL,
 *   entry VARCHAR(8000) NOT NULL
 * )
 * }</pre>
 *
 * <p>In MySQL end with {@code ) COLLATE utf8mb4_bin}, or names that differ in case alone are one.
 * Whoever can read the table can hear the rooms: grant that to the app alone.
 *
 * <p>Each call is one statement, a transaction of its own on a connection that is given back at
 * once; a client makes up to eight at a time. Once a second it reads the entries of all its rooms,
 * 500 with one query. Safe for use by several threads and processes. Not tested with other
 * databases.
 */
public final class JdbcConnectionStore implements ConnectionStore {
  private final Database database;

  private JdbcConnectionStore(DataSource source) {
    database = new Database(source);
  }

  /**
   * Returns a store in the table {@code bililive_connection} of a database. Does not connect by
   * itself.
   *
   * @param source gives connections, such as a pool; remains the caller's to close
   */
  public static JdbcConnectionStore in(DataSource source) {
    return new JdbcConnectionStore(
        Objects.requireNonNull(source, "source is null: give the database's, such as a pool"));
  }

  @Override
  public @Nullable StoredConnection load(String room) throws IOException {
    return loadAll(Collections.singletonList(requireName(room))).get(room);
  }

  @Override
  public Map<String, StoredConnection> loadAll(Collection<String> rooms) throws IOException {
    Objects.requireNonNull(rooms, "rooms is null: give an empty list for none");
    Map<String, StoredConnection> found = new HashMap<>();
    if (rooms.isEmpty()) {
      return found;
    }
    StringBuilder sql =
        new StringBuilder("SELECT room, counter, entry FROM bililive_connection WHERE room IN (?");
    for (int i = 1; i < rooms.size(); i++) {
      sql.append(", ?");
    }
    List<Map.Entry<String, StoredConnection>> rows =
        database.query(
            row ->
                new SimpleImmutableEntry<>(
                    row.getString(1), StoredConnection.of(row.getLong(2), row.getString(3))),
            sql.append(')').toString(),
            rooms.toArray());
    for (Map.Entry<String, StoredConnection> row : rows) {
      found.put(row.getKey(), row.getValue());
    }
    return found;
  }

  @Override
  public boolean save(String room, StoredConnection connection, long replaced) throws IOException {
    requireName(room);
    Objects.requireNonNull(connection, "connection is null: to remove an entry, call remove");
    long counter = connection.getCounter();
    String entry = connection.getText();
    return replaced == 0
        ? database.insert(
            "INSERT INTO bililive_connection (room, counter, entry) VALUES (?, ?, ?)",
            room,
            counter,
            entry)
        : database.update(
                "UPDATE bililive_connection SET counter = ?, entry = ? WHERE room = ? AND counter = ?",
                counter,
                entry,
                room,
                replaced)
            == 1;
  }

  @Override
  public boolean remove(String room, long counter) throws IOException {
    return database.update(
            "DELETE FROM bililive_connection WHERE room = ? AND counter = ?",
            requireName(room),
            counter)
        == 1;
  }

  private static String requireName(String room) {
    return Objects.requireNonNull(room, "room is null: give the name in its ConnectionOptions");
  }

  /** Returns the class's name: a data source may print its password. */
  @Override
  public String toString() {
    return "JdbcConnectionStore{}";
  }
}
