package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.Databases;
import io.github.bililive.Leaks;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pairs in a table, made as the Javadoc says. */
@Timeout(120)
class JdbcTokenStoreTest {
  private static final OAuthToken PAIR =
      OAuthToken.of("hush-access-token", "hush-refresh-token", 50, List.of("A"), 40);

  /** Returns the statement of the Javadoc that makes the table. */
  static String schema() {
    Path source = Path.of("src/main/java/io/github/bililive/token/JdbcTokenStore.java");
    try {
      return Files.readString(source)
          .lines()
          .dropWhile(line -> !line.contains("{@code"))
          .skip(1)
          .takeWhile(line -> !line.contains("}</pre>"))
          .map(line -> line.replaceFirst("^ \\*", ""))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<String> urls() {
    return Databases.all().toList();
  }

  @ParameterizedTest
  @MethodSource("urls")
  void aLeaseLastsByTheDatabasesClock(String url) throws Exception {
    DataSource source = Databases.source(url);
    Databases.execute(source, schema());
    JdbcTokenStore store = JdbcTokenStore.in(source);
    store.save("alice", PAIR);
    assertThat(store.lease("alice", "one", 3_600_000)).isTrue();
    assertThat(store.lease("alice", "another", 1)).isFalse();

    Databases.execute( // As if an hour had passed.
        source, "UPDATE bililive_token SET lease_end = lease_end - INTERVAL '3602' SECOND");

    assertThat(store.lease("alice", "another", 3_600_000)).isTrue();
    assertThat(store.lease("alice", "one", 1)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("urls")
  void aSourceWhoseConnectionsDoNotCommitByThemselvesIsCommittedAndGotBackAsItWas(String url)
      throws Exception {
    DataSource source = Databases.source(url);
    Databases.execute(source, schema());
    List<Boolean> commits = new ArrayList<>();
    DataSource manual =
        (DataSource)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  Connection connection = source.getConnection();
                  connection.setAutoCommit(false);
                  return Proxy.newProxyInstance(
                      getClass().getClassLoader(),
                      new Class<?>[] {Connection.class},
                      (self, called, values) -> {
                        if (called.getName().equals("close")) {
                          commits.add(connection.getAutoCommit());
                          connection.rollback();
                        }
                        return called.invoke(connection, values);
                      });
                });
    JdbcTokenStore.in(manual).save("alice", PAIR);

    assertThat(JdbcTokenStore.in(source).load("alice")).isEqualTo(PAIR);
    assertThat(commits).isNotEmpty().containsOnly(false);
  }

  @ParameterizedTest
  @MethodSource("urls")
  void aTableThatIsNotThereIsNamed(String url) {
    JdbcTokenStore store = JdbcTokenStore.in(Databases.source(url));

    assertThatThrownBy(() -> store.load("alice"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the database failed (SQLSTATE 42")
        .message()
        .containsIgnoringCase("bililive_token");
  }

  @ParameterizedTest
  @MethodSource("urls")
  void noTokenIsInWhatADatabaseThatQuotesThemThrows(String url) {
    DataSource source = Databases.source(url);
    Databases.execute(
        source, schema().replace("scopes VARCHAR", "CHECK (expires_at > 60), scopes VARCHAR"));
    String endless = "hush-" + "x".repeat(2_000);

    for (OAuthToken pair : List.of(PAIR, OAuthToken.of("a", endless, 70, List.of()))) {
      assertThatThrownBy(() -> JdbcTokenStore.in(source).save("alice", pair))
          .isInstanceOf(IOException.class)
          .satisfies(Leaks::assertHidesSecrets);
    }
  }

  @Test
  void itsTextShowsNothingOfTheSource() {
    assertThat(JdbcTokenStore.in(Databases.source("jdbc:h2:mem:x;PASSWORD=hush")).toString())
        .isEqualTo("JdbcTokenStore{bililive_token}");
  }
}
