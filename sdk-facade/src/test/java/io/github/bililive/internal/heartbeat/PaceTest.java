package io.github.bililive.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests are spread over an interval of 20 s. */
class PaceTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long INTERVAL = 20 * SECOND;

  /** Of ten batches. */
  private static final long SLOT = 333_333_334;

  private final Pace pace = new Pace(INTERVAL, 0);

  @ParameterizedTest
  @CsvSource({"1, 333333334", "20, 333333334", "21, 250000000", "100, 142857143"})
  void requestsAreASlotApartAsAnEvenSpreadNeedsAndTwoMoreInASecond(int batches, long slotNanos) {
    pace.observe(batches, SECOND);
    assertThat(pace.waitNanos(SECOND)).isZero();
    pace.began(SECOND);

    assertThat(pace.waitNanos(SECOND)).isEqualTo(slotNanos);
    assertThat(pace.waitNanos(SECOND + slotNanos - 1)).isOne();
    assertThat(pace.waitNanos(SECOND + slotNanos)).isZero();
    assertThat(pace.waitNanos(SECOND + INTERVAL)).isZero();
  }

  @Test
  void slotsStayAsShortAsTheyWereForOneMoreInterval() {
    pace.observe(100, SECOND);
    assertThat(slotAfter(INTERVAL - 1)).isEqualTo(142_857_143);
    assertThat(slotAfter(INTERVAL)).isEqualTo(142_857_143);
    assertThat(slotAfter(2 * INTERVAL - 1)).isEqualTo(142_857_143);
    assertThat(slotAfter(2 * INTERVAL)).isEqualTo(SLOT);
  }

  @Test
  void afterTwoIntervalsWithoutALookTheyAreAsLongAsTheBatchesNeed() {
    Pace other = new Pace(INTERVAL, 0);
    pace.observe(100, 0);
    other.observe(100, 0);
    pace.observe(1, 2 * INTERVAL - 1);
    other.observe(1, 2 * INTERVAL);
    pace.began(0);
    other.began(0);

    assertThat(pace.waitNanos(0)).isEqualTo(142_857_143);
    assertThat(other.waitNanos(0)).isEqualTo(SLOT);
  }

  private long slotAfter(long nowNanos) {
    pace.observe(1, nowNanos);
    pace.began(nowNanos);
    return pace.waitNanos(nowNanos);
  }

  @Test
  void aBatchIsDueLessThanASlotAndHalfItsShareTooEarly() {
    assertThat(pace.slackNanos(1)).isEqualTo(SLOT * 99 / 100);
    assertThat(pace.slackNanos(100)).isEqualTo(INTERVAL / 101 / 2);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 1000, true",
    "1000, 1050, true",
    "1000, 1090, false",
    "1000, 1333, false",
    "-3000, -1000, true",
    "20000, 20050, true",
    "20100, 20100, false",
    "1000, 20100, false",
  })
  void batchesAreCrowdedIfTwoAreDueInOneSlotOfTheIntervalAhead(
      long firstMillis, long secondMillis, boolean isCrowded) {
    shorten();

    long nowMillis = 7_000;
    List<Batch> waiting = due(nowMillis + firstMillis, nowMillis + secondMillis);

    assertThat(pace.isCrowded(waiting, TimeUnit.MILLISECONDS.toNanos(nowMillis), 10))
        .isEqualTo(isCrowded);
  }

  @Test
  void threeInARowUseUpTheirSlack() {
    shorten();
    assertThat(pace.isCrowded(due(1000, 1090, 1180), 0, 10)).isTrue();
    assertThat(pace.isCrowded(due(1000, 1333, 1667, 2000, 2333), 0, 10)).isFalse();
  }

  @Test
  void thoseThatWaitForARetryDoNotCount() {
    shorten();
    List<Batch> waiting = due(1000, 1000);
    waiting.get(1).failures = 1;

    assertThat(pace.isCrowded(waiting, 0, 10)).isFalse();
  }

  @Test
  void onlyAnAnswerInAShorterSlotCanCrowdOthersAndNoLongerThanTheyAre() {
    List<Batch> waiting = due(1000, 1000);
    assertThat(pace.isCrowded(waiting, 0, 10)).isFalse();
    pace.observe(100, 0);
    pace.acknowledged(100);
    assertThat(pace.isCrowded(waiting, 0, 10)).isFalse();

    pace.acknowledged(10);
    pace.acknowledged(100);
    assertThat(pace.isCrowded(waiting, 0, 10)).isTrue();
    assertThat(pace.isCrowded(due(1000), 0, 10)).isFalse();
    assertThat(pace.isCrowded(waiting, 0, 10)).as("it was over").isFalse();
  }

  /** One begins in a slot that is shorter than ten batches need. */
  private void shorten() {
    pace.observe(100, 0);
    pace.acknowledged(10);
  }

  private static List<Batch> due(long... millis) {
    List<Batch> due = new ArrayList<>();
    for (long each : millis) {
      Batch batch = new Batch();
      batch.dueAtNanos = TimeUnit.MILLISECONDS.toNanos(each);
      due.add(batch);
    }
    return due;
  }
}
