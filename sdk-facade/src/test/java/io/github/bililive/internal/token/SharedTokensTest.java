package io.github.bililive.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.AccessToken;
import io.github.bililive.Leaks;
import io.github.bililive.LoggedRecords;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.internal.token.FakeTokenWorld.Asked;
import io.github.bililive.internal.token.SharedTokenWorld.Process;
import io.github.bililive.token.OAuthToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes that share a token store, in virtual time. */
class SharedTokensTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SharedTokenWorld world = new SharedTokenWorld(7);
  private final LoggedRecords log = new LoggedRecords();

  @AfterEach
  void close() {
    log.close();
  }

  static List<String> points() {
    return SharedTokenWorld.POINTS;
  }

  @ParameterizedTest
  @MethodSource("points")
  void whereverAProcessIsKilledTheOthersUseItsPairOrRenewItsPredecessorOnce(String point) {
    List<Process> all = threeThatHold("alice");
    OAuthToken old = world.stored.get("alice");
    all.get(0).diesAt = point;
    world.refuse(old);
    all.get(0).work();
    assertThat(all.get(0).isDead).isTrue();

    List<Asked> asked = List.of(all.get(1).ask("alice"), all.get(2).ask("alice"));
    world.pass(MINUTE.multipliedBy(3));

    assertThat(world.renewed.get("alice")).isEqualTo(1);
    if (SharedTokenWorld.LOSING.contains(point)) {
      assertThat(asked)
          .allSatisfy(
              each -> assertThat(each.error).isInstanceOf(AuthorisationRequiredException.class));
      assertThat(all.get(1).log).contains("authorisation required");
    } else {
      String stored = world.stored.get("alice").getAccessToken();
      assertThat(world.isValid(stored)).isTrue();
      assertThat(asked).allSatisfy(each -> assertThat(each.token).isEqualTo(stored));
      assertThat(world.sentAgain).isEmpty();
      assertThat(world.isLeased("alice")).isFalse();
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void fortyBroadcastersInThreeProcessesAreEachRenewedOnceAndNoneIsLost(int seed) {
    SharedTokenWorld slow = new SharedTokenWorld(seed);
    List<Process> all = new ArrayList<>(List.of(slow.start(), slow.start(), slow.start()));
    List<String> names = IntStream.range(0, 40).mapToObj(i -> "b" + i).toList();
    for (String name : names) {
      slow.stored.put(name, slow.grant(name));
      all.forEach(process -> process.ask(name));
    }
    slow.work();
    slow.slowness = Duration.ofSeconds(3);
    slow.interleaves = true;
    Random random = new Random(seed);
    for (String name : names) {
      slow.refuse(slow.stored.get(name));
      all.forEach(process -> process.ask(name));
      Process one = all.get(random.nextInt(3));
      if (random.nextInt(4) == 0 && !one.isDead) { // A process is replaced at once.
        one.diesAt = points().get(random.nextInt(points().size()));
        if (SharedTokenWorld.LOSING.contains(one.diesAt)) {
          one.diesAt = "before request";
        }
        while (!one.isDead && one.work()) {}
        one.isDead = true;
        all.set(all.indexOf(one), slow.start());
      }
      slow.pass(Duration.ofSeconds(random.nextInt(5)));
    }
    slow.pass(MINUTE.multipliedBy(5));

    for (String name : names) {
      Set<String> told = new HashSet<>();
      for (Process process : all) {
        told.add(validToken(slow, process, name));
      }
      assertThat(told).singleElement().satisfies(token -> assertThat(slow.isValid(token)).isTrue());
    }
    assertThat(slow.sentAgain).isEmpty();
    assertThat(slow.renewed).hasSize(40).allSatisfy((name, count) -> assertThat(count).isOne());
  }

  /** Returns what a process uses once the platform has refused what it may have had before. */
  private static String validToken(SharedTokenWorld world, Process process, String broadcaster) {
    Asked asked = process.ask(broadcaster);
    world.work();
    if (!world.isValid(asked.token)) {
      process.of(broadcaster).invalidate(AccessToken.of(String.valueOf(asked.token)));
      asked = process.ask(broadcaster);
      world.work();
    }
    return String.valueOf(asked.token);
  }

  @Test
  void whoAsksWhileAnotherProcessRenewsWaitsAndIsAnsweredWithItsPair() {
    List<Process> all = threeThatHold("alice");
    List<Asked> asked = new ArrayList<>();
    all.get(0)
        .at
        .put(
            "before request",
            () -> {
              asked.add(all.get(1).ask("alice"));
              all.get(1).work();
              world.time.advance(Duration.ofSeconds(20));
              all.get(1).work();
              assertThat(asked.get(0).hasHeard()).isFalse();
            });
    world.refuse(world.stored.get("alice"));
    all.get(0).work();
    world.pass(Duration.ofSeconds(2));

    assertThat(asked.get(0).token).isEqualTo(world.stored.get("alice").getAccessToken());
    assertThat(all.get(1).log).isEmpty();
  }

  @Test
  void aPairThatIsDueIsAnsweredAfterAWhileIfTheProcessThatRenewsItHangs() {
    OAuthToken due = world.grant("alice");
    world.stored.put("alice", due);
    world.time.advance(Duration.ofDays(26));
    Process first = world.start();
    Process second = world.start();
    first.diesAt = "before request";
    first.ask("alice");
    first.work();

    Asked asked = second.ask("alice");
    world.pass(Duration.ofSeconds(4));
    assertThat(asked.hasHeard()).isFalse();
    world.pass(Duration.ofSeconds(3));
    assertThat(asked.token).isEqualTo(due.getAccessToken());
    world.pass(MINUTE);
    assertThat(world.renewed.get("alice")).isEqualTo(1);
  }

  @Test
  void whoWaitsForAnotherProcessHearsWhenTheirClientCloses() {
    List<Process> all = threeThatHold("alice");
    all.get(0).diesAt = "before request";
    world.refuse(world.stored.get("alice"));
    all.get(0).work();
    Asked asked = all.get(1).ask("alice");
    world.pass(Duration.ofSeconds(3));

    all.get(1).of("alice").close();

    assertThat(asked.error).hasMessageContaining("the client is closed");
  }

  @Test
  void aStoreThatIsDownSpendsNoRefreshToken() {
    List<Process> all = threeThatHold("alice");
    world.storeIsDown = true;
    world.refuse(world.stored.get("alice"));
    world.pass(MINUTE.multipliedBy(5));
    assertThat(world.renewed).isEmpty();
    assertThat(all.get(0).log).contains("store failed").doesNotContain("refresh began");

    world.storeIsDown = false;
    Asked asked = all.get(0).ask("alice");
    world.pass(MINUTE.multipliedBy(2));

    assertThat(world.isValid(all.get(0).ask("alice").token)).isTrue();
    assertThat(asked.error.getMessage()).startsWith("the token store did not lease the pair");
    assertThat(world.renewed.get("alice")).isEqualTo(1);
  }

  @Test
  void aPairThatCannotBeSavedKeepsItsLeaseUntilItIs() {
    List<Process> all = threeThatHold("alice");
    all.get(0).at.put("before save", () -> world.storeIsDown = true);
    world.refuse(world.stored.get("alice"));
    all.get(0).work();
    world.pass(Duration.ofSeconds(50));
    world.storeIsDown = false;
    world.pass(MINUTE.multipliedBy(3));

    assertThat(all).allSatisfy(each -> assertThat(world.isValid(token(each))).isTrue());
    assertThat(world.renewed.get("alice")).isEqualTo(1);
    assertThat(world.sentAgain).isEmpty();
  }

  @Test
  void aProcessThatSleptLongerThanItsLeaseStillSavesItsPairWhichTheOthersFind() {
    List<Process> all = threeThatHold("alice");
    List<Asked> asked = new ArrayList<>();
    all.get(0)
        .at
        .put(
            "after answer",
            () -> {
              world.time.sleep(MINUTE.multipliedBy(2));
              asked.add(all.get(1).ask("alice"));
              all.get(1).work();
            });
    world.refuse(world.stored.get("alice"));
    all.get(0).work();

    assertThat(asked.get(0).error).isInstanceOf(AuthorisationRequiredException.class);
    world.pass(MINUTE.multipliedBy(2));
    assertThat(world.isValid(token(all.get(1)))).isTrue();
    assertThat(world.renewed.get("alice")).isEqualTo(1);
  }

  @Test
  void aProcessFindsThePairThatABroadcasterAuthorisedInAnotherOne() {
    List<Process> all = threeThatHold("alice");
    world.end(world.stored.get("alice"));
    world.pass(MINUTE);
    assertThat(all.get(0).ask("alice").error).isInstanceOf(AuthorisationRequiredException.class);

    all.get(1).of("alice").take(world.grant("alice"));
    world.pass(MINUTE);

    assertThat(world.isValid(token(all.get(0)))).isTrue();
    assertThat(all.get(0).log).containsOnlyOnce("authorisation required");
  }

  // Refused saves

  @Test
  void aNewPairIsNotStoredOverOneThatTheBroadcasterAuthorisedMeanwhileAndIsToldOnce() {
    List<Process> all = threeThatHold("alice");
    OAuthToken authorised = world.grant("alice");
    all.get(0).at.put("before save", () -> world.stored.put("alice", authorised));
    world.refuse(world.stored.get("alice"));
    world.pass(MINUTE);

    assertThat(token(all.get(0))).isEqualTo(authorised.getAccessToken());
    assertThat(world.stored.get("alice")).isEqualTo(authorised);
    assertThat(all.get(0).log).containsExactly("refresh began", "save refused");
    assertThat(warnings())
        .singleElement()
        .isEqualTo(
            "the token store refused the new pair of broadcaster 'alice': another was saved while"
                + " theirs was being renewed; that one is used, and the new pair is kept in memory"
                + " in case the platform refuses to renew it");
    assertThat(world.isLeased("alice")).isFalse();
  }

  @Test
  void aRefusedPairTakesThePlaceOfTheStoredOneWhenThePlatformRefusesToRenewThat() {
    List<Process> all = threeThatHold("alice");
    OAuthToken authorised = world.grant("alice");
    all.get(0).at.put("before save", () -> world.stored.put("alice", authorised));
    world.refuse(world.stored.get("alice"));
    world.pass(MINUTE);
    world.processes.removeAll(all.subList(1, 3)); // They have no other pair.

    world.end(authorised);
    world.pass(MINUTE);

    assertThat(world.isValid(token(all.get(0)))).isTrue();
    assertThat(world.stored.get("alice").getAccessToken()).isEqualTo(token(all.get(0)));
    assertThat(all.get(0).log).doesNotContain("authorisation required").endsWith("stored");
  }

  @Test
  void soDoesAPairThatCameWhenTheUserHadJustGivenAnother() {
    List<Process> all = threeThatHold("alice");
    OAuthToken authorised = world.grant("alice");
    all.get(0).at.put("after answer", () -> all.get(0).of("alice").take(authorised));
    world.refuse(world.stored.get("alice"));
    all.get(0).work();
    world.processes.removeAll(all.subList(1, 3));
    assertThat(token(all.get(0))).isEqualTo(authorised.getAccessToken());

    world.end(authorised);
    world.pass(MINUTE);

    assertThat(world.isValid(token(all.get(0)))).isTrue();
    assertThat(world.stored.get("alice").getAccessToken()).isEqualTo(token(all.get(0)));
  }

  @Test
  void aBroadcasterWhoIsForgottenInOneProcessIsNotBroughtBackByTheRefreshOfAnother() {
    List<Process> all = threeThatHold("alice");
    all.get(0)
        .at
        .put(
            "after answer",
            () -> {
              all.get(1).of("alice").forget();
              all.get(1).work();
            });
    world.refuse(world.stored.get("alice"));
    all.get(0).work();
    world.pass(MINUTE);

    assertThat(world.stored).isEmpty();
    assertThat(world.isLeased("alice")).isFalse();
    assertThat(all.get(0).log).contains("save refused", "authorisation required");
    assertThat(all.get(0).of("alice").getToken()).isNull();
    assertThat(warnings().get(0))
        .isEqualTo(
            "the token store refused the new pair of broadcaster 'alice': theirs was removed while"
                + " it was being renewed; the new pair is not stored, but kept in memory in case"
                + " the one before comes back");
  }

  @Test
  void aPairThatAStoreRefusesWhileItHasLostAllIsUsedOnceTheStoreIsBack() {
    List<Process> all = threeThatHold("alice");
    OAuthToken before = world.stored.get("alice");
    all.get(0).at.put("after answer", () -> world.stored.remove("alice"));
    world.refuse(before);
    all.get(0).work();
    world.stored.put("alice", before); // Its file system is mounted again.
    world.pass(MINUTE);
    token(all.get(0)); // Loads it.
    world.refuse(before);
    world.pass(MINUTE.multipliedBy(3));

    assertThat(world.isValid(token(all.get(0)))).isTrue();
    assertThat(world.stored.get("alice").getAccessToken()).isEqualTo(token(all.get(0)));
  }

  @Test
  void aBroadcasterWhoIsForgottenDuringTheirOwnRefreshLeavesNeitherPairNorLease() {
    List<Process> all = threeThatHold("alice");
    all.get(0).at.put("after answer", () -> all.get(0).of("alice").forget());
    world.refuse(world.stored.get("alice"));
    all.get(0).work();
    world.pass(MINUTE);

    assertThat(world.stored).isEmpty();
    assertThat(world.isLeased("alice")).isFalse();
  }

  @Test
  void aPlatformThatRefusesEachNewTokenIsNotStormedByProcessesThatTakeTurns() {
    List<Process> all = threeThatHold("alice");
    for (int second = 0; second < 600; second++) {
      world.refuse(world.stored.get("alice"));
      all.forEach(each -> each.ask("alice"));
      world.pass(Duration.ofSeconds(1));
    }
    assertThat(world.renewed.get("alice")).isBetween(5, 60);
  }

  @Test
  void noSecretIsLogged() {
    aRefusedPairTakesThePlaceOfTheStoredOneWhenThePlatformRefusesToRenewThat();
    world.storeIsDown = true;
    world.refuse(world.stored.get("alice"));
    world.pass(MINUTE);

    assertThat(warnings()).hasSizeGreaterThan(1).noneMatch(text -> text.contains("hush"));
    log.records()
        .forEach(
            each -> {
              if (each.getThrown() != null) {
                Leaks.assertHidesSecrets(each.getThrown());
              }
            });
    Leaks.assertHidesSecrets(world.processes.get(0).ask("alice").error);
  }

  @Test
  void aPairSurvivesAStoreThatIsRestoredFromABackup() {
    List<Process> all = threeThatHold("alice");
    OAuthToken before = world.stored.get("alice");
    world.pass(Duration.ofSeconds(2));
    world.refuse(before);
    world.pass(MINUTE);
    OAuthToken newest = world.stored.get("alice");
    world.stored.put("alice", before);
    for (OAuthToken refused : List.of(newest, before, newest)) {
      world.refuse(refused);
      world.pass(MINUTE.multipliedBy(3));
    }

    assertThat(world.isValid(token(all.get(0)))).isTrue();
    assertThat(world.stored.get("alice").getAccessToken()).isEqualTo(token(all.get(0)));
  }

  private List<Process> threeThatHold(String broadcaster) {
    List<Process> all = List.of(world.start(), world.start(), world.start());
    world.stored.put(broadcaster, world.grant(broadcaster));
    all.forEach(process -> process.ask(broadcaster));
    world.work();
    all.forEach(process -> process.log.clear());
    return all;
  }

  private String token(Process process) {
    Asked asked = process.ask("alice");
    world.work();
    return asked.token;
  }

  private List<String> warnings() {
    return log.messages(Level.WARNING);
  }
}
