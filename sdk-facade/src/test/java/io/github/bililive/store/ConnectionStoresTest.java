package io.github.bililive.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.Databases;
import io.github.bililive.Leaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each store of connections promises: in files, and over each database. */
class ConnectionStoresTest {
  private static final String HUSH = "{\"auth_body\":\"hush-\\\"密\\n\"}";

  @TempDir static Path directory;

  private static int number;

  static Stream<ConnectionStore> stores() {
    return Stream.concat(
        Stream.of(FileConnectionStore.in(directory.resolve("files-" + number++))),
        Databases.all().map(ConnectionStoresTest::over));
  }

  private static ConnectionStore over(String url) {
    DataSource source = Databases.source(url);
    Databases.execute(source, schema());
    return JdbcConnectionStore.in(source);
  }

  /** As it stands in the Javadoc. */
  private static String schema() {
    Path page = Path.of("src/main/java/io/github/bililive/store/JdbcConnectionStore.java");
    try {
      String text = Files.readString(page);
      return text.substring(text.indexOf("CREATE TABLE"), text.indexOf(" * }</pre>"))
          .replace("\n *", "\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static StoredConnection entry(long counter) {
    return StoredConnection.of(counter, HUSH + counter);
  }

  private static void assertHolds(ConnectionStore store, String room, long counter)
      throws IOException {
    assertThat(store.load(room).getCounter()).isEqualTo(counter);
    assertThat(store.load(room).getText()).isEqualTo(HUSH + counter);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void anEntryIsWrittenInPlaceOfTheOneThatIsNamedAlone(ConnectionStore store) throws Exception {
    assertThat(store.load("alice")).isNull();
    assertThat(store.save("alice", entry(5), 4)).isFalse();
    assertThat(store.load("alice")).isNull();

    assertThat(store.save("alice", entry(1), 0)).isTrue();
    assertThat(store.save("alice", entry(2), 0)).isFalse();
    assertHolds(store, "alice", 1);

    assertThat(store.save("alice", entry(3), 2)).isFalse();
    assertThat(store.save("alice", entry(3), 1)).isTrue();
    assertHolds(store, "alice", 3);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void anEntryIsRemovedIfItIsTheOneThatIsNamed(ConnectionStore store) throws Exception {
    assertThat(store.remove("alice", 1)).isFalse();
    store.save("alice", entry(1), 0);

    assertThat(store.remove("alice", 2)).isFalse();
    assertHolds(store, "alice", 1);
    assertThat(store.remove("alice", 1)).isTrue();
    assertThat(store.load("alice")).isNull();
    assertThat(store.save("alice", entry(2), 0)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void manyEntriesComeWithOneCallWithoutThoseThatAreNotThere(ConnectionStore store)
      throws Exception {
    List<String> rooms = IntStream.range(0, 500).mapToObj(i -> "room " + i).toList();
    for (int i = 0; i < 40; i++) {
      store.save("room " + i, entry(i + 1), 0);
    }
    assertThat(store.loadAll(rooms)).hasSize(40);
    assertThat(store.loadAll(rooms).get("room 7").getText()).isEqualTo(HUSH + 8);
    assertThat(store.loadAll(List.of("room 1", "nobody"))).containsOnlyKeys("room 1");
    assertThat(store.loadAll(List.of())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void roomsDoNotGetInEachOthersWayWhateverTheirNamesAre(ConnectionStore store) throws Exception {
    List<String> names = List.of("alice", "Alice", "a/b", "../alice", "密", "a b", "'; --", "%");
    for (int i = 0; i < names.size(); i++) {
      assertThat(store.save(names.get(i), entry(i + 1), 0)).isTrue();
    }
    for (int i = 0; i < names.size(); i++) {
      assertHolds(store, names.get(i), i + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("stores")
  void ofManyWhoWriteAtOnceOneSucceeds(ConnectionStore store) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (long replaced = 0; replaced < 20; replaced++) {
        long before = replaced;
        Callable<Boolean> write = () -> store.save("alice", entry(before + 1), before);
        int written = 0;
        for (Future<Boolean> each : threads.invokeAll(List.of(write, write, write, write))) {
          written += each.get() ? 1 : 0;
        }
        assertThat(written).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
    assertHolds(store, "alice", 20);
  }

  @Test
  void aNullDatabaseIsNamedAndOneThatFailsTellsNoEntry() {
    ConnectionStore store = JdbcConnectionStore.in(Databases.source("jdbc:h2:mem:without-table"));
    assertThatThrownBy(() -> store.save("alice", StoredConnection.of(1, "hush-hush-hush"), 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("BILILIVE_CONNECTION")
        .satisfies(Leaks::assertHidesSecrets);
    assertThat(StoredConnection.of(7, "hush")).hasToString("StoredConnection{counter=7, text=██}");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void filesAreTheirOwnersAloneAndADamagedOneIsNamedWithoutItsText() throws Exception {
    Path files = directory.resolve("own");
    ConnectionStore store = FileConnectionStore.in(files);
    store.save("alice", entry(1), 0);
    Path file = files.resolve("connection-alice.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
        .isEqualTo("rwx------");

    Files.writeString(file, "{\"counter\":1,\"connection\":\"hush");
    assertThatThrownBy(() -> store.load("alice"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + " is damaged: it is not a whole connection file (31 bytes); delete it, and the"
                + " room starts anew")
        .satisfies(Leaks::assertHidesSecrets);
  }

  @Test
  void whatAKilledWriterLeftBehindDoesNotCount() throws Exception {
    Path files = directory.resolve("killed");
    ConnectionStore store = FileConnectionStore.in(files);
    store.save("alice", entry(1), 0);
    Files.writeString(files.resolve("connection-alice.json.torn.new"), "{\"counter\":2");

    assertHolds(store, "alice", 1);
    assertThat(store.save("alice", entry(2), 1)).isTrue();
    assertThat(files).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void aDamagedFileOrTooLongANameCostsNoOtherRoomOfACall() throws Exception {
    Path files = directory.resolve("damaged");
    ConnectionStore store = FileConnectionStore.in(files);
    store.save("alice", entry(1), 0);
    store.save("bob", entry(2), 0);
    Files.writeString(files.resolve("connection-bob.json"), "{\"counter\":2");
    String tooLong = "x".repeat(300);

    assertThat(store.loadAll(List.of("bob", "alice"))).containsOnlyKeys("alice");
    assertThat(store.loadAll(List.of(tooLong, "alice"))).containsOnlyKeys("alice");
    assertThatThrownBy(() -> store.loadAll(List.of(tooLong, "bob")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("connection-bob.json is damaged");
  }
}
