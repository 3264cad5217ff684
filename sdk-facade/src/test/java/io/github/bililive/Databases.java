package io.github.bililive;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The databases on which stores are tested: H2, and PostgreSQL, which the tests start, where the
 * profile {@code postgres} brings it.
 */
public final class Databases {
  private static @Nullable String postgres;

  private Databases() {}

  /** Returns the address of an empty database of each kind. */
  public static Stream<String> all() {
    return Stream.concat(
        Stream.of("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"), postgres().stream());
  }

  /** Returns the address of the PostgreSQL; none if it is not on the class path. */
  public static synchronized List<String> postgres() {
    Class<?> type;
    try {
      type = Class.forName("io.zonky.test.db.postgres.embedded.EmbeddedPostgres");
    } catch (ClassNotFoundException e) {
      return List.of();
    }
    try {
      if (postgres == null) { // It stops with this JVM.
        Object server = type.getMethod("start").invoke(null);
        postgres =
            (String)
                type.getMethod("getJdbcUrl", String.class, String.class)
                    .invoke(server, "postgres", "postgres");
      }
      try (Connection connection = DriverManager.getConnection(postgres);
          Statement statement = connection.createStatement()) {
        statement.execute("DROP SCHEMA public CASCADE");
        statement.execute("CREATE SCHEMA public");
      }
    } catch (ReflectiveOperationException | SQLException e) {
      throw new AssertionError("PostgreSQL could not be started", e);
    }
    return List.of(postgres);
  }

  /** Runs a statement, such as one that makes a table. */
  public static void execute(DataSource source, String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** Returns a source of new connections to an address. */
  public static DataSource source(String url) {
    return new Source(url);
  }

  private record Source(String url) implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
      return DriverManager.getConnection(url);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
      return DriverManager.getConnection(url, username, password);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
