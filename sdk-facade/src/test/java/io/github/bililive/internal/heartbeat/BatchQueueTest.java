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

    assertThat(queue.due.poll()).isSameAs(first);
    assertThat(queue.due.poll()).isSameAs(later);
    assertThat(queue.due.poll()).isSameAs(last);
    assertThat(queue.due.poll()).isNull();
  }

  @Test
  void aBatchIsPresumedDeadWhenAllOfItsIdsAreAndNotBefore() {
    Batch batch = batch(0, 20);
    queue.addDue(batch, START + 20 * SECOND);

    queue.sort(START + 31 * SECOND);
    assertThat(queue.presumedDead).isEmpty();
    assertThat(queue.due).isNotEmpty();
    assertThat(batch.deadlineNanos).isEqualTo(START + 50 * SECOND);

    queue.sort(START + 51 * SECOND);
    assertThat(queue.due).isEmpty();
    assertThat(queue.presumedDead.poll()).isSameAs(batch);
  }

  @Test
  void aBatchWaitsUntilItIsDue() {
    Batch batch = batch(0);
    queue.add(batch, START + 20 * SECOND);

    queue.sort(START + 20 * SECOND - 1);
    assertThat(queue.due).isEmpty();
    queue.sort(START + 20 * SECOND);
    assertThat(queue.due.poll()).isSameAs(batch);
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
    assertThat(queue.presumedDead).isEmpty();
    queue.endPausesOfPresumedDead(START + 30 * SECOND);
    assertThat(queue.presumedDead.poll()).isSameAs(failed);
    assertThat(queue.waiting.poll()).isSameAs(healthy);
  }
}
