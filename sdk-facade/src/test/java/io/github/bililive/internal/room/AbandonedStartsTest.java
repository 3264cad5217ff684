package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.TokenException;
import io.github.bililive.error.TokenStoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AbandonedStartsTest {
  private static final long TIME_TO_LIVE = Duration.ofSeconds(30).toNanos();

  /** Close to the point where long overflows, as nanoTime may be. */
  private static final long BEGIN = Long.MAX_VALUE - 10;

  private final AbandonedStarts abandoned = new AbandonedStarts(TIME_TO_LIVE);

  @Test
  void threeMayBeLeftBehindAndTheFourthStartWaitsUntilTheFirstHasDied() {
    for (long second = 0; second < 3; second++) {
      assertThat(abandoned.waitNanos(BEGIN + seconds(second))).isZero();
      abandoned.add(BEGIN + seconds(second));
    }

    assertThat(abandoned.waitNanos(BEGIN + seconds(2))).isEqualTo(seconds(28));
    assertThat(abandoned.waitNanos(BEGIN + seconds(30) - 1)).isEqualTo(1);
    assertThat(abandoned.waitNanos(BEGIN + seconds(30))).isZero();
    abandoned.add(BEGIN + seconds(30));
    assertThat(abandoned.waitNanos(BEGIN + seconds(30))).isEqualTo(seconds(1));
  }

  @Test
  void afterALongWhileAllAreDead() {
    for (int i = 0; i < 3; i++) {
      abandoned.add(BEGIN);
    }

    assertThat(abandoned.waitNanos(BEGIN + Duration.ofDays(100).toNanos())).isZero();
  }

  @Test
  void whateverTheTimesNoMoreThanThreeAreAliveAtOnce() {
    Random random = new Random(11);
    long[] left = new long[1_000];
    long now = BEGIN;
    for (int i = 0; i < left.length; i++) {
      now += (long) (random.nextDouble() * random.nextDouble() * 2 * TIME_TO_LIVE);
      now += abandoned.waitNanos(now);
      abandoned.add(now);
      left[i] = now;
      if (i >= 3) {
        assertThat(left[i] - left[i - 3]).isGreaterThanOrEqualTo(TIME_TO_LIVE);
      }
    }
  }

  static Stream<BiliLiveException> unknown() {
    return Stream.of(
        new NetworkException("start", "platform.test", new IOException("reset")),
        new InvalidResponseException("start", "it is a page", 502, "text/html", "<html>", null),
        new InvalidResponseException("start", "it breaks off", 200, "application/json", "{", null),
        new PlatformException("start", 5001, "", null),
        new PlatformException("start", 999_999, "", null));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void aStartOfUnknownFateCounts(BiliLiveException error) {
    failThreeTimes(error);

    assertThat(abandoned.waitNanos(BEGIN)).isEqualTo(TIME_TO_LIVE);
  }

  static Stream<BiliLiveException> known() {
    return Stream.of(
        new NetworkException("start", "platform.test", false, new IOException("refused")),
        new InvalidResponseException("start", "overloaded", 503, null, "", null),
        new PlatformException("start", 7010, "", null),
        new PlatformException("start", 4009, "", null),
        new TokenException("start", "the function failed", null, 1_000),
        new TokenStoreException("load", "alice", new IOException("disk"), 1_000));
  }

  @ParameterizedTest
  @MethodSource("known")
  void aStartThatWasCertainlyNotCarriedOutDoesNotCount(BiliLiveException error) {
    failThreeTimes(error);

    assertThat(abandoned.waitNanos(BEGIN)).isZero();
  }

  private void failThreeTimes(BiliLiveException error) {
    for (int i = 0; i < 3; i++) {
      abandoned.failed(error, BEGIN);
    }
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
