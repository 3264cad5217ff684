package io.github.bililive.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.Credentials;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.time.DeepSleep;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.VirtualTime;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * One broadcaster's tokens on a machine whose own clock stands still while it sleeps, and whose
 * wall clock is not to be trusted either.
 */
class DeepSleepTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final DeepSleep machine = new DeepSleep();
  private final VirtualTime awake = machine.awake;
  private final FakeTokenWorld world = new FakeTokenWorld();
  private final TokenRefresher refresher =
      new TokenRefresher(
          "alice",
          new RefresherDependencies(
              world,
              world,
              new Redaction(Credentials.of("app", "hush-secret")),
              new EventPoster<>(TokenEvents.NONE, TokenEvents.NONE, Runnable::run),
              machine.scheduler,
              world::wallMillis, // It stands still.
              Runnable::run,
              new Random(7),
              (provider, reason) -> {},
              (provider, isForgotten) -> {},
              1_000));

  @Test
  void aPairThatCameDueInItIsRenewedWithinAMinuteOfWakingWithoutBeingAsked() {
    hold(Duration.ofHours(2));
    awake.advance(Duration.ofMinutes(5));
    machine.sleep(Duration.ofMinutes(110));

    awake.advance(MINUTE);

    assertThat(world.renewals).isEqualTo(1);
    assertThat(world.log).endsWith("renew hush-refresh-1", "save hush-refresh-101");
  }

  @Test
  void aPairThatCameDueInItIsRenewedWithinASecondIfARoomIsHeld() {
    hold(Duration.ofHours(2));
    beatEachTwentySeconds();
    awake.advance(Duration.ofMinutes(5));
    machine.sleep(Duration.ofMinutes(110));

    awake.advance(Duration.ofSeconds(1));

    assertThat(world.renewals).isEqualTo(1);
  }

  @Test
  void whoAsksOnWakingIsNotToldATokenThatHasExpiredInIt() {
    hold(Duration.ofHours(2));
    machine.sleep(Duration.ofHours(3));

    FakeTokenWorld.Asked asked = new FakeTokenWorld.Asked();
    refresher.accessToken(asked);

    assertThat(asked.token).isEqualTo("hush-access-101");
  }

  @Test
  void aPauseAfterAFailureIsOverIfItWasSleptThrough() {
    world.failSaves(1);
    world.lifetime = Duration.ofHours(2);
    refresher.take(world.token(1));
    assertThat(world.stored).isEmpty();

    machine.sleep(MINUTE);
    awake.advance(Duration.ofSeconds(1));

    assertThat(world.stored).containsKey("alice");
  }

  private void hold(Duration lifetime) {
    world.lifetime = lifetime;
    refresher.take(world.token(1));
    assertThat(world.renewals).isZero();
  }

  private void beatEachTwentySeconds() {
    machine.scheduler.schedule(this::beatEachTwentySeconds, Duration.ofSeconds(20).toNanos());
  }
}
