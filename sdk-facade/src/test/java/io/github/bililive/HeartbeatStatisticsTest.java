package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.hook.FailureKind;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Statistics as a user builds them for tests of a dashboard. */
class HeartbeatStatisticsTest {
  @Test
  void aUserBuildsStatisticsByHand() {
    HeartbeatStatistics statistics =
        HeartbeatStatistics.builder()
            .ids(Map.of(HeartbeatState.ALIVE, 400, HeartbeatState.NEW, 1))
            .oldestAcknowledgementMillis(21_000L)
            .batches(3)
            .requestsInFlight(1)
            .batchLimit(100)
            .attempts(70)
            .acknowledged(60)
            .failures(Map.of(FailureKind.NETWORK, 9L))
            .expired(2)
            .build();

    assertThat(statistics.getIds())
        .containsOnly(Map.entry(HeartbeatState.NEW, 1), Map.entry(HeartbeatState.ALIVE, 400));
    assertThat(statistics.getOldestAcknowledgementMillis()).isEqualTo(21_000);
    assertThat(statistics.getBatches()).isEqualTo(3);
    assertThat(statistics.getRequestsInFlight()).isEqualTo(1);
    assertThat(statistics.getBatchLimit()).isEqualTo(100);
    assertThat(statistics.getAttempts()).isEqualTo(70);
    assertThat(statistics.getAcknowledged()).isEqualTo(60);
    assertThat(statistics.getFailures()).containsOnly(Map.entry(FailureKind.NETWORK, 9L));
    assertThat(statistics.getExpired()).isEqualTo(2);
    assertThat(statistics)
        .hasToString(
            "HeartbeatStatistics{ids={NEW=1, ALIVE=400}, oldestAcknowledgementMillis=21000,"
                + " batches=3, requestsInFlight=1, batchLimit=100, attempts=70, acknowledged=60,"
                + " failures={NETWORK=9}, expired=2}");
  }

  @Test
  void withoutIdsThereIsNoOldestAcknowledgement() {
    HeartbeatStatistics statistics = HeartbeatStatistics.builder().build();

    assertThat(statistics.getIds()).isEmpty();
    assertThat(statistics.getFailures()).isEmpty();
    assertThat(statistics.getOldestAcknowledgementMillis()).isNull();
    assertThat(statistics.getBatchLimit()).isEqualTo(200);
  }

  @Test
  void statisticsDoNotChangeWithTheMapsThatTheyWereBuiltFrom() {
    Map<HeartbeatState, Integer> ids = new EnumMap<>(HeartbeatState.class);
    ids.put(HeartbeatState.ALIVE, 1);
    HeartbeatStatistics statistics = HeartbeatStatistics.builder().ids(ids).build();

    ids.clear();

    assertThat(statistics.getIds()).containsOnlyKeys(HeartbeatState.ALIVE);
    assertThatThrownBy(statistics.getIds()::clear)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @SuppressWarnings("NullAway")
  void aMapThatIsNullIsRefusedWithItsName() {
    HeartbeatStatistics.Builder builder = HeartbeatStatistics.builder();

    assertThatNullPointerException()
        .isThrownBy(() -> builder.ids(null))
        .withMessage("ids is null: give an empty map for none");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.failures(null))
        .withMessage("failures is null: give an empty map for none");
  }
}
