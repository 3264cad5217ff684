package io.github.bililive.internal.heartbeat;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.HeartbeatPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time limits with the default policy. */
class RequestTimeoutTest {
  private final RequestTimeout timeout =
      new RequestTimeout(new PolicyTimes(HeartbeatPolicy.DEFAULT));

  @ParameterizedTest
  @CsvSource({"30000, 3000", "10000, 3000", "6000, 2000", "1500, 500", "900, 300", "1, 300"})
  void aRequestIsGivenAThirdOfWhatIsLeft(long remainingMillis, long millis) {
    assertThat(timeout.nanos(MILLISECONDS.toNanos(remainingMillis)))
        .isEqualTo(MILLISECONDS.toNanos(millis));
  }

  @Test
  void whenNothingIsLeftTheNextIsSentSoonHoweverSlowThePlatformWas() {
    timeout.answered(SECONDS.toNanos(8));

    assertThat(timeout.nanos(0)).isEqualTo(SECONDS.toNanos(3));
    assertThat(timeout.nanos(-1)).isEqualTo(SECONDS.toNanos(3));
  }

  @Test
  void aPlatformThatIsKnownToBeSlowIsGivenHalfMoreThanItTakes() {
    timeout.answered(SECONDS.toNanos(4));

    assertThat(timeout.nanos(SECONDS.toNanos(10))).isEqualTo(SECONDS.toNanos(6));
    assertThat(timeout.nanos(SECONDS.toNanos(5))).isEqualTo(SECONDS.toNanos(5));
  }

  @Test
  void whatIsKnownOfSlownessFadesWithEachAnswer() {
    timeout.answered(SECONDS.toNanos(4));
    for (int i = 0; i < 20; i++) {
      timeout.answered(MILLISECONDS.toNanos(20));
    }

    assertThat(timeout.nanos(SECONDS.toNanos(10))).isEqualTo(SECONDS.toNanos(3));
  }
}
