package io.github.bililive;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class HeartbeatPolicyTest {
  @Test
  void byDefaultItBeatsAsTheOfficialSamplesDoAndLeavesRoomForThreeAttempts() {
    HeartbeatPolicy policy = HeartbeatPolicy.DEFAULT;

    assertThat(policy.getIntervalMillis()).isEqualTo(20_000);
    assertThat(policy.getTimeToLiveMillis()).isEqualTo(30_000);
    assertThat(policy.getBatchLimit()).isEqualTo(200);
    assertThat(policy.isAccessTokenSent()).isTrue();
    assertThat(3 * policy.getRequestTimeoutMillis() + 2 * policy.getMaxRetryPauseMillis())
        .isEqualTo(10_000);
    assertThat(policy.getFirstRetryPauseMillis()).isEqualTo(250);
    assertThat(policy)
        .hasToString(
            "HeartbeatPolicy{intervalMillis=20000, timeToLiveMillis=30000, batchLimit=200,"
                + " requestTimeoutMillis=3000, firstRetryPauseMillis=250, maxRetryPauseMillis=500}");
  }

  @Test
  void whatIsNotSetFollowsFromWhatIs() {
    HeartbeatPolicy policy =
        HeartbeatPolicy.builder().interval(4, SECONDS).timeToLive(6, SECONDS).build();
    assertThat(policy.getRequestTimeoutMillis()).isEqualTo(600);
    assertThat(policy.getMaxRetryPauseMillis()).isEqualTo(100);

    HeartbeatPolicy longer = policy.newBuilder().timeToLive(14, SECONDS).build();
    assertThat(longer.getRequestTimeoutMillis()).isEqualTo(3_000);
  }

  @Test
  void aPolicyKeepsWhatWasSet() {
    HeartbeatPolicy policy =
        HeartbeatPolicy.builder()
            .interval(10, SECONDS)
            .timeToLive(20, SECONDS)
            .batchLimit(50)
            .sendAccessToken(false)
            .requestTimeout(2, SECONDS)
            .firstRetryPause(100, MILLISECONDS)
            .maxRetryPause(400, MILLISECONDS)
            .build();

    assertThat(policy.newBuilder().build().isAccessTokenSent()).isFalse();
    assertThat(policy.newBuilder().build())
        .hasToString(
            "HeartbeatPolicy{intervalMillis=10000, timeToLiveMillis=20000, batchLimit=50,"
                + " requestTimeoutMillis=2000, firstRetryPauseMillis=100, maxRetryPauseMillis=400}");
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheSum() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeartbeatPolicy.builder().requestTimeout(5, SECONDS).build())
        .withMessage(
            "three attempts do not fit into an id's life: interval 20000 ms + 3 × request timeout"
                + " 5000 ms + 2 × longest retry pause 500 ms = 36000 ms, and the time to live is"
                + " 30000 ms: shorten one of them by 6000 ms in all");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeartbeatPolicy.builder().interval(28, SECONDS).build())
        .withMessage(
            "heartbeat interval 28000 ms leaves 2000 ms of the time to live of 30000 ms for"
                + " retries: leave at least a tenth, so an interval of at most 27000 ms");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                HeartbeatPolicy.builder()
                    .firstRetryPause(400, MILLISECONDS)
                    .maxRetryPause(300, MILLISECONDS)
                    .build())
        .withMessage("first retry pause 400 ms is above the longest, 300 ms");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeartbeatPolicy.builder().interval(30, SECONDS).build());
  }

  @Test
  void aValueThatMakesNoSenseIsRefusedAtOnce() {
    HeartbeatPolicy.Builder builder = HeartbeatPolicy.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.batchLimit(201))
        .withMessage("batch limit is 201: the platform takes 1 to 200");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.batchLimit(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.interval(999, NANOSECONDS))
        .withMessage("heartbeat interval is 999 NANOSECONDS: it must be at least 1 ms");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.timeToLive(-1, SECONDS));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.requestTimeout(0, SECONDS));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxRetryPause(0, SECONDS));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.firstRetryPause(0, SECONDS));
  }
}
