package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private static final long START = Long.MAX_VALUE - 1_000;

  private final RetryBudget budget = new RetryBudget(START);

  @Test
  void someRetriesAreFreeAndThenNoneIs() {
    assertThat(taken(100, START)).isEqualTo(RetryBudget.BURST);
  }

  @Test
  void tenCallsEarnOneRetry() {
    taken(100, START);

    for (int i = 0; i < 1_000; i++) {
      budget.called(START);
      if (i % 10 == 9) {
        assertThat(budget.take(START)).isTrue();
      }
      assertThat(budget.take(START)).isFalse();
    }
  }

  @Test
  void tenSecondsEarnOneRetrySoThatARareCallerHasSome() {
    taken(100, START);

    assertThat(budget.take(START + TimeUnit.SECONDS.toNanos(10) - 1)).isFalse();
    assertThat(budget.take(START + TimeUnit.SECONDS.toNanos(10))).isTrue();
    assertThat(budget.take(START + TimeUnit.SECONDS.toNanos(11))).isFalse();
  }

  @Test
  void moreThanTheFirstIsNeverSavedUp() {
    for (int i = 0; i < 10_000; i++) {
      budget.called(START);
    }

    assertThat(taken(100, START + TimeUnit.DAYS.toNanos(3))).isEqualTo(RetryBudget.BURST);
  }

  private int taken(int tries, long nowNanos) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += budget.take(nowNanos) ? 1 : 0;
    }
    return taken;
  }
}
