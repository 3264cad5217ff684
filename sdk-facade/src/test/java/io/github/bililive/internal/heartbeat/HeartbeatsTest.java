package io.github.bililive.internal.heartbeat;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.HeartbeatListener;
import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.HeartbeatStatistics;
import io.github.bililive.KeepAlive;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.hook.FailureKind;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.internal.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heartbeats in virtual time, with the default interval of 20 s and time to live of 30 s. */
class HeartbeatsTest {
  private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
  private static final Duration INTERVAL = Duration.ofSeconds(20);

  /** The interval, less 99 hundredths of a place of the pace: a third of a second. */
  private static final Duration PERIOD = INTERVAL.minusNanos(333_333_334L * 99 / 100);

  private static final Duration TICK = Duration.ofNanos(1);

  private final VirtualTime time = new VirtualTime();
  private final FakePlatform platform = new FakePlatform(time);
  private final List<String> heard = new ArrayList<>();
  private final List<BiliLiveException> failures = new ArrayList<>();
  private final List<BiliLiveException> refusals = new ArrayList<>();
  private final HeartbeatPolicy policy = HeartbeatPolicy.DEFAULT;
  private final Heartbeats heartbeats =
      new Heartbeats(
          platform,
          time,
          Runnable::run,
          policy,
          new Random(1),
          new HeartbeatEvents() {
            @Override
            public void requestFailed(
                List<String> connIds,
                FailureKind kind,
                BiliLiveException cause,
                long retryInMillis) {
              failures.add(cause);
            }

            @Override
            public void refused(BiliLiveException cause) {
              refusals.add(cause);
            }
          });

  private final HeartbeatListener listener =
      (connId, state, cause) -> {
        if (state != HeartbeatState.ALIVE) {
          heard.add(state + " " + connId);
        }
      };

  @Test
  void theFirstHeartbeatComesAQuarterOfTheIntervalAfterRegisteringAndNotBefore() {
    keep("a");

    time.advance(FIRST_DELAY.minus(TICK));
    assertThat(platform.seen).isEmpty();

    time.advance(TICK);
    assertThat(platform.seen).containsExactly(new FakePlatform.Seen(FIRST_DELAY, List.of("a")));
  }

  @Test
  void heartbeatsBeginALittleLessThanOneIntervalApartHoweverLongAnAnswerTakes() {
    platform.latency = Duration.ofMillis(2_900);
    keep("a");

    time.advance(FIRST_DELAY.plus(PERIOD).minus(TICK));
    assertThat(platform.seen).hasSize(1);
    time.advance(TICK);
    assertThat(platform.seen).hasSize(2);
    time.advance(PERIOD.minus(TICK));
    assertThat(platform.seen).hasSize(2);
    time.advance(TICK);
    assertThat(platform.seen).hasSize(3);
  }

  @Test
  void idsRegisteredTogetherGoInOneRequest() {
    keep("a", "b");
    time.advance(Duration.ofSeconds(4));
    keep("c");

    time.advance(Duration.ofSeconds(1));

    assertThat(platform.seen).hasSize(1);
    assertThat(platform.seen.get(0).connIds()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void idsRegisteredApartComeToShareRequests() {
    for (int i = 0; i < 10; i++) {
      keep("id" + i);
      time.advance(Duration.ofSeconds(7));
    }
    time.advance(INTERVAL.multipliedBy(2));
    platform.seen.clear();

    time.advance(INTERVAL.multipliedBy(10));

    assertThat(platform.seen).hasSizeBetween(9, 11);
    assertThat(platform.seen.get(5).connIds()).hasSize(10);
    assertThat(heard).isEmpty();
  }

  @Test
  void aBatchHoldsAtMost200Ids() {
    keep(ids(401));

    time.advance(FIRST_DELAY.plusSeconds(1));

    assertThat(platform.seen)
        .extracting(seen -> seen.connIds().size())
        .containsExactlyInAnyOrder(200, 200, 1);
  }

  @Test
  void batchesThatThinOutAreMerged() {
    List<KeepAlive> kept = keep(ids(1_000));
    time.advance(INTERVAL);
    for (int i = 0; i < kept.size(); i++) {
      if (i % 10 != 0) {
        kept.get(i).close();
      }
    }
    time.advance(INTERVAL.multipliedBy(2));
    platform.seen.clear();

    time.advance(INTERVAL);

    assertThat(platform.seen).hasSize(1);
    assertThat(platform.seen.get(0).connIds()).hasSize(100);
  }

  @Test
  void thousandsOfIdsAtOnceAreSpreadAndNoneIsLost() {
    keep(ids(20_000)); // 100 batches: 5 a second, and 2 more.

    time.advance(Duration.ofMinutes(3));

    assertThat(heard).isEmpty();
    for (FakePlatform.Seen first : platform.seen) {
      long inOneSecond =
          platform.seen.stream()
              .filter(
                  other ->
                      other.at().compareTo(first.at()) >= 0
                          && other.at().compareTo(first.at().plusSeconds(1)) < 0)
              .count();
      assertThat(inOneSecond).isLessThanOrEqualTo(7);
    }
    assertThat(platform.largestGaps).hasSize(20_000);
    assertThat(platform.largestGaps.values()).allMatch(gap -> gap < seconds(21));
  }

  @Test
  void anIdThatThePlatformCallsDeadIsReportedAndDroppedAndTheOthersGoOn() {
    keep("a", "b", "c");
    time.advance(FIRST_DELAY.plusSeconds(1));
    platform.kill("b");

    time.advance(INTERVAL);
    assertThat(heard).containsExactly("EXPIRED b");
    time.advance(INTERVAL);

    assertThat(heard).containsExactly("EXPIRED b");
    assertThat(last().connIds()).containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void idsThatWereNotSentMayStandAmongTheDead() {
    platform.alsoFailed = Set.of("stranger");
    keep("a", "b");

    time.advance(INTERVAL.multipliedBy(2));

    assertThat(heard).isEmpty();
    assertThat(last().connIds()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void allIdsMayBeDeadAndNewOnesAreKeptAliveAfterThat() {
    keep("a", "b");
    platform.kill("a");
    platform.kill("b");
    time.advance(FIRST_DELAY.plusSeconds(1));
    assertThat(heard).containsExactlyInAnyOrder("EXPIRED a", "EXPIRED b");
    int requests = platform.seen.size();
    time.advance(INTERVAL.multipliedBy(3));
    assertThat(platform.seen).hasSize(requests);
    assertThat(time.pending()).isZero();

    keep("c");
    time.advance(FIRST_DELAY);

    assertThat(last().connIds()).containsExactly("c");
  }

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
  void theLoopOutlivesAnOutageAndReportsWhatDiedInIt() {
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

    // Pauses of 2.5 to 5 s.
    assertThat(platform.seen).hasSizeBetween(120, 240);
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
    assertThat(heard).doesNotContain("EXPIRED a");
    assertThat(failures).hasOnlyElementsOfType(NetworkException.class);
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
  void aPlatformThatTakesSmallerBatchesGetsSmallerBatches() {
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
  void anIdThatLeftIsNotSentAndNotHeardOfAgain() {
    KeepAlive a = keep("a", "b").get(0);
    time.advance(FIRST_DELAY.plusSeconds(1));
    platform.kill("a");

    a.close();
    a.close();
    time.advance(INTERVAL);

    assertThat(last().connIds()).containsExactly("b");
    assertThat(heard).isEmpty();
    assertThat(a.getState()).isEqualTo(HeartbeatState.CLOSED);
  }

  @Test
  void anIdThatLeavesWhileItsRequestIsUnderWayHearsNothingOfIt() {
    KeepAlive a = keep("a").get(0);
    platform.kill("a");
    time.advance(FIRST_DELAY);
    a.close();

    time.advance(Duration.ofMinutes(1));

    assertThat(heard).isEmpty();
    assertThat(platform.seen).hasSize(1);
    assertThat(time.pending()).isZero();
  }

  @Test
  void anIdThatLeavesAndComesBackUnderWayIsNeverInTwoRequests() {
    platform.latency = Duration.ofSeconds(2);
    keep("a").get(0);
    KeepAlive first = keep("b").get(0);
    time.advance(FIRST_DELAY.plusSeconds(1));
    first.close();
    KeepAlive second = heartbeats.register("b", listener);

    time.advance(Duration.ofMinutes(2)); // FakePlatform asserts.
    assertThat(second.getState()).isEqualTo(HeartbeatState.ALIVE);
    assertThat(last().connIds()).containsExactlyInAnyOrder("a", "b");

    platform.kill("b");
    time.advance(INTERVAL.plusSeconds(2));
    assertThat(heard).containsExactly("EXPIRED b");
    assertThat(second.getState()).isEqualTo(HeartbeatState.EXPIRED);
    assertThat(first.getState()).isEqualTo(HeartbeatState.CLOSED);
  }

  @Test
  void anExpiredIdMayBeRegisteredAgain() {
    keep("a");
    platform.kill("a");
    time.advance(FIRST_DELAY.plusSeconds(1));
    assertThat(heard).containsExactly("EXPIRED a");

    keep("a");
    time.advance(Duration.ofMinutes(1));

    assertThat(platform.isAlive("a")).isTrue();
    assertThat(heard).containsExactly("EXPIRED a");
  }

  @Test
  void anIdIsAsOldAsItsRegistrationHoweverOldTheClientIs() {
    time.advance(Duration.ofHours(1));
    KeepAlive heartbeat = heartbeats.register("a", listener);
    assertThat(heartbeat.getMillisSinceAcknowledged()).isZero();

    time.advance(Duration.ofSeconds(1));
    assertThat(heartbeat.getMillisSinceAcknowledged()).isEqualTo(1_000);
    assertThat(heartbeat.getState()).isEqualTo(HeartbeatState.NEW);
  }

  @Test
  void registeringAnIdTwiceOrAnEmptyOneIsAnErrorThatSaysSo() {
    keep("a");

    assertThatThrownBy(() -> heartbeats.register("a", listener))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("conn_id a is kept alive already: close its Heartbeat first");
    assertThatThrownBy(() -> heartbeats.register("", listener))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("connId is empty");
  }

  @Test
  void closingCancelsWhatIsUnderWayAndLetsNobodyHearAnythingMore() {
    KeepAlive a = keep("a").get(0);
    platform.fate = new FakePlatform.Fate.Hanging();
    time.advance(FIRST_DELAY);

    heartbeats.close();
    heartbeats.close();
    time.advance(Duration.ofMinutes(1));

    assertThat(platform.cancelled).isEqualTo(1);
    assertThat(platform.seen).hasSize(1);
    assertThat(heard).isEmpty();
    assertThat(failures).isEmpty();
    assertThat(a.getState()).isEqualTo(HeartbeatState.CLOSED);
    assertThatThrownBy(() -> keep("b"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the client is closed");
  }

  @Test
  void afterAnHourAsleepIdsAreBeatenAtOnceAndTheDeadAreReported() {
    keep("a");
    time.advance(Duration.ofMinutes(1));
    platform.seen.clear();
    time.sleep(Duration.ofHours(1));

    time.runDue();
    assertThat(heard).containsExactly("UNKNOWN a");
    assertThat(platform.seen).hasSize(1);
    time.advance(Duration.ofMillis(20));

    assertThat(heard).containsExactly("UNKNOWN a", "EXPIRED a");
  }

  @Test
  void aListenerThatThrowsEndsNothing() {
    heartbeats.register(
        platform.start("a"),
        (connId, state, cause) -> {
          throw new IllegalStateException("thrown by a test's listener, on purpose");
        });
    keep("b");
    platform.kill("a");

    time.advance(Duration.ofMinutes(2));

    assertThat(platform.isAlive("b")).isTrue();
    assertThat(last().connIds()).containsExactly("b");
  }

  @Test
  void aListenerMayRegisterTheNextConnectionFromItsCallback() {
    heartbeats.register(
        platform.start("a"),
        (connId, state, cause) -> heartbeats.register(platform.start("a2"), listener));
    platform.kill("a");

    time.advance(Duration.ofMinutes(2));

    assertThat(platform.isAlive("a2")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noIdWaitsLongerThanTheIntervalAndOneRequestUnderJoinsLeavesAndLatency(long seed) {
    Random random = new Random(seed);
    List<KeepAlive> kept = new ArrayList<>();
    int next = 0;
    for (int step = 0; step < 2_000; step++) {
      platform.latency = Duration.ofMillis(random.nextInt(2_500));
      if (random.nextInt(3) > 0 || kept.isEmpty()) {
        kept.addAll(keep("id" + next++));
      } else {
        kept.remove(random.nextInt(kept.size())).close();
      }
      time.advance(Duration.ofMillis(random.nextInt(500)));
    }

    assertThat(heard).isEmpty();
    assertThat(kept).allMatch(heartbeat -> platform.isAlive(heartbeat.getConnId()));
    // From a beat that arrived at once to one that took the longest, and a second for the pace.
    assertThat(platform.largestGaps.values()).allMatch(gap -> gap <= seconds(20 + 2.5 + 1));
  }

  @Test
  void anIdIsToldEachStateThatItComesToOnce() {
    List<String> told = new ArrayList<>();
    KeepAlive a =
        heartbeats.register(
            platform.start("a"),
            (connId, state, cause) ->
                told.add(time.elapsed().toMillis() + " " + state + (cause == null ? "" : " why")));
    assertThat(a.getState()).isEqualTo(HeartbeatState.NEW);
    time.advance(Duration.ofSeconds(6));
    platform.fate = new FakePlatform.Fate.Lost();
    time.advance(Duration.ofSeconds(60));
    platform.fate = new FakePlatform.Fate.AnswerLost();
    time.advance(Duration.ofSeconds(6));
    platform.start("a"); // Nobody on this side can know.
    platform.fate = new FakePlatform.Fate.Answered();
    time.advance(Duration.ofSeconds(6));

    assertThat(told).hasSize(4);
    assertThat(told.subList(0, 3))
        .containsExactly("5020 ALIVE", "30000 AT_RISK why", "35000 UNKNOWN why");
    assertThat(told.get(3)).endsWith(" ALIVE");
    assertThat(a.getState()).isEqualTo(HeartbeatState.ALIVE);
  }

  @Test
  void aReasonOfOursIsReportedOnceHoweverManyRequestsItHits() {
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
  void idsOfUnknownFateAreBeatenAtOnceWhenThePlatformAnswersAgain() {
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
  void aSnapshotCountsIdsRequestsAndFailures() {
    assertThat(heartbeats.snapshot().getIds()).isEmpty();
    assertThat(heartbeats.snapshot().getOldestAcknowledgementMillis())
        .isEqualTo(HeartbeatStatistics.NONE);
    keep(ids(401));
    platform.kill("id7");
    time.advance(Duration.ofSeconds(7));
    keep("new");
    platform.fate = new FakePlatform.Fate.Hanging();
    time.advance(Duration.ofSeconds(14));

    HeartbeatStatistics snapshot = heartbeats.snapshot();
    assertThat(snapshot.getIds())
        .containsOnly(Map.entry(HeartbeatState.ALIVE, 400), Map.entry(HeartbeatState.NEW, 1));
    assertThat(snapshot.getExpired()).isEqualTo(1);
    assertThat(snapshot.getBatchLimit()).isEqualTo(200);
    assertThat(snapshot.getAcknowledged()).isEqualTo(3);
    assertThat(snapshot.getAttempts()).isEqualTo(platform.seen.size()).isGreaterThan(3);
    assertThat(snapshot.getFailures()).containsOnlyKeys(FailureKind.NO_ANSWER);
    assertThat(snapshot.getRequestsInFlight()).isPositive();
    assertThat(snapshot.getBatches()).isBetween(2, 4);
    assertThat(snapshot.getOldestAcknowledgementMillis()).isBetween(14_000L, 21_000L);
    assertThat(snapshot.toString()).contains("attempts=" + snapshot.getAttempts());
  }

  @Test
  void aCallThatCannotBeCalledOffIsGivenUpAllTheSame() {
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

  @Test
  void theSdksOwnListenersHearAtOnceAndAUsersOnTheCallbackExecutorUntilClose() {
    List<Runnable> callbacks = new ArrayList<>();
    List<String> told = new ArrayList<>();
    Heartbeats two =
        new Heartbeats(platform, time, callbacks::add, policy, new Random(1), HeartbeatEvents.NONE);
    two.registerDirectly(
        platform.start("own"), (connId, state, cause) -> told.add(connId + " " + state));
    two.register(platform.start("users"), (connId, state, cause) -> told.add(connId + " " + state));

    time.advance(Duration.ofSeconds(10));
    assertThat(told).containsExactly("own ALIVE");
    callbacks.remove(0).run();
    assertThat(told).containsExactly("own ALIVE", "users ALIVE");

    time.sleep(Duration.ofSeconds(60));
    time.runDue();
    assertThat(told).contains("own UNKNOWN").doesNotContain("users UNKNOWN");
    assertThat(callbacks).isNotEmpty();
    two.close();
    callbacks.forEach(Runnable::run);
    assertThat(told).doesNotContain("users UNKNOWN");
  }

  @Test
  void idsThatJoinAndLeaveOnManyThreadsAreAllKeptAndLetGo() throws Exception {
    int threads = 4;
    int each = 5_000;
    List<KeepAlive> kept = Collections.synchronizedList(new ArrayList<>());
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (SystemTime real = new SystemTime()) {
      Set<String> sent = ConcurrentHashMap.newKeySet();
      Heartbeats many =
          new Heartbeats(
              (connIds, timeoutNanos, callback) -> {
                sent.addAll(connIds);
                callback.onSuccess(Set.of());
                return () -> {};
              },
              real,
              Runnable::run,
              HeartbeatPolicy.builder().interval(40, MILLISECONDS).build(),
              new Random(1),
              HeartbeatEvents.NONE);
      List<Future<?>> joining = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int number = thread;
        joining.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    KeepAlive joined =
                        many.register(number + "-" + i, (connId, state, cause) -> {});
                    if (i % 2 == 0) {
                      joined.close();
                    } else {
                      kept.add(joined);
                    }
                  }
                }));
      }
      for (Future<?> done : joining) {
        done.get();
      }

      real.await(() -> kept.stream().allMatch(id -> id.getState() == HeartbeatState.ALIVE));
      assertThat(kept).hasSize(threads * each / 2);
      assertThat(many.snapshot().getIds())
          .containsOnly(Map.entry(HeartbeatState.ALIVE, kept.size()));
      assertThat(kept).allMatch(id -> sent.contains(id.getConnId()));
      kept.forEach(KeepAlive::close);
      real.await(() -> many.snapshot().getBatches() == 0);
      many.close();
    } finally {
      executor.shutdown();
    }
  }

  private List<KeepAlive> keep(String... connIds) {
    List<KeepAlive> kept = new ArrayList<>();
    for (String connId : connIds) {
      kept.add(heartbeats.register(platform.start(connId), listener));
    }
    return kept;
  }

  private static String[] ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "id" + i).toArray(String[]::new);
  }

  private FakePlatform.Seen last() {
    return platform.seen.get(platform.seen.size() - 1);
  }

  private static long seconds(double seconds) {
    return MILLISECONDS.toNanos((long) (seconds * 1_000));
  }
}
