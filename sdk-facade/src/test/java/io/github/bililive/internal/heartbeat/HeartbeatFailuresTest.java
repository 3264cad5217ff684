package io.github.bililive.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.HeartbeatState;
import io.github.bililive.KeepAlive;
import io.github.bililive.error.NetworkException;
import io.github.bililive.hook.HeartbeatEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when requests or answers are lost or late. */
class HeartbeatFailuresTest extends HeartbeatsTestCase {
  @Test
  void aLostRequestIsTriedAgainAtLeastTwiceBeforeTheIdsTimeIsOver() {
    keep("a");
    time.advance(FIRST_DELAY.plusSeconds(1));
    platform.seen.clear();
    platform.fate = new FakePlatform.Fate.Lost();

    // Acknowledged at 5 s, due at 25 s, dead at 35 s.
    time.advance(Duration.ofSeconds(33).minus(time.elapsed()));

    assertThat(platform.seen).hasSizeGreaterThanOrEqualTo(3);
    platform.fate = new FakePlatform.Fate.Answered();
    time.advance(Duration.ofMinutes(1));
    assertThat(heard).isNotEmpty().doesNotContain("EXPIRED a");
  }

  @Test
  void aRequestThatHangsIsGivenUpInTimeForTwoMore() {
    keep("a");
    time.advance(FIRST_DELAY.plusSeconds(1));
    platform.seen.clear();
    platform.fate = new FakePlatform.Fate.Hanging();

    // The last acknowledged request began at 5 s: the id's time is over at 35 s.
    time.advance(Duration.ofSeconds(35).minus(time.elapsed()).minus(TICK));

    assertThat(platform.seen).hasSizeGreaterThanOrEqualTo(3);
    assertThat(platform.seen.get(2).at()).isLessThanOrEqualTo(Duration.ofSeconds(32));
    // Each is given a third of what is left, so there are a few, and no storm.
    assertThat(platform.seen).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void oneHangingBatchDoesNotDelayTheOthers() {
    keep(ids(400));
    time.advance(FIRST_DELAY.minus(TICK));
    platform.fate = new FakePlatform.Fate.Hanging();
    time.advance(TICK); // Both batches begin, and hang.
    platform.fate = new FakePlatform.Fate.Answered();
    keep("late");

    time.advance(FIRST_DELAY.plusSeconds(1));

    assertThat(platform.seen).anyMatch(seen -> seen.connIds().contains("late"));
    time.advance(Duration.ofMinutes(1));
    assertThat(heard).noneMatch(line -> line.startsWith("EXPIRED"));
  }

  @Test
  void heartbeatsOutliveAnOutageAndReportWhatDiedInIt() {
    keep("a", "b");
    time.advance(FIRST_DELAY.plusSeconds(1));
    platform.fate = new FakePlatform.Fate.Lost();
    time.advance(Duration.ofHours(2));
    assertThat(heard).noneMatch(line -> line.startsWith("EXPIRED"));
    heard.clear();

    platform.fate = new FakePlatform.Fate.Answered();
    time.advance(Duration.ofSeconds(6));

    assertThat(heard).containsExactlyInAnyOrder("EXPIRED a", "EXPIRED b");
  }

  @Test
  void inAnOutageRequestsAreSecondsApart() {
    keep("a");
    time.advance(FIRST_DELAY.plusSeconds(1));
    platform.fate = new FakePlatform.Fate.Lost();
    time.advance(Duration.ofMinutes(1));
    platform.seen.clear();

    time.advance(Duration.ofMinutes(10));

    // Pauses of 2 to 4 s.
    assertThat(platform.seen).hasSizeBetween(150, 300);
  }

  @Test
  void anOutageShorterThanTheSpareTimeCostsNoId() {
    keep(ids(1_000));
    time.advance(Duration.ofMinutes(1));
    platform.fate = new FakePlatform.Fate.Lost();
    time.advance(Duration.ofSeconds(8));
    platform.fate = new FakePlatform.Fate.Answered();

    time.advance(Duration.ofMinutes(1));

    assertThat(heard).isNotEmpty().noneMatch(line -> line.startsWith("EXPIRED"));
  }

  @Test
  void anOutageOfMostOfTheSpareTimeCostsNoIdOfALargeFleet() {
    keep(ids(20_000));
    time.advance(Duration.ofMinutes(3));
    platform.fate = new FakePlatform.Fate.Lost();
    time.advance(Duration.ofMillis(8_500));
    platform.fate = new FakePlatform.Fate.Answered();

    time.advance(Duration.ofMinutes(2));

    assertThat(heard).isNotEmpty().noneMatch(line -> line.startsWith("EXPIRED"));
    assertThat(platform.largestGaps.values()).allMatch(gap -> gap < seconds(30));
  }

  @Test
  void anAnswerThatIsLostAfterThePlatformCarriedItOutCostsNothing() {
    keep("a");
    platform.fate = new FakePlatform.Fate.AnswerLost();
    time.advance(Duration.ofSeconds(25));
    platform.fate = new FakePlatform.Fate.Answered();
    time.advance(Duration.ofMinutes(2));

    assertThat(platform.isAlive("a")).isTrue();
    assertThat(heard).containsExactly("AT_RISK a");
  }

  @Test
  void aPlatformThatIsAlwaysSlowerThanOurLimitIsWaitedForInTheEnd() {
    platform.latency = Duration.ofSeconds(5);
    keep("a");

    time.advance(Duration.ofMinutes(10));

    assertThat(platform.isAlive("a")).isTrue();
    assertThat(heard).isEmpty();
    assertThat(failures).hasOnlyElementsOfType(NetworkException.class);
  }

  /** Such as one whose TLS handshakes take that long. */
  @Test
  void anAnswerThatComesAfterTheNextRequestWasSentCounts() {
    keep("a");
    time.advance(FIRST_DELAY.plusSeconds(1));
    platform.latency = Duration.ofSeconds(5);

    time.advance(Duration.ofMinutes(10));

    assertThat(failures).isNotEmpty();
    assertThat(heard).isSubsetOf("AT_RISK a");
    assertThat(platform.largestGaps.get("a")).isLessThan(seconds(30));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 29, 35, 47, 60, 61, 62, 63, 600})
  void afterABlackHoleThePlatformAnswersWithin5Seconds(int holeSeconds) {
    keep("a");
    time.advance(FIRST_DELAY.plusSeconds(19));
    platform.fate = new FakePlatform.Fate.Hanging();
    time.advance(Duration.ofSeconds(holeSeconds));
    platform.fate = new FakePlatform.Fate.Answered();
    long acknowledged = heartbeats.snapshot().getAcknowledged();

    time.advance(Duration.ofSeconds(5));

    assertThat(heartbeats.snapshot().getAcknowledged()).isGreaterThan(acknowledged);
  }

  @Test
  void aCallThatCannotBeCancelledTimesOutAllTheSame() {
    List<List<String>> sent = new ArrayList<>();
    List<String> told = new ArrayList<>();
    Heartbeats deaf =
        new Heartbeats(
            (connIds, timeoutNanos, callback) -> {
              sent.add(connIds);
              return () -> {};
            },
            time,
            Runnable::run,
            policy,
            new Random(1),
            HeartbeatEvents.NONE);
    deaf.register("a", (connId, state, cause) -> told.add(state + " " + cause));

    time.advance(Duration.ofSeconds(40));

    assertThat(sent).hasSizeGreaterThan(3);
    assertThat(told.get(0)).startsWith("AT_RISK").contains("given up after");
  }

  @Test
  void aRequestWhoseSendingThrowsIsGivenUpAndTriedAgain() {
    List<List<String>> sent = new ArrayList<>();
    Heartbeats broken =
        new Heartbeats(
            (connIds, timeoutNanos, callback) -> {
              sent.add(connIds);
              if (sent.size() == 1) {
                throw new IllegalStateException("no thread can be had");
              }
              callback.onSuccess(Set.of());
              return () -> {};
            },
            time,
            Runnable::run,
            policy,
            new Random(1),
            HeartbeatEvents.NONE);
    KeepAlive kept = broken.register("a", listener);
    assertThatThrownBy(() -> time.advance(FIRST_DELAY)).hasMessage("no thread can be had");

    time.advance(Duration.ofSeconds(10));

    assertThat(sent).containsExactly(List.of("a"), List.of("a"));
    assertThat(kept.getState()).isEqualTo(HeartbeatState.ALIVE);
    assertThat(broken.snapshot().getRequestsInFlight()).isZero();
  }
}
