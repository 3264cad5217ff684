package io.github.bililive.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackOffTest {
  @Test
  void theLimitDoublesUpToTheCap() {
    BackOff backOff = new BackOff(new Random(), 1_000, 30_000, 0);

    assertThat(backOff.limitNanos(0)).isEqualTo(1_000);
    assertThat(backOff.limitNanos(1)).isEqualTo(2_000);
    assertThat(backOff.limitNanos(4)).isEqualTo(16_000);
    assertThat(backOff.limitNanos(5)).isEqualTo(30_000);
    assertThat(backOff.limitNanos(Integer.MAX_VALUE)).isEqualTo(30_000);
  }

  @Test
  void aLimitThatWouldOverflowIsTheCap() {
    BackOff backOff = new BackOff(new Random(), Long.MAX_VALUE / 4, Long.MAX_VALUE / 2, 0);

    assertThat(backOff.limitNanos(20)).isEqualTo(Long.MAX_VALUE / 2);
  }

  @Test
  void aPauseIsBetweenTheFloorAndTheLimitAndUsesAllOfThatRange() {
    BackOff backOff = new BackOff(new Random(1), 1_000_000, 1_000_000, 0.5);

    List<Long> pauses = Stream.generate(() -> backOff.pauseNanos(0)).limit(1_000).toList();

    assertThat(pauses).allMatch(pause -> pause >= 500_000 && pause <= 1_000_000);
    assertThat(pauses).anyMatch(pause -> pause < 510_000).anyMatch(pause -> pause > 990_000);
  }
}
