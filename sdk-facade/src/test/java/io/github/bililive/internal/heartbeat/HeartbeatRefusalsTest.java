package io.github.bililive.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.error.PlatformException;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.internal.time.CallbackErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when the platform refuses heartbeats. */
class HeartbeatRefusalsTest extends HeartbeatsTestCase {
  private final Logger logger = Logger.getLogger(CallbackErrors.LOGGER);
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(entry.getLevel() + " " + entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listenToTheLog() {
    logger.addHandler(handler);
  }

  @AfterEach
  void leaveTheLog() {
    logger.removeHandler(handler);
  }

  @ParameterizedTest
  @ValueSource(ints = {7001, 4009, 127009, 4002})
  void aRefusalIsFollowedByTwoMoreAttemptsInTheIdsTime(int code) {
    for (int round = 0; round < 50; round++) {
      String connId = "round" + round;
      keep(connId);
      time.advance(FIRST_DELAY.plusSeconds(1));
      platform.fate = new FakePlatform.Fate.Refused(code);
      int before = attempts(connId);
      // Acknowledged 1 s ago: due in 19 s, dead in 29 s.
      time.advance(Duration.ofSeconds(28));
      assertThat(attempts(connId) - before).isGreaterThanOrEqualTo(3);
      platform.fate = new FakePlatform.Fate.Answered();
      time.advance(Duration.ofMinutes(1));
    }
  }

  private int attempts(String connId) {
    return (int) platform.seen.stream().filter(seen -> seen.connIds().contains(connId)).count();
  }

  @ParameterizedTest
  @ValueSource(ints = {4002, 4008, 127001, 4009})
  void aRefusalThatDoesNotPassIsNotHammeredAndHealsWhenItsCauseIsGone(int code) {
    keep("a");
    time.advance(FIRST_DELAY.plusSeconds(1));
    platform.seen.clear();
    platform.fate = new FakePlatform.Fate.Refused(code);

    time.advance(Duration.ofMinutes(1));
    assertThat(platform.seen).hasSizeBetween(8, 20); // 0.5 s apart at the least, mostly 2.5 to 5 s.
    assertThat(failures)
        .allMatch(failure -> ((PlatformException) failure).getCode() == code)
        .isNotEmpty();

    platform.start("a");
    platform.fate = new FakePlatform.Fate.Answered();
    time.advance(Duration.ofMinutes(5));
    assertThat(platform.isAlive("a")).isTrue();
  }

  @Test
  void aPlatformThatTakesSmallerBatchesGetsThem() {
    platform.batchLimit = 60;
    keep(ids(200));

    time.advance(Duration.ofMinutes(2));
    assertThat(heard).noneMatch(line -> line.startsWith("EXPIRED"));
    platform.seen.clear();
    failures.clear();
    time.advance(Duration.ofMinutes(1));

    assertThat(failures).isEmpty();
    assertThat(platform.seen).isNotEmpty().allMatch(seen -> seen.connIds().size() <= 60);
  }

  @Test
  void aBatchRefusedForOneIdIsSplitUntilThatIdIsAlone() {
    keep(ids(16));
    platform.fate = new FakePlatform.Fate.Refused(7003);
    time.advance(FIRST_DELAY.plusSeconds(8));
    assertThat(platform.seen).anyMatch(seen -> seen.connIds().size() == 1);

    platform.fate = new FakePlatform.Fate.Answered();
    time.advance(Duration.ofMinutes(2));

    assertThat(heard).noneMatch(line -> line.startsWith("EXPIRED"));
    assertThat(last().connIds()).hasSize(16);
  }

  @Test
  void aRefusalIsReportedOnceForEachCauseHoweverManyRequestsItHits() {
    keep(ids(600));
    time.advance(Duration.ofSeconds(30));
    platform.fate = new FakePlatform.Fate.Refused(4002);
    time.advance(Duration.ofSeconds(60));
    platform.fate = new FakePlatform.Fate.Refused(4007);
    time.advance(Duration.ofSeconds(60));

    assertThat(failures).hasSizeGreaterThan(10);
    assertThat(refusals)
        .extracting(refusal -> ((PlatformException) refusal).getCode())
        .containsExactly(4002, 4007);

    platform.fate = new FakePlatform.Fate.Answered();
    time.advance(Duration.ofMinutes(2));
    platform.fate = new FakePlatform.Fate.Refused(4002);
    keep("again");
    time.advance(Duration.ofSeconds(30));
    assertThat(refusals).hasSize(3);
  }

  @Test
  void idsThatArePresumedDeadAreSentAtOnceWhenThePlatformAnswersAgain() {
    Heartbeats single =
        new Heartbeats(
            platform,
            time,
            Runnable::run,
            HeartbeatPolicy.builder().batchLimit(1).build(),
            new Random(3),
            HeartbeatEvents.NONE);
    List<String> alive = new ArrayList<>();
    for (String connId : List.of("a", "b", "c", "d", "e")) {
      single.register(
          platform.start(connId),
          (id, state, cause) -> {
            if (state == HeartbeatState.ALIVE) {
              alive.add(id);
            }
          });
    }
    time.advance(Duration.ofSeconds(30));
    platform.fate = new FakePlatform.Fate.Refused(4002);
    time.advance(Duration.ofMinutes(3)); // By now each pauses for 10 to 20 s.
    List.of("a", "b", "c", "d", "e").forEach(platform::start);
    platform.fate = new FakePlatform.Fate.Answered();
    alive.clear();

    while (alive.isEmpty()) {
      time.advance(Duration.ofMillis(100));
    }
    time.advance(Duration.ofSeconds(2)); // Five places, and the answers' time.

    assertThat(alive).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
  }

  @Test
  void eachCauseOfRefusalsIsOneWarningInTheLog() {
    keep(ids(600));
    time.advance(Duration.ofSeconds(30));
    platform.fate = new FakePlatform.Fate.Refused(4002);
    time.advance(Duration.ofSeconds(60));

    assertThat(logged)
        .containsExactly(
            Level.WARNING
                + " heartbeats are refused, and ids will expire unless this is fixed: "
                + refusals.get(0).getMessage());
  }

  @Test
  void eachChangeOfTheBatchLimitIsOneWarningInTheLogAndTheHookHears() {
    platform.batchLimit = 60;
    keep(ids(600));
    time.advance(Duration.ofMinutes(2));

    assertThat(batchLimits).containsExactly(100, 50);
    assertThat(logged).hasSize(2);
    assertThat(logged.get(0))
        .startsWith(
            "WARNING heartbeat batches hold at most 100 ids for an hour, since the platform refused"
                + " a larger one: ")
        .contains("7004");
    logged.clear();

    platform.batchLimit = 200;
    time.advance(Duration.ofHours(1));

    assertThat(logged).containsExactly("WARNING heartbeat batches hold up to 200 ids again");
    assertThat(batchLimits).containsExactly(100, 50, 200);
    assertThat(heard).noneMatch(line -> line.startsWith("EXPIRED"));
    assertThat(last().connIds()).hasSize(200);
  }

  @Test
  void aLogHandlerThatThrowsCostsNoId() {
    AtomicInteger published = new AtomicInteger();
    Handler broken =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            published.incrementAndGet();
            throw new IllegalStateException("thrown by a test's log handler, on purpose");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    platform.batchLimit = 60;
    keep(ids(200));
    logger.addHandler(broken);
    try {
      time.advance(FIRST_DELAY.plusSeconds(1));
    } finally {
      logger.removeHandler(broken);
    }

    time.advance(Duration.ofMinutes(2));

    assertThat(published).hasPositiveValue();
    assertThat(heard).noneMatch(line -> line.startsWith("EXPIRED"));
    assertThat(heartbeats.snapshot().getIds()).containsOnly(Map.entry(HeartbeatState.ALIVE, 200));
  }
}
