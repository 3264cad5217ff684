package io.github.bililive.internal.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongNumbersTest {
  @Test
  void fourHundredDigitsAreAllowedWhereverTheyStandAndOneMoreIsNot() {
    for (int before = 0; before <= 2 * (LongNumbers.MAX_DIGITS + 1); before++) {
      assertThat(LongNumbers.isIn(text(before, LongNumbers.MAX_DIGITS))).isFalse();
      assertThat(LongNumbers.isIn(text(before, LongNumbers.MAX_DIGITS + 1))).isTrue();
    }
  }

  @Test
  void allowedNumbersSideBySideAreNoLongOne() {
    String number = "9".repeat(LongNumbers.MAX_DIGITS);

    assertThat(LongNumbers.isIn((number + "," + number + "," + number).getBytes(US_ASCII)))
        .isFalse();
  }

  private static byte[] text(int before, int digits) {
    return (" ".repeat(before) + "9".repeat(digits) + " ".repeat(before)).getBytes(US_ASCII);
  }
}
