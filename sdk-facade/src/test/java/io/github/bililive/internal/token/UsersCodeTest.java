package io.github.bililive.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.AccessToken;
import io.github.bililive.error.TokenException;
import io.github.bililive.error.TokenStoreException;
import io.github.bililive.internal.token.FakeTokenWorld.Asked;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Stores that misbehave, and threads that there are none of, in virtual time. */
class UsersCodeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeTokenWorld world = new FakeTokenWorld();

  @Test
  void anInterruptFlagThatAStoreLeavesDoesNotReachTheRefreshWhichWouldLoseThePair() {
    world.stored.put("alice", world.token(1));
    world.duringLoad = () -> Thread.currentThread().interrupt();
    world.duringSave = () -> Thread.currentThread().interrupt();
    AtomicBoolean flag = new AtomicBoolean();
    world.scripts.add(
        present -> {
          flag.set(Thread.currentThread().isInterrupted());
          return world.grant();
        });
    world.ask();
    world.refresher.invalidate(AccessToken.of("hush-access-1"));
    world.runWork();
    world.refresher.invalidate(AccessToken.of("hush-access-1"));
    world.runWork();

    assertThat(Thread.interrupted()).as("left by the last save, on our own thread").isTrue();
    assertThat(flag).isFalse();
    assertThat(world.ask().token).isEqualTo("hush-access-101");
  }

  @Test
  void aStoreThatThrowsAnErrorAtSaveIsOfferedThePairAgain() {
    world.stored.put("alice", world.token(1));
    world.askAndWork();
    world.refresher.invalidate(AccessToken.of("hush-access-1"));
    world.duringSave =
        () -> {
          throw new StackOverflowError("of hush-refresh-101");
        };
    assertThat(world.askAndWork().error).isInstanceOf(TokenStoreException.class);
    world.duringSave = () -> {};
    world.advance(Duration.ofSeconds(5), SECOND);

    assertThat(world.stored.get("alice").getRefreshToken()).isEqualTo("hush-refresh-101");
    assertThat(world.ask().token).isEqualTo("hush-access-101");
    assertThat(world.renewals).isEqualTo(1);
  }

  @Test
  void whereNoThreadCanBeStartedWhoAsksHearsSoAndTheNextAttemptWorks() {
    world.stored.put("alice", world.token(1));
    world.executorFailure = new OutOfMemoryError("unable to create native thread");

    Asked asked = world.ask();
    assertThat(asked.error).isInstanceOf(TokenException.class).hasMessageContaining("OutOfMemory");
    world.executorFailure = null;
    world.time.advance(SECOND);

    assertThat(world.askAndWork().token).isEqualTo("hush-access-1");
  }
}
