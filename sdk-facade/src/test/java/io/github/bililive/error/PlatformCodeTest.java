package io.github.bililive.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformCodeTest {
  @Test
  void theTableHoldsEveryDocumentedCodeOnceAndNoOther() {
    assertThat(Arrays.stream(PlatformCode.values()).mapToInt(PlatformCode::getNumber))
        .containsExactlyInAnyOrder(
            4000, 4001, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4011, 4012, 4013,
            5000, 5001, 5002, 5003, 5004, 5005, 5011, 7000, 7001, 7002, 7003, 7004, 7005, 7007,
            7010, 8002, 122000, 122001, 122002, 122003, 122004, 122005, 122006, 122007, 127000,
            127001, 127004, 127005, 127006, 127007, 127009, 127011, 127200, 127201);
  }

  @ParameterizedTest
  @EnumSource
  void eachCodeIsFoundByItsNumberAndHasAMeaning(PlatformCode code) {
    assertThat(PlatformCode.of(code.getNumber())).isSameAs(code);
    assertThat(code.getMeaning()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, -101, 1, 3999, 4014, 7006, 127002, Integer.MAX_VALUE})
  void otherNumbersAreNotInTheTable(int number) {
    assertThat(PlatformCode.of(number)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void aCodeThatNeedsAPauseAndNoOtherSaysHowLong(PlatformCode code) {
    if (code.getRemedy() == Remedy.WAIT) {
      assertThat(code.getRetryAfterMillis()).isBetween(1_000L, 600_000L);
    } else {
      assertThat(code.getRetryAfterMillis()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4002, GIVE_UP, 0",
    "4004, RETRY, 0",
    "4007, GIVE_UP, 0",
    "4009, WAIT, 60000",
    "5000, RETRY, 0",
    "5001, RETRY, 0",
    "5002, RETRY, 0",
    "7000, START_AGAIN, 0",
    "7001, WAIT, 10000",
    "7003, START_AGAIN, 0",
    "7004, GIVE_UP, 0",
    "7005, GIVE_UP, 0",
    "7010, WAIT, 30000",
    "127001, SIGN_IN_AGAIN, 0",
    "127009, WAIT, 60000",
    "127011, SIGN_IN_AGAIN, 0",
    "127200, RETRY, 0",
  })
  void theTableSaysWhatHelps(int number, Remedy remedy, long retryAfterMillis) {
    PlatformException error = new PlatformException("start", number, "", null);

    assertThat(error.getRemedy()).isEqualTo(remedy);
    assertThat(error.getRetryAfterMillis()).isEqualTo(retryAfterMillis);
    assertThat(error.getKnownCode()).isSameAs(PlatformCode.of(number));
  }
}
