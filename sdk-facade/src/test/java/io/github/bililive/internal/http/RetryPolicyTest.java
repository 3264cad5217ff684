package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bililive.RetryPolicy;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  @Test
  void aPolicyPrintsItsSettings() {
    assertThat(RetryPolicy.DEFAULT)
        .hasToString("RetryPolicy{retries=3, firstPauseMillis=500, longestPauseMillis=8000}");
    assertThat(RetryPolicy.NONE.getRetries()).isZero();
  }

  @Test
  void whatMakesNoSenseIsRefusedAtOnce() {
    RetryPolicy.Builder builder = RetryPolicy.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.retries(-1))
        .withMessage("retries is -1: it must be 0 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.firstPause(0, TimeUnit.SECONDS))
        .withMessage("first pause is 0 SECONDS: it must be at least 1 ms");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.longestPause(-1, TimeUnit.DAYS))
        .withMessage("longest pause is -1 DAYS: it must be at least 1 ms");
  }

  @Test
  void theLongestPauseIsAtLeastTheFirst() {
    RetryPolicy policy =
        RetryPolicy.builder()
            .firstPause(3, TimeUnit.SECONDS)
            .longestPause(1, TimeUnit.SECONDS)
            .build();

    assertThat(policy.getFirstPauseMillis()).isEqualTo(3_000);
    assertThat(policy.getLongestPauseMillis()).isEqualTo(3_000);
  }

  @Test
  void newBuilderHasThePolicysSettings() {
    RetryPolicy policy =
        RetryPolicy.builder()
            .retries(7)
            .firstPause(1, TimeUnit.SECONDS)
            .longestPause(20, TimeUnit.SECONDS)
            .build();

    assertThat(policy.newBuilder().build()).hasToString(policy.toString());
    assertThat(policy.newBuilder().retries(0).build().getLongestPauseMillis()).isEqualTo(20_000);
    assertThat(policy.getRetries()).isEqualTo(7);
  }
}
