package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.Databases;
import io.github.bililive.internal.store.PlainFiles;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the stores that processes share have in common. */
@Timeout(120)
class SharedStoresTest {
  private static final OAuthToken FIRST = OAuthToken.of("a1", "hush-r1", 50, List.of(), 40);
  private static final OAuthToken SECOND =
      OAuthToken.of("a2", "hush-r2", 60, List.of("LIVE_ROOM_DATA", "USER_INFO"), 45);
  private static final OAuthToken THIRD = OAuthToken.of("a3", "hush-r3", 70, List.of(), 55);

  @TempDir static Path folder;

  static Stream<TokenStore> stores() throws Exception {
    File directory = Files.createTempDirectory(folder, "tokens").toFile();
    return Stream.concat(
        Stream.of(FileTokenStore.in(directory)), Databases.all().map(SharedStoresTest::in));
  }

  private static TokenStore in(String url) {
    DataSource source = Databases.source(url);
    Databases.execute(source, JdbcTokenStoreTest.schema());
    return JdbcTokenStore.in(source);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void keepsReplacesAndRemovesPairsWithAllThatTheyHave(TokenStore store) throws Exception {
    assertThat(store.load("alice")).isNull();
    store.save("alice", FIRST);
    store.save("bob", THIRD);
    assertThat(store.load("alice")).isEqualTo(FIRST);
    store.save("alice", SECOND);
    assertThat(store.load("alice")).isEqualTo(SECOND);
    store.remove("alice");
    store.remove("alice");

    assertThat(store.load("alice")).isNull();
    assertThat(store.load("Bob")).isNull();
    assertThat(store.load("bob")).isEqualTo(THIRD);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void refusesAPairThatWasRenewedFromAnotherThanTheOneThere(TokenStore store) throws Exception {
    assertThat(store.save("alice", SECOND, FIRST)).isFalse();
    assertThat(store.load("alice")).isNull();

    store.save("alice", FIRST);
    assertThat(store.save("alice", SECOND, FIRST)).isTrue();
    assertThat(store.load("alice")).isEqualTo(SECOND);
    assertThat(store.save("alice", THIRD, FIRST)).isFalse();
    assertThat(store.load("alice")).isEqualTo(SECOND);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aLeaseIsOneOwnersUntilItIsReleased(TokenStore store) throws Exception {
    store.save("alice", FIRST);

    assertThat(store.lease("alice", "one", 60_000)).isTrue();
    assertThat(store.lease("alice", "another", 60_000)).isFalse();
    store.release("alice", "another");
    assertThat(store.lease("alice", "another", 60_000)).isFalse();
    assertThat(store.lease("alice", "one", 60_000)).as("for longer").isTrue();
    assertThat(store.save("alice", SECOND, FIRST)).isTrue();
    assertThat(store.lease("alice", "another", 60_000)).as("a save leaves it").isFalse();
    store.release("alice", "one");
    assertThat(store.lease("alice", "another", 60_000)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aLeaseIsOfAPairAndGoesWithIt(TokenStore store) throws Exception {
    assertThat(store.lease("alice", "one", 60_000)).isFalse();
    store.release("alice", "one");
    store.save("alice", FIRST);
    assertThat(store.lease("alice", "one", 60_000)).isTrue();
    store.remove("alice");
    store.save("alice", FIRST);

    assertThat(store.lease("alice", "another", 60_000)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void ofManyThatTakeALeaseOrSaveAtOnceOneDoes(TokenStore store) throws Exception {
    int count = 8;
    ExecutorService threads = Executors.newFixedThreadPool(count);
    CyclicBarrier barrier = new CyclicBarrier(count);
    for (int round = 0; round < 10; round++) {
      store.remove("alice");
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        OAuthToken own = OAuthToken.of("own" + i, "hush-own" + i, 80, List.of(), 70);
        String owner = "owner " + i;
        all.add(
            threads.submit(
                () -> {
                  barrier.await();
                  store.save("alice", FIRST); // All insert, and none fails.
                  barrier.await();
                  int won = store.lease("alice", owner, 60_000) ? 1 : 0;
                  barrier.await();
                  return won + (store.save("alice", own, FIRST) ? 10 : 0);
                }));
      }
      int won = 0;
      for (Future<Integer> each : all) {
        won += each.get();
      }
      assertThat(won).isEqualTo(11);
    }
    threads.shutdown();
  }

  // Files

  @Test
  void aLeaseOnAFileEndsByTheClockAndWhenThatIsSetBack() throws Exception {
    AtomicLong clock = new AtomicLong(1_000_000);
    FileTokenStore store =
        new FileTokenStore(folder.resolve("clock").toFile(), PlainFiles.present(), clock::get);
    store.save("alice", FIRST);
    assertThat(store.lease("alice", "one", 60_000)).isTrue();

    clock.addAndGet(59_999);
    assertThat(store.lease("alice", "another", 60_000)).isFalse();
    clock.addAndGet(1);
    assertThat(store.lease("alice", "another", 60_000)).isTrue();
    assertThat(store.lease("alice", "one", 60_000)).isFalse();
    clock.addAndGet(-60_000);
    assertThat(store.lease("alice", "one", 60_000)).as("a minute is no setting back").isFalse();
    clock.addAndGet(-1);
    assertThat(store.lease("alice", "one", 60_000)).isTrue();
  }

  @Test
  void aLeaseThatAKillHasTornIsNobodysAndADamagedPairIsReplaced() throws Exception {
    FileTokenStore store = FileTokenStore.in(folder.resolve("torn"));
    store.save("alice", FIRST);
    Path lease = folder.resolve("torn").resolve("token-alice.json.lease");
    for (String torn : List.of("", "17", "17 9223372036854775807", "x y one")) {
      Files.writeString(lease, torn);
      assertThat(store.lease("alice", "another", 60_000)).as(torn).isTrue();
    }
    Files.writeString(folder.resolve("torn").resolve("token-alice.json"), "{");
    assertThat(store.save("alice", SECOND, FIRST)).isTrue();
    assertThat(store.load("alice")).isEqualTo(SECOND);
    store.release("alice", "another");
    store.remove("alice");
    assertThat(folder.resolve("torn").toFile().list()).containsExactly("tokens.lock");
  }
}
