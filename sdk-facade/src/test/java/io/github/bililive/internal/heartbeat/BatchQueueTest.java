package io.github.bililive.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who goes first. Ids live for 30 s. */
class BatchQueueTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** A monotonic clock's origin means nothing: it may well be negative. */
  private static final long START = -1_000 * SECOND;

  private final BatchQueue line = new BatchQueue(30 * SECOND);

  private static Batch batch(long... aliveAtSeconds) {
    Batch batch = new Batch();
    for (long seconds : aliveAtSeconds) {
      batch.add(new KeptId("id" + seconds, new Acknowledgement(START + seconds * SECOND)));
    }
    return batch;
  }

  @Test
  void ofThoseThatAreDueTheFirstToDieGoesFirst() {
    Batch later = batch(3);
    Batch first = batch(8, 1);
    Batch last = batch(5);
    for (Batch batch : new Batch[] {later, first, last}) {
      line.addDue(batch, START + 10 * SECOND);
    }

    assertThat(line.pollDue()).isSameAs(first);
    assertThat(line.pollDue()).isSameAs(later);
    assertThat(line.pollDue()).isSameAs(last);
    assertThat(line.pollDue()).isNull();
  }

  @Test
  void aBatchIsLateWhenAllOfItsIdsArePastSavingAndNotBefore() {
    Batch batch = batch(0, 20);
    line.addDue(batch, START + 20 * SECOND);

    line.sort(START + 31 * SECOND);
    assertThat(line.hasLate()).isFalse();
    assertThat(line.hasDue()).isTrue();
    assertThat(batch.deadlineNanos).isEqualTo(START + 50 * SECOND);

    line.sort(START + 51 * SECOND);
    assertThat(line.hasDue()).isFalse();
    assertThat(line.pollLate()).isSameAs(batch);
  }

  @Test
  void aBatchWaitsUntilItIsDue() {
    Batch batch = batch(0);
    line.add(batch, START + 20 * SECOND);

    line.sort(START + 20 * SECOND - 1);
    assertThat(line.hasDue()).isFalse();
    line.sort(START + 20 * SECOND);
    assertThat(line.pollDue()).isSameAs(batch);
  }

  @Test
  void onlyPausesOfWhatFailedAndIsPastSavingEndEarly() {
    Batch failed = batch(0);
    failed.failures = 1;
    failed.findDeadline(30 * SECOND, START);
    line.add(failed, START + 100 * SECOND);
    Batch healthy = batch(0);
    healthy.findDeadline(30 * SECOND, START);
    line.add(healthy, START + 100 * SECOND);

    line.endPausesOfLate(START + 29 * SECOND);
    assertThat(line.hasLate()).isFalse();
    line.endPausesOfLate(START + 30 * SECOND);
    assertThat(line.pollLate()).isSameAs(failed);
    assertThat(line.pollWaiting()).isSameAs(healthy);
  }
}
