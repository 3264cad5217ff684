package io.github.bililive.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The limit, step by step. */
class BatchLimitTest {
  private static final long HOUR = BatchLimit.HALVED_FOR_NANOS;

  /** A monotonic clock's origin means nothing: it may well be negative. */
  private static final long START = -5 * HOUR;

  private final BatchLimit limit = new BatchLimit(200);

  @Test
  void eachRefusalOfAFullBatchHalvesItDownToTen() {
    List<Integer> limits = new ArrayList<>();
    while (limit.ids() > 10) {
      assertThat(limit.refused(limit.ids(), START)).isTrue();
      limits.add(limit.ids());
    }

    assertThat(limits).containsExactly(100, 50, 25, 12, 10);
  }

  @Test
  void manyRefusalsOfWhatWasSentTogetherHalveItOnce() {
    assertThat(limit.refused(200, START)).isTrue();
    assertThat(limit.refused(200, START)).isFalse();
    assertThat(limit.refused(101, START)).isFalse();

    assertThat(limit.ids()).isEqualTo(100);
  }

  @Test
  void aRefusalOfABatchThatWasNotFullHalvesItToo() {
    limit.refused(60, START);

    assertThat(limit.ids()).isEqualTo(100);
  }

  @Test
  void belowTenItFallsOnlyIfTenAreRefusedToo() {
    while (limit.ids() > 10) {
      limit.refused(limit.ids(), START);
    }
    assertThat(limit.refused(6, START)).isFalse();
    assertThat(limit.ids()).isEqualTo(10);

    assertThat(limit.refused(10, START)).isTrue();
    assertThat(limit.ids()).isEqualTo(5);
    assertThat(limit.refused(4, START)).isFalse();
    assertThat(limit.refused(5, START)).isTrue();
    assertThat(limit.refused(2, START)).isTrue();
    assertThat(limit.ids()).isEqualTo(1);
  }

  @Test
  void aSingleIdIsNeverTooMuch() {
    for (int i = 0; i < 10; i++) {
      assertThat(limit.refused(1, START)).isFalse();
    }

    assertThat(limit.ids()).isEqualTo(200);
  }

  @Test
  void anHourAfterTheLastHalvingItIsBackAtThePolicysLimit() {
    limit.refused(200, START);
    limit.refused(100, START + HOUR / 2);

    assertThat(limit.restore(START + HOUR / 2 + HOUR - 1)).isFalse();
    assertThat(limit.ids()).isEqualTo(50);
    assertThat(limit.restore(START + HOUR / 2 + HOUR)).isTrue();
    assertThat(limit.ids()).isEqualTo(200);
    assertThat(limit.restore(START + 9 * HOUR)).isFalse();
  }

  @Test
  void itIsNeverAboveThePolicysLimit() {
    BatchLimit small = new BatchLimit(7);
    small.refused(7, START);
    assertThat(small.ids()).isEqualTo(3);

    small.restore(START + HOUR);

    assertThat(small.ids()).isEqualTo(7);
  }
}
