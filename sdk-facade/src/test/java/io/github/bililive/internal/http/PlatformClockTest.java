package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.internal.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform's time as learned from answers, in virtual time. */
class PlatformClockTest {
  private static final long NOW = 1_760_000_000_250L;
  private static final Duration QUICK = Duration.ofMillis(20);

  private final VirtualTime time = new VirtualTime();
  private final List<Long> corrections = new ArrayList<>();

  /** What each clock says beyond the time that has passed. */
  private long wallMillis = NOW;

  private long platformMillis = NOW;

  private final PlatformClock clock = new PlatformClock(time, this::wall, corrections::add);

  @Test
  void beforeAnyAnswerTheTimeIsTheWallClocks() {
    assertThat(clock.currentTimeMillis()).isEqualTo(NOW);
    assertThat(clock.offsetMillis()).isNull();
  }

  @Test
  void aWallClockBefore1970IsTakenFor1970() {
    wallMillis = -5;

    assertThat(clock.currentTimeMillis()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {-300_000, -5_000, 5_000, 300_000})
  void anAnswerCorrectsTheTimeToWithinItsRoundTripAndASecond(long offset) {
    platformMillis += offset;

    clock.learn(exchange(QUICK, QUICK));

    assertThat(errorMillis()).isLessThanOrEqualTo(520);
    assertThat(corrections).hasSize(1);
    assertThat(corrections.get(0)).isBetween(offset - 520, offset + 520);
    assertThat(clock.offsetMillis()).isEqualTo(corrections.get(0));
  }

  @Test
  void aClockThatIsRightIsNotSaidToBeCorrected() {
    for (int i = 0; i < 50; i++) {
      clock.learn(exchange(QUICK, QUICK));
      time.advance(Duration.ofMillis(20_137));
    }

    assertThat(corrections).isEmpty();
  }

  @Test
  void manyAnswersNarrowTheTimeToFarLessThanASecond() {
    platformMillis += 42_000;
    for (int i = 0; i < 40; i++) {
      clock.learn(exchange(QUICK, QUICK));
      time.advance(Duration.ofMillis(1_037));
    }

    assertThat(errorMillis()).isLessThan(100);
  }

  @ParameterizedTest
  @ValueSource(longs = {-100L * 365 * 86_400_000, -3_600_000, 3_600_000, 100L * 365 * 86_400_000})
  void onceTheTimeIsKnownAWallClockThatJumpsChangesNothing(long jump) {
    clock.learn(exchange(QUICK, QUICK));

    wallMillis += jump;
    time.advance(Duration.ofHours(5));

    assertThat(errorMillis()).isLessThanOrEqualTo(520);
  }

  @Test
  void aLoneWildAnswerDoesNotMoveTheTime() {
    clock.learn(exchange(QUICK, QUICK));

    clock.learn(stamped(platform() + 500_000));
    assertThat(errorMillis()).isLessThanOrEqualTo(520);
    clock.learn(exchange(QUICK, QUICK));
    clock.learn(stamped(platform() - 500_000));
    clock.learn(stamped(platform() + 500_000));
    clock.learn(stamped(platform() - 500_000));

    assertThat(errorMillis()).isLessThanOrEqualTo(520);
    assertThat(corrections).isEmpty();
  }

  @Test
  void aClockOfThePlatformsThatJumpsALittleIsFollowedAfterThreeAnswers() {
    clock.learn(exchange(QUICK, QUICK));
    platformMillis += 120_000;

    clock.learn(exchange(QUICK, QUICK));
    clock.learn(exchange(QUICK, QUICK));
    assertThat(errorMillis()).isGreaterThan(119_000);
    clock.learn(exchange(QUICK, QUICK));

    assertThat(errorMillis()).isLessThanOrEqualTo(520);
    assertThat(corrections).hasSize(1);
  }

  @Test
  void anAnswerWhoseTimeThePlatformCouldNotHaveAcceptedIsSomeoneElses() {
    for (int i = 0; i < 10; i++) {
      clock.learn(stamped(platform() + 3_600_000));
    }

    assertThat(clock.offsetMillis()).isNull();
    assertThat(errorMillis()).isZero();
  }

  @Test
  void anAnswerThatTookLongTellsNothing() {
    clock.learn(exchange(Duration.ofSeconds(9), Duration.ofSeconds(2)));

    assertThat(clock.offsetMillis()).isNull();
  }

  @Test
  void slowAnswersDoNotSpoilWhatQuickOnesHaveTold() {
    for (int i = 0; i < 20; i++) {
      clock.learn(exchange(QUICK, QUICK));
      time.advance(Duration.ofMillis(1_037));
    }
    long before = errorMillis();

    clock.learn(exchange(Duration.ofSeconds(8), QUICK));
    clock.learn(exchange(QUICK, Duration.ofSeconds(8)));

    assertThat(errorMillis()).isLessThanOrEqualTo(before + 50);
  }

  @ParameterizedTest
  @ValueSource(longs = {-36_000_000, 36_000_000, -50L * 365 * 86_400_000, 660_000})
  void aRefusedTimeIsCorrectedFromThatVeryAnswer(long offset) {
    platformMillis += offset;

    assertThat(clock.correct(exchange(QUICK, QUICK))).isTrue();

    assertThat(errorMillis()).isLessThanOrEqualTo(520);
    assertThat(corrections).hasSize(1);
  }

  @Test
  void aPlatformThatJumpsAgainAndAgainCostsOneRefusalEachTime() {
    for (long jump : new long[] {36_000_000, -72_000_000, 864_000_000, -1}) {
      platformMillis += jump;
      if (errorMillis() > 600_000) {
        assertThat(clock.correct(exchange(QUICK, QUICK))).isTrue();
      }
      assertThat(errorMillis()).isLessThanOrEqualTo(530);
    }
  }

  @Test
  void aRefusalWithoutADateCorrectsNothing() {
    assertThat(clock.correct(null)).isFalse();
    assertThat(errorMillis()).isZero();
  }

  @Test
  void aRefusalOfTheVeryTimeThatItTellsIsNotWorthAnotherAttempt() {
    assertThat(clock.correct(exchange(QUICK, QUICK))).isFalse();
  }

  @Test
  void aDateThatThePlatformRefusesIsAProxysAndTheWallClockHoldsAgain() {
    for (int i = 0; i < 3; i++) {
      clock.learn(stamped(wall() + 400_000));
      time.advance(Duration.ofSeconds(20));
    }
    assertThat(clock.currentTimeMillis() - wall()).isBetween(398_000L, 402_000L);

    assertThat(clock.correct(stamped(clock.currentTimeMillis()))).isTrue();

    assertThat(clock.currentTimeMillis()).isEqualTo(wall());
    clock.learn(stamped(wall() + 400_000));
    assertThat(clock.currentTimeMillis()).as("not believed again").isEqualTo(wall());
  }

  @Property(tries = 300)
  void whateverTheClocksDoARefusalLeavesTheTimeRight(
      @ForAll @LongRange(min = -4_000_000_000_000L, max = 4_000_000_000_000L) long wallJump,
      @ForAll @LongRange(min = -1_500_000_000_000L, max = 4_000_000_000_000L) long platformJump,
      @ForAll @IntRange(min = 0, max = 5_000) int out,
      @ForAll @IntRange(min = 0, max = 5_000) int back) {
    PlatformClockTest world = new PlatformClockTest();
    world.clock.learn(world.exchange(QUICK, QUICK));
    world.wallMillis += wallJump;
    world.platformMillis += platformJump;

    if (world.errorMillis() >= 600_000) {
      TimeSample refusal = world.exchange(Duration.ofMillis(out), Duration.ofMillis(back));
      assertThat(world.clock.correct(refusal)).isTrue();
    }

    assertThat(world.errorMillis()).isLessThan(600_000);
  }

  @Property(tries = 200)
  void anyMixtureOfQuickAndSlowAnswersKeepsTheTimeWithinASecondAndAHalf(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 4_000) Integer> latencies,
      @ForAll @LongRange(min = -500_000, max = 500_000) long offset) {
    PlatformClockTest world = new PlatformClockTest();
    world.platformMillis += offset;
    world.clock.learn(world.exchange(QUICK, QUICK));

    for (int latency : latencies) {
      Duration back = Duration.ofMillis(4_000 / latency);
      world.clock.learn(world.exchange(Duration.ofMillis(latency), back));
      world.time.advance(Duration.ofMillis(latency * 7L));
      assertThat(world.errorMillis()).isLessThan(1_500);
    }
  }

  private long elapsed() {
    return time.elapsed().toMillis();
  }

  private long wall() {
    return wallMillis + elapsed();
  }

  private long platform() {
    return platformMillis + elapsed();
  }

  private long errorMillis() {
    return Math.abs(clock.currentTimeMillis() - platform());
  }

  private TimeSample exchange(Duration out, Duration back) {
    long signedMillis = clock.currentTimeMillis();
    long sentAtNanos = time.nanoTime();
    time.advance(out);
    long date = Math.floorDiv(platform(), 1_000) * 1_000;
    time.advance(back);
    return new TimeSample(date, signedMillis, sentAtNanos, time.nanoTime());
  }

  /** An answer that is stamped by someone else. */
  private TimeSample stamped(long millis) {
    long date = Math.floorDiv(millis, 1_000) * 1_000;
    return new TimeSample(date, clock.currentTimeMillis(), time.nanoTime(), time.nanoTime());
  }
}
