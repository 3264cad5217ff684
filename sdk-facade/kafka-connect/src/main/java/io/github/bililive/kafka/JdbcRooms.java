package io.github.bililive.kafka;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms that a query finds. Its columns are what a line of a file has: the key, the door and
 * what the door needs; those that are null or missing are left out. So is a row that is no room.
 */
final class JdbcRooms implements RoomSource {
  private static final int QUERY_SECONDS = 30;

  private static final Logger LOG = LoggerFactory.getLogger(JdbcRooms.class);

  private final DataSource database;
  private final String query;

  /** What was wrong with rows the last time, which is logged once. */
  private List<String> wrongBefore = List.of();

  JdbcRooms(DataSource database, String query) {
    this.database = database;
    this.query = query;
  }

  @Override
  public Collection<Room> rooms() throws IOException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setQueryTimeout(QUERY_SECONDS);
      List<Room> rooms = new ArrayList<>();
      List<String> wrong = new ArrayList<>();
      int row = 1;
      try (ResultSet rows = statement.executeQuery()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          List<String> words = new ArrayList<>();
          for (int column = 1; column <= columns; column++) {
            String word = rows.getString(column);
            if (word != null && !word.isBlank()) {
              words.add(word.strip());
            } else if (column == 1) {
              words.add(""); // Or the secret behind it would be taken for the key.
            }
          }
          try {
            rooms.add(RoomLines.room(words.toArray(new String[0]), "rooms.jdbc.query, row " + row));
          } catch (IllegalArgumentException e) {
            wrong.add(e.getMessage());
          }
          row++;
        }
      }
      if (!wrong.equals(wrongBefore)) {
        wrong.forEach(message -> LOG.warn("{}; the other rooms are heard", message));
      }
      wrongBefore = wrong;
      return rooms;
    } catch (SQLException e) {
      throw new IOException("rooms.jdbc.query failed: " + e.getMessage(), e);
    }
  }
}
