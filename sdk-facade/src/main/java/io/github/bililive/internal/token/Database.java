package io.github.bililive.internal.token;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A user's database, for the stores: runs one statement at a time, as a transaction of its own, on
 * a connection that is given back at once.
 */
public final class Database {
  /** A text that shows this much of a value is not shown: databases shorten what they quote. */
  private static final int SHOWN = 8;

  private static final String DUPLICATE_KEY = "23505";

  /** MySQL's state is 23000, as for every constraint. */
  private static final int MYSQLS_DUPLICATE_KEY = 1062;

  private final DataSource source;

  public Database(DataSource source) {
    this.source = source;
  }

  /** Reads the row that a query has come to. */
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private interface Work<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  /** Returns what a query finds. */
  public <T> List<T> query(Row<T> reading, String sql, Object... values) throws IOException {
    return run(
        statement -> {
          List<T> found = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              found.add(reading.read(rows));
            }
          }
          return found;
        },
        sql,
        values);
  }

  /** Changes or deletes rows, and returns how many. */
  public int update(String sql, Object... values) throws IOException {
    return run(PreparedStatement::executeUpdate, sql, values);
  }

  /** Inserts a row. Returns false if there is one with its key. */
  public boolean insert(String sql, Object... values) throws IOException {
    return run(
        statement -> {
          try {
            statement.executeUpdate();
            return true;
          } catch (SQLException e) {
            if (DUPLICATE_KEY.equals(e.getSQLState()) || e.getErrorCode() == MYSQLS_DUPLICATE_KEY) {
              return false;
            }
            throw e;
          }
        },
        sql,
        values);
  }

  private <T> T run(Work<T> work, String sql, Object[] values) throws IOException {
    try (Connection connection = source.getConnection()) {
      boolean commits = connection.getAutoCommit();
      if (!commits) {
        connection.setAutoCommit(true);
      }
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < values.length; i++) {
          statement.setObject(i + 1, values[i]);
        }
        return work.run(statement);
      } finally {
        if (!commits) {
          connection.setAutoCommit(false); // As its pool expects it.
        }
      }
    } catch (SQLException e) {
      String[] quoted = new String[values.length];
      for (int i = 0; i < values.length; i++) {
        String value = values[i] instanceof String ? (String) values[i] : "";
        quoted[i] = value.length() < SHOWN ? null : value.substring(0, SHOWN);
      }
      Throwable cause = TokenSecrets.withoutSecrets(e, quoted);
      throw new IOException(
          "the database failed (SQLSTATE " + e.getSQLState() + "): " + cause.getMessage(), cause);
    }
  }
}
