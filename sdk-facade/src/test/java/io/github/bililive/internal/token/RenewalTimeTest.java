package io.github.bililive.internal.token;

import static io.github.bililive.internal.token.FakeTokenWorld.NOW_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.AccessToken;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.internal.token.FakeTokenWorld.Asked;
import io.github.bililive.token.OAuthToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a pair is renewed, by clocks that may be wrong, in virtual time. */
class RenewalTimeTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MONTH = Duration.ofDays(30);

  private final FakeTokenWorld world = new FakeTokenWorld();

  // The last third of its life

  @Test
  void aPairIsRenewedInTheLastThirdOfItsLifeWhileItGoesOnBeingAnswered() {
    world.lifetime = MONTH;
    hold(world.token(1));

    world.advance(Duration.ofDays(20), HOUR);
    assertThat(world.renewals).isZero();
    for (int hours = 0; hours < 5 * 24; hours++) {
      world.time.advance(HOUR);
      assertThat(world.ask().token).isNotNull();
      world.runWork();
    }

    assertThat(world.renewals).isEqualTo(1);
    assertThat(world.ask().token).isEqualTo("hush-access-101");
  }

  @Test
  void aFleetIsSpreadEvenlyOverSeveralDays() {
    List<Long> days = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      OAuthToken token = OAuthToken.of("a", "r", now() + MONTH.toSeconds(), List.of(), now());
      long millis = new TokenLifetime(token, world.dependencies).millisToRenewal();
      days.add(Duration.ofMillis(millis).toDays());
    }

    assertThat(days).allMatch(day -> day >= 20 && day < 25);
    for (long day = 20; day < 25; day++) {
      long each = day;
      assertThat(days.stream().filter(drawn -> drawn == each)).hasSizeBetween(150, 250);
    }
  }

  @Test
  void aWholeDayOfFailuresLosesNobody() {
    world.lifetime = MONTH;
    hold(world.token(1));
    for (int i = 0; i < 3_000; i++) {
      world.scripts.add(present -> fail());
    }

    world.advance(MONTH, Duration.ofMinutes(1));

    assertThat(world.log).doesNotContain("authorisation required");
    assertThat(world.renewals).isGreaterThan(1_000);
    assertThat(world.stored.get("alice").getRefreshToken()).isNotEqualTo("hush-refresh-1");
  }

  @Test
  void aPairWithoutTheTimeOfItsGrantIsTakenForOneOfThirtyDaysThatEndsAtItsExpiry() {
    world.lifetime = MONTH;
    hold(OAuthToken.of("a", "r", now() + Duration.ofDays(12).toSeconds(), List.of()));
    assertThat(world.renewals).isZero();
    world.advance(Duration.ofDays(2), HOUR);
    assertThat(world.renewals).isZero();
    world.advance(Duration.ofDays(5), HOUR);
    assertThat(world.renewals).isEqualTo(1);
  }

  @Test
  void aPairThatIsHandedInWithoutThatTimeCountsAsGrantedJustNow() {
    long expiresAt = now() + HOUR.toSeconds();
    world.refresher.take(OAuthToken.of("a", "r", expiresAt, List.of()));
    world.runWork();

    assertThat(world.renewals).isZero();
    assertThat(world.stored.get("alice").getGrantedAtSeconds()).isEqualTo(now());
    world.advance(Duration.ofMinutes(39), Duration.ofMinutes(1));
    assertThat(world.renewals).isZero();
    world.advance(Duration.ofMinutes(12), Duration.ofMinutes(1));
    assertThat(world.renewals).isEqualTo(1);
  }

  @Test
  void aPairWithoutAKnownExpiryIsTakenForOneOfThirtyDays() {
    world.lifetime = MONTH;
    hold(OAuthToken.of("a", "r", 0, List.of(), now()));
    world.advance(Duration.ofDays(20), HOUR);
    assertThat(world.renewals).isZero();
    world.advance(Duration.ofDays(5), HOUR);
    assertThat(world.renewals).isEqualTo(1);
  }

  @Test
  void aHeldPairIsRenewedForMonthsWithoutAnyoneAsking() {
    world.lifetime = MONTH;
    hold(world.token(1));

    world.advance(Duration.ofDays(365), HOUR);

    assertThat(world.renewals).isBetween(14, 18);
    assertThat(world.stored.get("alice")).isEqualTo(world.refresher.getToken());
    assertThat(world.time.pending()).isEqualTo(1);
  }

  // A program that was off

  @Test
  void aPairThatIsDueWhenTheProgramStartsIsRenewedBeforeItsFirstUse() {
    world.stored.put("alice", pair(Duration.ofDays(-26), Duration.ofDays(4)));

    assertThat(world.askAndWork().token).isEqualTo("hush-access-101");
    assertThat(world.stored.get("alice").getGrantedAtSeconds()).isEqualTo(now());
  }

  @Test
  void ifThatFailsForTheMomentTheOldTokenIsUsedAndTheRefreshTriedAgain() {
    world.stored.put("alice", pair(Duration.ofDays(-26), Duration.ofDays(4)));
    world.scripts.add(present -> fail());

    assertThat(world.askAndWork().token).isEqualTo("a");
    assertThat(world.ask().token).isEqualTo("a");
    world.advance(Duration.ofSeconds(10), Duration.ofSeconds(1));
    assertThat(world.ask().token).isEqualTo("hush-access-102");
  }

  @Test
  void ifThatHangsTheOldTokenIsUsedAfterAThirdOfTheTimeThatACallMayTake() {
    Duration third = Duration.ofMillis(world.dependencies.timeoutMillis).dividedBy(3);
    world.stored.put("alice", pair(Duration.ofDays(-26), Duration.ofDays(4)));
    Asked asked = world.ask();
    world.scripts.add(
        present -> {
          world.time.advance(third.minusNanos(1));
          assertThat(asked.hasHeard()).isFalse();
          world.time.advance(Duration.ofNanos(1));
          assertThat(asked.token).isEqualTo("a");
          assertThat(world.ask().token).isEqualTo("a");
          return world.grant();
        });
    world.runWork();

    assertThat(world.renewals).isEqualTo(1);
    assertThat(world.ask().token).isEqualTo("hush-access-101");
  }

  @Test
  void aRefusedTokenIsNotUsedHoweverLongItsRenewalHangs() {
    hold(world.token(1));
    world.refresher.invalidate(AccessToken.of("hush-access-1"));
    Asked asked = world.ask();
    world.scripts.add(
        present -> {
          world.time.advance(Duration.ofMinutes(10));
          assertThat(asked.hasHeard()).isFalse();
          return world.grant();
        });
    world.runWork();

    assertThat(asked.token).isEqualTo("hush-access-101");
  }

  @Test
  void butNotIfThePlatformHasRefusedIt() {
    world.stored.put("alice", pair(Duration.ofDays(-26), Duration.ofDays(4)));
    world.scripts.add(present -> fail());
    world.askAndWork();
    world.refresher.invalidate(AccessToken.of("a"));

    assertThat(world.askAndWork().token).isNull();
    world.advance(Duration.ofSeconds(10), Duration.ofSeconds(1));
    assertThat(world.ask().token).isEqualTo("hush-access-102");
  }

  @Test
  void aPairThatLooksExpiredIsOfferedForRefreshAndThePlatformDecides() {
    world.stored.put("alice", pair(Duration.ofDays(-50), Duration.ofDays(-20)));
    assertThat(world.askAndWork().token).isEqualTo("hush-access-101");

    FakeTokenWorld another = new FakeTokenWorld();
    another.stored.put("alice", pair(Duration.ofDays(-50), Duration.ofDays(-20)));
    another.scripts.add(
        present -> {
          throw new PlatformException("refreshToken", 122_007, "", null);
        });
    assertThat(another.askAndWork().error).isInstanceOf(AuthorisationRequiredException.class);
  }

  @Test
  void aPairThatExpiredWhileTheMachineSleptIsFirstRenewed() {
    hold(world.token(1));
    world.wallOffset = Duration.ofHours(3); // The monotonic clock stood still.

    Asked asked = world.ask();
    assertThat(asked.hasHeard()).isFalse();
    world.runWork();
    assertThat(asked.token).isEqualTo("hush-access-101");
  }

  // Clocks that are wrong

  @ParameterizedTest
  @ValueSource(longs = {-40 * 365, -366, -29, -1, 1, 20, 29, 366, 40 * 365})
  void aClockThatIsOffByAnyTimeLosesNobodyAndLeadsToNoStorm(long days) {
    world.wallOffset = Duration.ofDays(days);
    world.lifetime = MONTH;
    world.refresher.take(world.token(1));
    world.runWork();
    OAuthToken before = world.refresher.getToken();

    for (int hour = 0; hour < 120 * 24; hour++) {
      Asked asked = world.askAndWork();
      assertThat(asked.token).isNotNull();
      assertThat(world.refresher.getToken().getExpiresAtSeconds())
          .isGreaterThan(world.platformMillis() / 1000);
      world.time.advance(HOUR);
    }

    assertThat(world.refresher.getToken()).isNotEqualTo(before);
    // Ahead by nearly a life, a life looks short: some days lost, and no more.
    assertThat(world.renewals).isBetween(4, days == 29 ? 180 : days == 20 ? 18 : 6);
  }

  @ParameterizedTest
  @ValueSource(longs = {-40 * 365, -366, 366, 40 * 365})
  void aClockThatJumpsByYearsCostsOneRefreshAtMost(long days) {
    world.lifetime = MONTH;
    hold(world.token(1));
    world.wallOffset = Duration.ofDays(days);

    for (int minute = 0; minute < 100; minute++) {
      assertThat(world.askAndWork().token).isNotNull();
      world.time.advance(Duration.ofMinutes(1));
    }

    assertThat(world.renewals).isEqualTo(days > 0 ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {-366, 366})
  void aProgramThatIsStartedEachDayOnSuchAClockRefreshesOnceAndThenInTime(long days) {
    world.lifetime = MONTH;
    OAuthToken stored = world.token(1); // Before the clock went wrong.
    world.wallOffset = Duration.ofDays(days);
    for (int day = 0; day < 60; day++) {
      FakeTokenWorld restarted = new FakeTokenWorld();
      restarted.lifetime = MONTH;
      restarted.wallOffset = world.wallOffset.plusDays(day);
      restarted.platformAhead = Duration.ofDays(day);
      restarted.stored.put("alice", stored);
      assertThat(restarted.askAndWork().token).isNotNull();
      stored = restarted.stored.get("alice");
      world.renewals += restarted.renewals;
      assertThat(stored.getExpiresAtSeconds()).isGreaterThan(restarted.platformMillis() / 1000);
    }

    assertThat(world.renewals).isBetween(3, 4);
  }

  private void hold(OAuthToken token) {
    world.stored.put("alice", token);
    assertThat(world.askAndWork().token).isEqualTo(token.getAccessToken());
  }

  private long now() {
    return world.wallMillis() / 1000;
  }

  private static OAuthToken pair(Duration granted, Duration expires) {
    return OAuthToken.of(
        "a", "r", NOW_SECONDS + expires.toSeconds(), List.of(), NOW_SECONDS + granted.toSeconds());
  }

  private static OAuthToken fail() {
    throw new NetworkException("refreshToken", "platform.test", new IOException("reset"));
  }
}
