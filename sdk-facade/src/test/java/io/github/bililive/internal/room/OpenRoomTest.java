package io.github.bililive.internal.room;

import static io.github.bililive.ConnectionState.Phase.BACKING_OFF;
import static io.github.bililive.ConnectionState.Phase.CONNECTING;
import static io.github.bililive.ConnectionState.Phase.OPEN;
import static io.github.bililive.ConnectionState.Phase.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.HeartbeatState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An open room: its heartbeats, what it is lost by, and how soon it comes back. */
class OpenRoomTest extends MachineTestCase {
  @Test
  void anOpenSocketIsClosedInOrderAndGivenASecondForThat() {
    bringTo(OPEN);
    machine.close(Reason.CLOSED_BY_USER, "");
    time.runDue();

    assertThat(world.lastSocket().closed).isTrue();
    assertThat(world.lastSocket().cancelled).isFalse();
    time.advance(Duration.ofNanos(RoomSocket.GOODBYE_NANOS));
    assertThat(world.lastSocket().cancelled).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"CONNECTING", "AUTHENTICATING"})
  void aSocketThatIsNotOpenYetIsCancelled(Phase phase) {
    bringTo(phase);
    machine.close(Reason.CLOSED_BY_USER, "");
    time.runDue();

    assertThat(world.lastSocket().closed).isFalse();
    assertThat(world.lastSocket().cancelled).isTrue();
  }

  @Test
  void itBeatsAtEachIntervalAsLongAsRepliesCome() {
    bringTo(OPEN);
    for (int second = 0; second < 1_000; second++) {
      world.lastSocket().events.heartbeatReply();
      time.advance(Duration.ofSeconds(1));
    }

    // The auth body, and a heartbeat each 15 to 20 s.
    assertThat(world.lastSocket().sent).hasSizeBetween(1 + 50, 1 + 68);
    assertThat(machine.state().getPhase()).isEqualTo(OPEN);
  }

  @Test
  void anUnansweredHeartbeatFailsTheConnectionAtTheNextBeatAndNotBefore() {
    bringTo(OPEN);
    time.advance(BEAT.minus(TICK));
    assertThat(machine.state().getPhase()).isEqualTo(OPEN);
    time.advance(TICK);
    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().getMessage()).contains("heartbeat was not answered");
    assertThat(world.lastSocket().cancelled).isTrue();
  }

  @Test
  void aReaderThatIsBusyInASlowCallbackIsNotDead() {
    bringTo(OPEN);
    world.lastSocket().heldBack = true;
    time.advance(BEAT.multipliedBy(10));
    assertThat(machine.state().getPhase()).isEqualTo(OPEN);

    world.lastSocket().heldBack = false;
    world.lastSocket().events.heartbeatReply();
    time.advance(BEAT.dividedBy(2));
    assertThat(machine.state().getPhase()).isEqualTo(OPEN);
    time.advance(BEAT.multipliedBy(2));
    assertThat(world.phases()).contains(BACKING_OFF);
  }

  @Test
  void aLostSocketIsReplacedWithTheSameConnIdAndAuthBody() {
    bringTo(OPEN);
    world.lastSocket().lose("connection reset");
    time.advance(LONGEST_PAUSE);
    world.lastSocket().events.opened();
    time.runDue();

    assertThat(world.starts).hasSize(1);
    assertThat(world.lastSocket().sent).containsExactly("auth of c1");
    assertThat(world.lastKept().closed).isFalse();
  }

  @Test
  void twoFailuresAtOnceAreOne() {
    bringTo(OPEN);
    world.lastSocket().lose("connection reset");
    world.lastSocket().lose("closed");
    world.lastKept().expire();
    time.advance(LONGEST_PAUSE);

    assertThat(world.phases().stream().filter(phase -> phase == BACKING_OFF)).hasSize(1);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void anExpiredConnIdMeansANewStart() {
    bringTo(OPEN);
    world.lastKept().expire();
    time.runDue();
    assertThat(machine.state().getMessage()).isEqualTo("conn_id c1 has expired");
    assertThat(world.lastSocket().cancelled).isTrue();
    assertThat(world.lastKept().closed).isTrue();

    time.advance(LONGEST_PAUSE);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void interactionEndCountsForThePresentConnIdAlone() {
    bringTo(OPEN);
    world.lastSocket().events.interactionEnded("some other id");
    time.runDue();
    assertThat(machine.state().getPhase()).isEqualTo(OPEN);

    world.lastSocket().events.interactionEnded("c1");
    time.runDue();
    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    time.advance(LONGEST_PAUSE);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void anIdThatIsGivenUpWhileItMayLiveIsEndedAndAHeldOneIsNot() {
    bringTo(OPEN);
    world.lastSocket().lose("reset");
    backOff();
    assertThat(world.ended).isEmpty();
    world.lastSocket().events.opened();
    world.lastSocket().events.authReply(-101);
    time.runDue();
    assertThat(world.ended).containsExactly("c1");

    backOff();
    world.lastStart().answer("c2", "http://no.socket");
    time.runDue();
    assertThat(world.ended).containsExactly("c1", "c2");
  }

  @Test
  void expiryWhileBackingOffTurnsTheNextAttemptIntoAStart() {
    bringTo(OPEN);
    world.lastSocket().lose("reset");
    time.runDue();
    world.lastKept().expire();
    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);

    time.advance(LONGEST_PAUSE);

    assertThat(world.sockets).hasSize(1);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void theBackOffIsResetByAWholeAnsweredBeatAndNotByOpening() {
    bringTo(OPEN);
    for (int i = 0; i < 10; i++) { // Opens, and is lost at once.
      world.lastSocket().lose("reset");
      time.advance(LONGEST_PAUSE.plusSeconds(1));
      world.lastSocket().events.opened();
      world.lastSocket().events.authReply(0);
      time.runDue();
    }
    assertThat(world.states.stream().filter(s -> s.getPhase() == BACKING_OFF))
        .anyMatch(s -> s.getRetryInMillis() > 10_000);

    world.lastSocket().events.heartbeatReply();
    time.advance(BEAT);
    world.lastSocket().lose("reset");
    time.runDue();

    assertThat(machine.state().getRetryInMillis()).isLessThanOrEqualTo(1_000);
  }

  @Test
  void lostSoonAfterItCameBackFromAnOutageItIsTriedAgainWithinASecond() {
    bringTo(OPEN);
    outage(12);
    reopen();
    time.advance(Duration.ofSeconds(3));
    world.lastSocket().lose("reset");
    time.runDue();

    assertThat(machine.state().getRetryInMillis()).isLessThanOrEqualTo(1_000);
    time.advance(Duration.ofSeconds(1));
    assertThat(machine.state().getPhase()).isEqualTo(CONNECTING);
  }

  @Test
  void theQuickAttemptThatFailsIsFollowedByLongerAndLongerPausesAgain() {
    bringTo(OPEN);
    outage(12);
    reopen();
    world.lastSocket().lose("reset");
    backOff();
    int states = world.states.size();
    outage(40);

    List<Long> pauses =
        world.states.subList(states, world.states.size()).stream()
            .filter(state -> state.getPhase() == BACKING_OFF)
            .map(ConnectionState::getRetryInMillis)
            .toList();
    assertThat(pauses.get(0)).isLessThanOrEqualTo(2_000);
    assertThat(pauses.get(1)).isLessThanOrEqualTo(4_000);
    assertThat(pauses).anyMatch(millis -> millis > 20_000);
  }

  @Test
  void theTimeThatItWasOpenCountsAsWaited() {
    bringTo(OPEN);
    for (int i = 0; i < 100; i++) { // Never open for a whole beat.
      time.advance(BEAT.minusSeconds(2));
      world.lastSocket().lose("reset");
      time.runDue();
      assertThat(machine.state().getRetryInMillis()).isLessThanOrEqualTo(12_000);
      backOff();
      reopen();
    }
    assertThat(world.states.stream().filter(s -> s.getPhase() == BACKING_OFF))
        .anyMatch(s -> s.getRetryInMillis() > 6_000);
  }

  /** Lets a number of sockets in a row fail to open. */
  private void outage(int failures) {
    for (int i = 0; i < failures; i++) {
      world.lastSocket().lose("refused");
      backOff();
      if (machine.state().getPhase() == STARTING) { // The addresses were taken for dead.
        world.lastStart().answer("c" + world.starts.size(), LINKS);
        time.runDue();
      }
    }
  }

  private void reopen() {
    world.lastSocket().events.opened();
    world.lastSocket().events.authReply(0);
    time.runDue();
    assertThat(machine.state().getPhase()).isEqualTo(OPEN);
  }

  @Test
  void afterAnHourAsleepTheConnIdIsGivenUpAndANewOneStarted() {
    bringTo(OPEN);
    world.lastSocket().events.heartbeatReply();
    time.runDue();
    time.sleep(Duration.ofHours(1));
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().getMessage()).startsWith("asleep for 35").contains("has expired");
    time.advance(Duration.ofSeconds(1));
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void afterAnHourAsleepWhileBackingOffANewConnIdIsStarted() {
    bringTo(OPEN);
    world.lastSocket().lose("reset");
    time.runDue();
    time.sleep(Duration.ofHours(1));
    time.advance(LONGEST_PAUSE);

    assertThat(world.starts).hasSize(2);
    assertThat(world.sockets).hasSize(1);
  }

  @Test
  void aNapShorterThanAnIdLivesKeepsTheId() {
    bringTo(OPEN);
    world.lastSocket().events.heartbeatReply();
    time.advance(BEAT.minusSeconds(1));
    time.sleep(TIME_TO_LIVE);
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(OPEN);
  }

  @Test
  void aRoomWhoseIdIsNotAcknowledgedForItsTimeToLiveIsNotPlainlyOpen() {
    bringTo(OPEN);
    world.states.clear();
    world.lastKept().become(HeartbeatState.AT_RISK);
    assertThat(world.states).isEmpty();

    world.lastKept().become(HeartbeatState.UNKNOWN);
    assertThat(machine.state().getPhase()).isEqualTo(OPEN);
    assertThat(machine.state().getReason()).isEqualTo(Reason.HEARTBEATS_UNACKNOWLEDGED);
    assertThat(machine.state())
        .hasToString("OPEN (no heartbeat is acknowledged: conn_id may have expired)");
    world.lastKept().become(HeartbeatState.ALIVE);

    assertThat(world.states)
        .extracting(ConnectionState::getReason)
        .containsExactly(Reason.HEARTBEATS_UNACKNOWLEDGED, Reason.NONE);
    world.lastSocket().events.heartbeatReply();
    time.advance(BEAT); // Its socket's heartbeats go on.
    assertThat(world.lastSocket().sent).containsExactly("auth of c1", "beat", "beat");
  }

  @Test
  void aSocketThatIsOpenedForAnUnacknowledgedIdIsNotPlainlyOpenEither() {
    bringTo(OPEN);
    world.lastSocket().lose("reset");
    time.runDue();
    world.lastKept().become(HeartbeatState.UNKNOWN);
    backOff();
    world.lastSocket().events.opened();
    time.runDue();
    world.lastSocket().events.authReply(0);
    time.runDue();

    assertThat(machine.state().getReason()).isEqualTo(Reason.HEARTBEATS_UNACKNOWLEDGED);
    world.lastKept().expire();
    assertThat(machine.state().getReason()).isEqualTo(Reason.CONN_ID_EXPIRED);
  }
}
