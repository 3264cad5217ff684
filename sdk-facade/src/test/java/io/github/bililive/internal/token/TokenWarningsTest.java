package io.github.bililive.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.AccessToken;
import io.github.bililive.Leaks;
import io.github.bililive.LoggedRecords;
import io.github.bililive.error.PlatformException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says when a token is given up, in virtual time. */
class TokenWarningsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeTokenWorld world = new FakeTokenWorld();
  private final LoggedRecords log = new LoggedRecords();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void aRefusalThatOnlyTheBroadcasterCanHealIsOneWarningThatNamesThemAndSaysWhy() {
    world.stored.put("alice", world.token(1));
    world.askAndWork();
    world.refresher.invalidate(AccessToken.of("hush-access-1"));
    world.scripts.add(
        present -> {
          throw new PlatformException("refreshToken", 122_007, "", "r9");
        });
    world.askAndWork();
    world.advance(Duration.ofHours(3), Duration.ofMinutes(1));
    world.askAndWork();

    assertThat(warnings()).hasSize(1);
    assertThat(warnings().get(0))
        .startsWith("broadcaster 'alice' must authorise the app anew: the platform did not renew")
        .contains("122007", "r9");
  }

  @Test
  void aStoreWithoutAPairIsOneWarningHoweverOftenItIsAsked() {
    for (int minute = 0; minute < 10; minute++) {
      world.askAndWork();
      world.time.advance(Duration.ofMinutes(2));
    }
    assertThat(warnings())
        .containsExactly(
            "broadcaster 'alice' must authorise the app anew: the token store holds no pair for"
                + " them; exchange the new code and hand the pair to the provider");
  }

  @Test
  void eachRowOfFailuresOfTheStoreIsOneWarning() {
    for (int row = 1; row <= 2; row++) {
      for (int i = 0; i < 5; i++) {
        world.saveFailures.add(new IOException("disk full of hush-access-" + row));
      }
      world.refresher.take(world.token(row));
      world.advance(Duration.ofMinutes(5), SECOND);
    }

    assertThat(world.log.stream().filter("store failed"::equals)).hasSize(10);
    assertThat(warnings()).hasSize(2);
    assertThat(warnings().get(0))
        .contains("the token store did not take the new pair of broadcaster 'alice'")
        .contains("java.io.IOException");
    assertThat(log.records()).allSatisfy(logged -> Leaks.assertHidesSecrets(logged.getThrown()));
  }

  @Test
  void aStoreThatDoesNotRemoveIsAWarningAndSoIsThePairThatStaysInIt() {
    world.stored.put("alice", world.token(1));
    world.removeFailures.add(new IOException("no route"));
    world.removeFailures.add(new IOException("no route"));
    world.refresher.forget();
    world.runWork();
    assertThat(warnings())
        .containsExactly(
            "the token store did not remove the pair of broadcaster 'alice', who was forgotten; it"
                + " is asked again: java.io.IOException: no route");

    world.refresher.close();
    world.runWork();

    assertThat(warnings().subList(1, warnings().size()))
        .containsExactly(
            "the pair of broadcaster 'alice' is still in the token store: the store had not removed"
                + " it when the client closed");
  }

  @Test
  void aStoreThatShowsTheTokenWhenItCannotRemoveItShowsItToNobody() {
    world.stored.put("alice", world.token(1));
    world.askAndWork();
    world.removeFailures.add(new IOException("DELETE hush-refresh-1"));
    world.refresher.forget();
    world.runWork();

    assertThat(warnings()).hasSize(1);
    assertThat(log.records()).allSatisfy(logged -> Leaks.assertHidesSecrets(logged.getThrown()));
  }

  @Test
  void aNewPairThatTheStoreDoesNotTakeBeforeTheClientClosesIsSaidToBeLost() {
    world.failSaves(2);
    world.refresher.take(world.token(1));
    world.runWork();

    world.refresher.close();
    world.runWork();
    world.askAndWork();

    assertThat(warnings()).hasSize(2);
    assertThat(warnings().get(1))
        .isEqualTo(
            "the new pair of broadcaster 'alice' is lost: the token store had not saved it when the"
                + " client closed, and the platform may have spent the one before; they may have to"
                + " authorise the app anew");
  }

  @Test
  void aPairThatASaveUnderWayBringsToTheStoreWhileTheClientClosesIsNotLost() {
    world.duringSave = world.refresher::close;
    world.refresher.take(world.token(1));
    world.runWork();

    assertThat(world.stored).isNotEmpty();
    assertThat(warnings()).isEmpty();
  }

  @Test
  void whatGoesWellAndWhoIsForgottenIsNoWarning() {
    world.stored.put("alice", world.token(1));
    world.askAndWork();
    world.advance(Duration.ofDays(1), Duration.ofMinutes(1));
    world.refresher.forget();
    world.runWork();
    world.refresher.close();
    world.runWork();

    assertThat(world.renewals).isPositive();
    assertThat(warnings()).isEmpty();
  }

  private List<String> warnings() {
    return log.messages(Level.WARNING);
  }
}
