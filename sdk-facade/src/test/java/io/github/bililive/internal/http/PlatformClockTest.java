package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.EventPoster;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bounds of what a refused request's answer teaches. */
class PlatformClockTest {
  private static final long NOW = 1_760_000_000_000L;

  private final List<Long> corrections = new ArrayList<>();
  private long wall = NOW;
  private final PlatformClock clock =
      new PlatformClock(
          () -> wall,
          new EventPoster<>(
              new RequestEvents() {
                @Override
                public void clockCorrected(long offsetMillis) {
                  corrections.add(offsetMillis);
                }
              },
              RequestEvents.NONE,
              Runnable::run));

  @Test
  void theYearsFrom2024To2099AreTaken() {
    assertThat(clock.correct(PlatformClock.EARLIEST_MILLIS, NOW)).isTrue();
    assertThat(clock.currentTimeMillis()).isEqualTo(PlatformClock.EARLIEST_MILLIS);
    assertThat(clock.correct(PlatformClock.LATEST_MILLIS - 1, NOW)).isTrue();
    assertThat(clock.currentTimeMillis()).isEqualTo(PlatformClock.LATEST_MILLIS - 1);
  }

  @Test
  void timesBeforeAndAfterAreNotAndLeaveNoOffset() {
    assertThat(clock.correct(PlatformClock.EARLIEST_MILLIS - 1, NOW)).isFalse();
    assertThat(clock.correct(PlatformClock.LATEST_MILLIS, NOW)).isFalse();
    assertThat(corrections).isEmpty();
    clock.correct(NOW + 60_000, NOW);
    assertThat(clock.correct(PlatformClock.LATEST_MILLIS, NOW)).isTrue();
    assertThat(clock.currentTimeMillis()).isEqualTo(NOW);
    assertThat(corrections).containsExactly(60_000L, 0L);
  }

  @Test
  void aDifferenceOfASecondIsThatOfADate() {
    assertThat(clock.correct(NOW + 1_000, NOW)).isFalse();
    assertThat(clock.correct(NOW - 1_000, NOW)).isFalse();
    assertThat(clock.correct(NOW, NOW)).isFalse();
    assertThat(corrections).containsExactly(-1_000L); // Two seconds less than before.
    assertThat(clock.correct(NOW + 1_001, NOW)).isTrue();
  }

  @Test
  void theSameOffsetIsToldOnce() {
    assertThat(clock.correct(NOW + 3_600_000, NOW)).isTrue();
    wall += 5_000;
    assertThat(clock.correct(NOW + 3_605_000, NOW + 3_605_000)).isFalse();
    wall += 5_000;
    clock.correct(NOW + 3_611_000, NOW);
    assertThat(corrections).containsExactly(3_600_000L);
    clock.correct(NOW + 3_612_001, NOW);
    assertThat(corrections).containsExactly(3_600_000L, 3_602_001L);
  }
}
