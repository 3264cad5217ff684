package io.github.bililive.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.AccessToken;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.internal.token.FakeTokenWorld.Asked;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A broadcaster who leaves, in virtual time. */
class ForgetTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeTokenWorld world = new FakeTokenWorld();

  @Test
  void aForgottenBroadcastersPairIsRemovedAndRenewedNoMore() {
    hold();

    world.refresher.forget();
    assertThat(world.refresher.getToken()).isNull();
    world.runWork();
    world.advance(Duration.ofDays(2), Duration.ofMinutes(10));

    assertThat(world.stored).isEmpty();
    assertThat(world.log).containsExactly("load", "remove", "forgotten");
    assertThat(world.time.pending()).isZero();
  }

  @Test
  void whoAsksAfterwardsHearsThatWithoutTheStoreBeingAsked() {
    hold();
    world.refresher.forget();

    Asked duringRemoval = world.ask();
    world.runWork();
    Asked later = world.askAndWork();

    assertThat(duringRemoval.error).isInstanceOf(AuthorisationRequiredException.class);
    assertThat(later.error)
        .hasMessage(
            "broadcaster 'alice' must authorise the app anew: the app has forgotten them; exchange"
                + " the new code and hand the pair to the provider");
    assertThat(world.log).doesNotContain("authorisation required").doesNotHaveDuplicates();
  }

  @Test
  void whoWaitsForATokenHearsAtOnceThatTheBroadcasterIsForgotten() {
    world.stored.put("alice", world.token(1));
    Asked asked = world.ask();

    world.refresher.forget();

    assertThat(asked.error).hasMessageContaining("the app has forgotten them");
  }

  @Test
  void aBroadcasterWhoseTokensWereNeverAskedForIsRemovedFromTheStore() {
    world.stored.put("alice", world.token(1));

    world.refresher.forget();
    world.runWork();

    assertThat(world.stored).isEmpty();
    assertThat(world.log).containsExactly("remove", "forgotten");
  }

  @Test
  void aStoreThatDoesNotRemoveIsAskedAgainUntilItDoes() {
    hold();
    for (int i = 0; i < 5; i++) {
      world.removeFailures.add(new IOException("no route"));
    }
    world.refresher.forget();
    world.runWork();
    assertThat(world.stored).isNotEmpty();
    assertThat(world.ask().error).hasMessageContaining("the app has forgotten them");

    world.advance(Duration.ofMinutes(5), SECOND);

    assertThat(world.stored).isEmpty();
    assertThat(world.log.stream().filter("store failed"::equals)).hasSize(5);
    assertThat(world.log).endsWith("remove", "forgotten");
    assertThat(world.time.pending()).isZero();
  }

  @Test
  void whatARefreshBringsForAForgottenBroadcasterIsNotStored() {
    hold();
    world.refresher.invalidate(AccessToken.of("hush-access-1"));
    world.scripts.add(
        present -> {
          world.refresher.forget();
          return world.grant();
        });

    assertThat(world.askAndWork().error).hasMessageContaining("the app has forgotten them");
    assertThat(world.stored).isEmpty();
    assertThat(world.log).noneMatch(line -> line.startsWith("save"));
  }

  @Test
  void aPairThatIsLoadedOrSavedMeanwhileDoesNotComeBack() {
    world.stored.put("alice", world.token(1));
    world.duringLoad = world.refresher::forget;
    world.askAndWork();
    assertThat(world.stored).isEmpty();
    assertThat(world.refresher.getToken()).isNull();

    world.duringLoad = () -> {};
    world.duringSave = world.refresher::forget;
    world.refresher.take(world.token(2));
    world.runWork();

    assertThat(world.stored).isEmpty();
    assertThat(world.refresher.getToken()).isNull();
  }

  @Test
  void aNewPairBringsAForgottenBroadcasterBack() {
    hold();
    world.refresher.forget();
    world.runWork();

    world.refresher.take(world.token(7));

    assertThat(world.askAndWork().token).isEqualTo("hush-access-7");
    assertThat(world.stored.get("alice").getRefreshToken()).isEqualTo("hush-refresh-7");
    world.advance(Duration.ofHours(3), Duration.ofMinutes(1));
    assertThat(world.renewals).isPositive();
  }

  @Test
  void aNewPairIsNotRemovedByARemovalThatWasStillToBeTriedAgain() {
    hold();
    world.removeFailures.add(new IOException("no route"));
    world.refresher.forget();
    world.runWork();

    world.refresher.take(world.token(7));
    world.advance(Duration.ofMinutes(2), SECOND);

    assertThat(world.stored.get("alice").getRefreshToken()).isEqualTo("hush-refresh-7");
    assertThat(world.log.stream().filter("remove"::equals)).hasSize(1);
  }

  @Test
  void aRemovalThatFailedIsTriedALastTimeWhenTheClientCloses() {
    hold();
    world.removeFailures.add(new IOException("no route"));
    world.refresher.forget();
    world.runWork();

    world.refresher.close();
    world.runWork();

    assertThat(world.stored).isEmpty();
    assertThat(world.time.pending()).isZero();
  }

  @Test
  void nobodyIsForgottenByAClosedClient() {
    world.refresher.close();

    assertThatThrownBy(world.refresher::forget)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the client is closed");
  }

  private void hold() {
    world.stored.put("alice", world.token(1));
    world.askAndWork();
  }
}
