package io.github.bililive.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The limit, step by step; the interval is 20 and times have no unit. */
class BatchLimitTest {
  private final BatchLimit limit = new BatchLimit(200, 20);

  @Test
  void whatWasNeverTakenIsHalvedWhenItIsRefused() {
    limit.refused(200, 0);

    assertThat(limit.ids()).isEqualTo(100);
  }

  @Test
  void aRefusalOfWhatWasTakenBeforeIsBelievedTheThirdTimeInARow() {
    limit.taken(200, 0);
    limit.refused(200, 1);
    limit.refused(200, 2);
    assertThat(limit.ids()).isEqualTo(200);
    limit.taken(200, 3);
    limit.refused(200, 4);
    limit.refused(200, 5);
    assertThat(limit.ids()).isEqualTo(200);

    limit.refused(200, 6);

    assertThat(limit.ids()).isEqualTo(100);
  }

  @Test
  void itGrowsOnceInAnIntervalToTheMiddleBelowWhatWasRefused() {
    limit.refused(200, 0);
    limit.taken(100, 19);
    assertThat(limit.ids()).isEqualTo(100);

    limit.taken(100, 20);
    assertThat(limit.ids()).isEqualTo(150);
    limit.taken(100, 39);
    assertThat(limit.ids()).isEqualTo(150);
    limit.refused(150, 39);
    assertThat(limit.ids()).as("back to what is good").isEqualTo(100);
    limit.taken(100, 59);
    assertThat(limit.ids()).isEqualTo(125);
  }

  @Test
  void oneMoreIsTriedAfterSixteenIntervalsAndThenAfterTwiceAsMany() {
    limit.refused(4, 0);
    assertThat(limit.ids()).isEqualTo(2);
    limit.taken(2, 20);
    assertThat(limit.ids()).isEqualTo(3);
    limit.taken(3, 20 + 319);
    assertThat(limit.ids()).isEqualTo(3);

    limit.taken(3, 20 + 320);
    assertThat(limit.ids()).as("a trial").isEqualTo(4);
    limit.refused(4, 341);
    assertThat(limit.ids()).isEqualTo(3);
    limit.taken(3, 341 + 639);
    assertThat(limit.ids()).isEqualTo(3);
    limit.taken(3, 341 + 640);
    assertThat(limit.ids()).isEqualTo(4);
  }

  @Test
  void aTrialThatIsTakenOpensTheWayUp() {
    limit.refused(4, 0);
    limit.taken(3, 20);
    limit.taken(3, 340);
    assertThat(limit.ids()).isEqualTo(4);

    limit.taken(4, 350);
    limit.taken(4, 360);

    assertThat(limit.ids()).isGreaterThan(100);
  }

  @Test
  void aSingleIdIsNeverTooMuch() {
    for (int i = 0; i < 10; i++) {
      limit.refused(1, i);
    }

    assertThat(limit.ids()).isEqualTo(200);
  }
}
