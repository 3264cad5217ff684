package io.github.bililive.internal.heartbeat;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.HeartbeatPolicy;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pauses with the default policy, at both ends of what is drawn. */
class RetryPauseTest {
  private static final long OVER = -1;

  private static RetryPause drawing(double value) {
    return new RetryPause(
        new PolicyTimes(HeartbeatPolicy.DEFAULT),
        new Random() {
          @Override
          public double nextDouble() {
            return value;
          }
        });
  }

  private static void assertFull(long fullMillis, long lowest, long highest) {
    assertThat(lowest).isEqualTo(MILLISECONDS.toNanos(fullMillis) / 2);
    assertThat(highest).isCloseTo(MILLISECONDS.toNanos(fullMillis), within(1_000));
  }

  private static org.assertj.core.data.Offset<Long> within(long nanos) {
    return org.assertj.core.data.Offset.offset(nanos);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10000, 250", "2, 10000, 500", "3, 10000, 500", "60, 10000, 500", // doubles to a limit
    "1, 400, 100", "3, 1000, 250", "9, 40, 20", "9, 1, 20" // a quarter of what is left
  })
  void aFailureThatMayPassIsFollowedByAShortPause(
      int failures, long remainingMillis, long fullMillis) {
    long remaining = MILLISECONDS.toNanos(remainingMillis);

    assertFull(
        fullMillis,
        drawing(0).afterFailure(failures, 0, remaining),
        drawing(0.999999999).afterFailure(failures, 0, remaining));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 250",
    "2, 0, 500",
    "3, 0, 1000",
    "5, 0, 4000",
    "100, 0, 4000", // at once
    "100, 3000, 1000",
    "100, 3900, 500",
    "100, 9000, 500" // after it hung
  })
  void whenNothingCanBeSavedAttemptsBeginAFifthOfTheIntervalApartAtMost(
      int failures, long tookMillis, long fullMillis) {
    long took = MILLISECONDS.toNanos(tookMillis);

    assertFull(
        fullMillis,
        drawing(0).afterFailure(failures, took, OVER),
        drawing(0.999999999).afterFailure(failures, took, OVER));
  }

  @Test
  void aRateLimitIsObeyedAsFarAsTheIdsLivesLet() {
    long left = SECONDS.toNanos(10);

    assertFull(4_000, drawing(0).afterRateLimit(left), drawing(0.999999999).afterRateLimit(left));
    assertFull(1_000, drawing(0).afterRateLimit(1), drawing(0.999999999).afterRateLimit(1));
    assertFull(20_000, drawing(0).afterRateLimit(OVER), drawing(0.999999999).afterRateLimit(OVER));
  }

  @Test
  void aRefusalIsRetriedAtThePaceOfTheDeadline() {
    long left = SECONDS.toNanos(9);

    assertFull(3_000, drawing(0).afterRefusal(left), drawing(0.999999999).afterRefusal(left));
    assertFull(1_000, drawing(0).afterRefusal(1), drawing(0.999999999).afterRefusal(1));
    assertFull(20_000, drawing(0).afterRefusal(OVER), drawing(0.999999999).afterRefusal(OVER));
  }
}
