package io.github.bililive.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.HeartbeatState;
import io.github.bililive.HeartbeatStatistics;
import io.github.bililive.KeepAlive;
import io.github.bililive.hook.FailureKind;
import io.github.bililive.hook.HeartbeatEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ids that join, leave and expire, and what their listeners hear. */
class HeartbeatHandlesTest extends HeartbeatsTestCase {
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
        .hasMessage("conn_id a is kept alive already: close its KeepAlive first");
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

  @Test
  void aListenerHearsEachStateOnce() {
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
  void aSnapshotCountsIdsRequestsAndFailures() {
    assertThat(heartbeats.snapshot().getIds()).isEmpty();
    assertThat(heartbeats.snapshot().getOldestAcknowledgementMillis()).isNull();
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
    assertThat(snapshot.getFailures()).containsOnlyKeys(FailureKind.NETWORK);
    assertThat(snapshot.getRequestsInFlight()).isPositive();
    assertThat(snapshot.getBatches()).isBetween(2, 4);
    assertThat(snapshot.getOldestAcknowledgementMillis()).isBetween(14_000L, 21_000L);
    assertThat(snapshot.toString()).contains("attempts=" + snapshot.getAttempts());
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
}
