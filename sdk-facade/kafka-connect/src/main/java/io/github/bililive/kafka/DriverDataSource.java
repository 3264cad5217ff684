package io.github.bililive.kafka;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections of a JDBC driver in the plugin's folder, which {@code DriverManager} would not find.
 * A connection that is closed is kept for the next who asks, if it is still valid then.
 */
final class DriverDataSource implements DataSource, AutoCloseable {
  private static final int MOST_KEPT = 4;
  private static final int VALID_SECONDS = 5;

  private final Driver driver;
  private final String url;
  private final Properties properties = new Properties();

  /** Guarded by itself, as what follows. */
  private final Deque<Connection> kept = new ArrayDeque<>();

  private boolean closed;

  DriverDataSource(String url, String user, String password) {
    this.url = url;
    if (!user.isEmpty()) {
      properties.setProperty("user", user);
      properties.setProperty("password", password);
    }
    driver = driverOf(url);
  }

  private static Driver driverOf(String url) {
    for (Driver driver :
        ServiceLoader.load(Driver.class, DriverDataSource.class.getClassLoader())) {
      try {
        if (driver.acceptsURL(url)) {
          return driver;
        }
      } catch (SQLException e) {
        // Not this one.
        continue;
      }
    }
    throw new IllegalArgumentException(
        "no JDBC driver takes jdbc.url: put the driver's jar into the plugin's folder");
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = take();
    while (connection != null && !connection.isValid(VALID_SECONDS)) {
      end(connection);
      connection = take();
    }
    return lent(connection == null ? open() : connection);
  }

  private @Nullable Connection take() {
    synchronized (kept) {
      return kept.pollLast();
    }
  }

  private Connection open() throws SQLException {
    Connection connection;
    try {
      connection = driver.connect(url, properties);
    } catch (SQLException e) { // Drivers quote of an address what they do not understand.
      throw new SQLException(
          "no connection to the database of jdbc.url (" + e.getClass().getName() + ")",
          e.getSQLState(),
          e.getErrorCode());
    }
    if (connection == null) {
      throw new SQLException("the JDBC driver does not take jdbc.url after all");
    }
    return connection;
  }

  private Connection lent(Connection connection) {
    boolean[] returned = {false};
    return (Connection)
        Proxy.newProxyInstance(
            DriverDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                if (!returned[0]) {
                  returned[0] = true;
                  giveBack(connection);
                }
                return null;
              }
              if (returned[0] && method.getName().equals("isClosed")) {
                return true;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void giveBack(Connection connection) throws SQLException {
    try {
      if (!connection.isClosed() && !connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      end(connection);
      throw e;
    }
    synchronized (kept) {
      if (!closed && kept.size() < MOST_KEPT && !connection.isClosed()) {
        kept.add(connection);
        return;
      }
    }
    connection.close();
  }

  private static void end(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It was broken already.
      return;
    }
  }

  @Override
  public void close() {
    synchronized (kept) {
      closed = true;
    }
    for (Connection connection = take(); connection != null; connection = take()) {
      end(connection);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("give jdbc.user and jdbc.password");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

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
