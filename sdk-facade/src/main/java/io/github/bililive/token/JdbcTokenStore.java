package io.github.bililive.token;

import io.github.bililive.internal.token.Database;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tokens in a table of a database, which the processes of an app share, on many machines.
 * Speaks SQL that H2, PostgreSQL and MySQL have in common. The table is yours to make:
 *
 * <pre>{@code
 * CREATE TABLE bililive_token (
 *   broadcaster VARCHAR(255) PRIMARY KEY,
 *   access_token VARCHAR(1024) NOT NULL,
 *   refresh_token VARCHAR(1024) NOT NULL,
 *   expires_at BIGINT NOT NULL,
 *   granted_at BIGINT NOT NULL,
 *   scopes VARCHAR(1024) NOT NULL,
 *   lease_owner VARCHAR(64),
 *   lease_end TIMESTAMP WITH TIME ZONE
 * )
 * }</pre>
 *
 * <p>In MySQL make {@code lease_end} a {@code TIMESTAMP NULL}, and end with {@code ) COLLATE
 * utf8mb4_bin}, or names that differ in case alone are one. Whoever can read the table can read the
 * broadcasters' rooms: grant that to the app alone.
 *
 * <p>Each method is one statement or a few, each a transaction of its own on a connection that is
 * given back at once; none is held while the platform is asked. Leases last by the database's
 * clock. The clocks of the machines do not matter for them.
 *
 * <p>Safe for use by several threads and processes. The build tests it with H2 and PostgreSQL; with
 * MariaDB it was tried by hand.
 */
public final class JdbcTokenStore implements TokenStore {
  private static final String OF_BROADCASTER = " WHERE broadcaster = ?";

  private final Database database;

  private JdbcTokenStore(DataSource source) {
    database = new Database(source);
  }

  /**
   * Returns a store in the table {@code bililive_token} of a database. Does not connect by itself.
   *
   * @param source gives connections, such as a pool; remains the caller's to close
   */
  public static JdbcTokenStore in(DataSource source) {
    return new JdbcTokenStore(
        Objects.requireNonNull(source, "source is null: give the database's, such as a pool"));
  }

  @Override
  public @Nullable OAuthToken load(String broadcaster) throws IOException {
    List<OAuthToken> found =
        database.query(
            JdbcTokenStore::read,
            "SELECT access_token, refresh_token, expires_at, scopes, granted_at FROM bililive_token"
                + OF_BROADCASTER,
            requireName(broadcaster));
    return found.isEmpty() ? null : found.get(0);
  }

  private static OAuthToken read(ResultSet row) throws SQLException {
    String scopes = row.getString(4);
    return OAuthToken.of(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        scopes.isEmpty() ? Collections.emptyList() : Arrays.asList(scopes.split(" ", -1)),
        row.getLong(5));
  }

  @Override
  public void save(String broadcaster, OAuthToken token) throws IOException {
    requireName(broadcaster);
    requireToken(token);
    boolean isSaved = update(broadcaster, token, OF_BROADCASTER);
    isSaved =
        isSaved
            || database.insert(
                "INSERT INTO bililive_token"
                    + " (access_token, refresh_token, expires_at, scopes, granted_at, broadcaster)"
                    + " VALUES (?, ?, ?, ?, ?, ?)",
                token.getAccessToken(),
                token.getRefreshToken(),
                token.getExpiresAtSeconds(),
                String.join(" ", token.getScopes()),
                token.getGrantedAtSeconds(),
                broadcaster);
    if (!isSaved) { // Another has inserted one meanwhile.
      update(broadcaster, token, OF_BROADCASTER);
    }
  }

  @Override
  public boolean save(String broadcaster, OAuthToken token, OAuthToken replaced)
      throws IOException {
    requireName(broadcaster);
    requireToken(token);
    Objects.requireNonNull(replaced, "replaced is null: give the pair that was renewed");
    return update(
        broadcaster,
        token,
        OF_BROADCASTER + " AND access_token = ? AND refresh_token = ?",
        replaced.getAccessToken(),
        replaced.getRefreshToken());
  }

  private boolean update(String broadcaster, OAuthToken token, String where, String... replaced)
      throws IOException {
    Object[] values =
        Arrays.copyOf(
            new Object[] {
              token.getAccessToken(),
              token.getRefreshToken(),
              token.getExpiresAtSeconds(),
              String.join(" ", token.getScopes()),
              token.getGrantedAtSeconds(),
              broadcaster
            },
            6 + replaced.length);
    System.arraycopy(replaced, 0, values, 6, replaced.length);
    return database.update(
            "UPDATE bililive_token SET access_token = ?, refresh_token = ?, expires_at = ?,"
                + " scopes = ?, granted_at = ?"
                + where,
            values)
        > 0;
  }

  @Override
  public void remove(String broadcaster) throws IOException {
    database.update("DELETE FROM bililive_token" + OF_BROADCASTER, requireName(broadcaster));
  }

  @Override
  public boolean lease(String broadcaster, String owner, long millis) throws IOException {
    return database.update(
            "UPDATE bililive_token SET lease_owner = ?, lease_end = CURRENT_TIMESTAMP + INTERVAL '"
                + (millis / 1000 + 1) // MySQL's counts whole seconds.
                + "' SECOND"
                + OF_BROADCASTER
                + " AND (lease_owner IS NULL OR lease_owner = ? OR lease_end < CURRENT_TIMESTAMP)",
            requireOwner(owner),
            requireName(broadcaster),
            owner)
        > 0;
  }

  @Override
  public void release(String broadcaster, String owner) throws IOException {
    database.update(
        "UPDATE bililive_token SET lease_owner = NULL, lease_end = NULL"
            + OF_BROADCASTER
            + " AND lease_owner = ?",
        requireName(broadcaster),
        requireOwner(owner));
  }

  private static String requireName(String broadcaster) {
    return Objects.requireNonNull(
        broadcaster, "broadcaster is null: give the name that the app uses");
  }

  private static void requireToken(OAuthToken token) {
    Objects.requireNonNull(token, "token is null: to remove a pair, call remove");
  }

  private static String requireOwner(String owner) {
    return Objects.requireNonNull(owner, "owner is null: give a name that no other client has");
  }

  /** Returns the class; what a source's {@code toString} shows is not known. */
  @Override
  public String toString() {
    return "JdbcTokenStore{bililive_token}";
  }
}
