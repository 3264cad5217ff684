package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawValuesTest {
  @Test
  void theLowerTheLevelTheHigherTheGuard() {
    assertThat(GuardLevel.of(0)).isEqualTo(GuardLevel.NONE);
    assertThat(GuardLevel.of(1)).isEqualTo(GuardLevel.GOVERNOR);
    assertThat(GuardLevel.of(2)).isEqualTo(GuardLevel.ADMIRAL);
    assertThat(GuardLevel.of(3)).isEqualTo(GuardLevel.CAPTAIN);
    assertThat(GuardLevel.of(4)).isEqualTo(GuardLevel.UNKNOWN);
    assertThat(GuardLevel.of(-1)).isEqualTo(GuardLevel.UNKNOWN);
    assertThat(GuardLevel.of((1L << 32) + 1)).isEqualTo(GuardLevel.UNKNOWN);
  }

  @Test
  void aThousandIsOneYuan() {
    assertThat(Prices.toYuan(1_000)).isEqualByComparingTo("1");
    assertThat(Prices.toYuan(198_000)).isEqualByComparingTo("198");
    assertThat(Prices.toYuan(1)).isEqualByComparingTo("0.001");
    assertThat(Prices.toYuan(0)).isEqualByComparingTo("0");
  }
}
