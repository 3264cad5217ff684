package io.github.bililive.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawValuesTest {
  @Test
  void the_lower_the_level_the_higher_the_guard() {
    assertThat(Guard.of(0)).isEqualTo(Guard.NONE);
    assertThat(Guard.of(1)).isEqualTo(Guard.GOVERNOR);
    assertThat(Guard.of(2)).isEqualTo(Guard.ADMIRAL);
    assertThat(Guard.of(3)).isEqualTo(Guard.CAPTAIN);
    assertThat(Guard.of(4)).isEqualTo(Guard.UNKNOWN);
    assertThat(Guard.of(-1)).isEqualTo(Guard.UNKNOWN);
    assertThat(Guard.of((1L << 32) + 1)).isEqualTo(Guard.UNKNOWN);
  }

  @Test
  void a_thousand_is_one_yuan() {
    assertThat(Yuan.of(1_000)).isEqualByComparingTo("1");
    assertThat(Yuan.of(198_000)).isEqualByComparingTo("198");
    assertThat(Yuan.of(1)).isEqualByComparingTo("0.001");
    assertThat(Yuan.of(0)).isEqualByComparingTo("0");
  }
}
