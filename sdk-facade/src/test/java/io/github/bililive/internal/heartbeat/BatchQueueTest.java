package io.github.bililive.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who goes first. Ids live for 30 s. */
class BatchQueueTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** A monotonic clock's origin means nothing: it may well be negative. */
  private static final long START = -1_000 * SECOND;

  private final BatchQueue queue = new BatchQueue(30 * SECOND);

  private static Batch batch(long... aliveAtSeconds) {
    Batch batch = new Batch();
    for (long seconds : aliveAtSeconds) {
      batch.add(new KeptId("id" + seconds, new Acknowledgement(START + seconds * SECOND)));
    }
    return batch;
  }

  @Test
  void ofThoseThatAreDueTheEarliestDeadlineGoesFirst() {
    Batch later = batch(3);
    Batch first = batch(8, 1);
    Batch last = batch(5);
    for (Batch batch : new Batch[] {later, first, last}) {
      queue.addDue(batch, START + 10 * SECOND);
    }

    assertThat(queue.pollDue()).isSameAs(first);
    assertThat(queue.pollDue()).isSameAs(later);
    assertThat(queue.pollDue()).isSameAs(last);
    assertThat(queue.pollDue()).isNull();
  }

  @Test
  void aBatchIsPresumedDeadWhenAllOfItsIdsAreAndNotBefore() {
    Batch batch = batch(0, 20);
    queue.addDue(batch, START + 20 * SECOND);

    queue.sort(START + 31 * SECOND);
    assertThat(queue.hasPresumedDead()).isFalse();
    assertThat(queue.hasDue()).isTrue();
    assertThat(batch.deadlineNanos).isEqualTo(START + 50 * SECOND);

    queue.sort(START + 51 * SECOND);
    assertThat(queue.hasDue()).isFalse();
    assertThat(queue.pollPresumedDead()).isSameAs(batch);
  }

  @Test
  void aBatchWaitsUntilItIsDue() {
    Batch batch = batch(0);
    queue.add(batch, START + 20 * SECOND);

    queue.sort(START + 20 * SECOND - 1);
    assertThat(queue.hasDue()).isFalse();
    queue.sort(START + 20 * SECOND);
    assertThat(queue.pollDue()).isSameAs(batch);
  }

  @Test
  void onlyPausesOfBatchesThatFailedAndArePresumedDeadEndEarly() {
    Batch failed = batch(0);
    failed.failures = 1;
    failed.findDeadline(30 * SECOND, START);
    queue.add(failed, START + 100 * SECOND);
    Batch healthy = batch(0);
    healthy.findDeadline(30 * SECOND, START);
    queue.add(healthy, START + 100 * SECOND);

    queue.endPausesOfPresumedDead(START + 29 * SECOND);
    assertThat(queue.hasPresumedDead()).isFalse();
    queue.endPausesOfPresumedDead(START + 30 * SECOND);
    assertThat(queue.pollPresumedDead()).isSameAs(failed);
    assertThat(queue.pollWaiting()).isSameAs(healthy);
  }
}
