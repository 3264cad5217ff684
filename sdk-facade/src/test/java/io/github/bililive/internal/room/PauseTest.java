package io.github.bililive.internal.room;

import static io.github.bililive.ConnectionState.Phase.AUTHENTICATING;
import static io.github.bililive.ConnectionState.Phase.BACKING_OFF;
import static io.github.bililive.ConnectionState.Phase.CLOSED;
import static io.github.bililive.ConnectionState.Phase.CONNECTING;
import static io.github.bililive.ConnectionState.Phase.OPEN;
import static io.github.bililive.ConnectionState.Phase.PAUSED;
import static io.github.bililive.ConnectionState.Phase.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.WarningLog;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A room that is told to pause, and to go on. */
class PauseTest extends MachineTestCase {
  private static final Duration KEPT = Duration.ofNanos(RoomCommands.KEPT_NANOS);

  private void pause() {
    machine.pause();
    time.runDue();
    assertThat(machine.state().getPhase()).isEqualTo(PAUSED);
  }

  private void resume() {
    machine.resume();
    time.runDue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"CONNECTING", "AUTHENTICATING", "OPEN"})
  void theSocketIsClosedAndNoAttemptIsMade(Phase phase) {
    bringTo(phase);
    pause();
    time.advance(Duration.ofHours(1));

    assertThat(machine.state().getPhase()).isEqualTo(PAUSED);
    assertThat(machine.state().getMessage()).isEqualTo("pause() was called");
    assertThat(world.lastSocket().isLive()).isFalse();
    assertThat(world.listeningTo).isNull();
    assertThat(world.sockets).hasSize(1);
    assertThat(world.starts).hasSize(1);
    assertThat(world.phases()).doesNotContain(BACKING_OFF).endsWith(PAUSED);
  }

  @Test
  void anOpenSocketIsClosedInOrder() {
    bringTo(OPEN);
    pause();

    assertThat(world.lastSocket().closed).isTrue();
    assertThat(world.lastSocket().cancelled).isFalse();
    time.advance(Duration.ofSeconds(1));
    assertThat(world.lastSocket().cancelled).isTrue();
  }

  @Test
  void noWarningIsLogged() {
    try (WarningLog log = WarningLog.open()) {
      bringTo(OPEN);
      pause();
      time.advance(Duration.ofHours(1));

      assertThat(log.of(ROOM)).isEmpty();
    }
  }

  @Test
  void withinAMinuteTheSameIdIsDialled() {
    bringTo(OPEN);
    pause();
    time.advance(KEPT.minus(TICK));
    assertThat(world.lastKept().closed).isFalse();
    resume();

    assertThat(machine.state().getPhase()).isEqualTo(CONNECTING);
    assertThat(world.starts).hasSize(1);
    time.advance(TICK);
    assertThat(world.lastKept().closed).isFalse();
  }

  @Test
  void afterAMinuteTheIdIsGivenUpAndTheRoomStartsAnew() {
    bringTo(OPEN);
    pause();
    time.advance(KEPT);

    assertThat(world.lastKept().closed).isTrue();
    assertThat(world.ended).containsExactly("c1");
    assertThat(machine.state().getPhase()).isEqualTo(PAUSED);
    resume();
    assertThat(machine.state().getPhase()).isEqualTo(STARTING);
    openSocket("c2");
    assertThat(machine.state().getPhase()).isEqualTo(AUTHENTICATING);
  }

  @Test
  void theStartThatIsUnderWayIsLetFinishAndItsIdKept() {
    bringTo(STARTING);
    pause();
    assertThat(world.lastStart().cancelled).isFalse();
    world.lastStart().answer("c1", LINKS);
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(PAUSED);
    assertThat(world.lastKept().closed).isFalse();
    assertThat(world.sockets).isEmpty();
    resume();
    assertThat(machine.state().getPhase()).isEqualTo(CONNECTING);
    assertThat(world.starts).hasSize(1);
  }

  @Test
  void theIdOfThatStartIsGivenUpAfterAMinuteToo() {
    bringTo(STARTING);
    pause();
    world.lastStart().answer("c1", LINKS);
    time.runDue();
    time.advance(KEPT);

    assertThat(world.lastKept().closed).isTrue();
    assertThat(world.ended).containsExactly("c1");
  }

  @Test
  void aRoomThatGoesOnWhileItsStartIsUnderWayMakesNoOther() {
    bringTo(STARTING);
    pause();
    resume();

    assertThat(machine.state().getPhase()).isEqualTo(STARTING);
    openSocket("c1");
    assertThat(machine.state().getPhase()).isEqualTo(AUTHENTICATING);
    assertThat(world.starts).hasSize(1);
  }

  @Test
  void aStartThatFailsMeanwhileIsNotMadeAgainBeforeThePauseIsOver() {
    bringTo(STARTING);
    pause();
    world.lastStart().refuse(7002);
    time.runDue();
    assertThat(machine.state().getPhase()).isEqualTo(PAUSED);
    time.advance(Duration.ofSeconds(10));
    resume();

    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().getReason()).isEqualTo(Reason.REDIALLED);
    assertThat(machine.state().getRetryInMillis()).isEqualTo(20_000);
    time.advance(Duration.ofSeconds(20).minus(TICK));
    assertThat(world.starts).hasSize(1);
    time.advance(TICK);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void aStartWithoutAUsableAddressMeanwhileLeavesTheRoomPaused() {
    bringTo(STARTING);
    pause();
    world.lastStart().answer("c1", "http://one.test/sub");
    time.advance(Duration.ofHours(1));

    assertThat(machine.state().getPhase()).isEqualTo(PAUSED);
    assertThat(world.ended).containsExactly("c1");
    resume();
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void aStartThatIsRefusedForGoodMeanwhileEndsTheRoom() {
    bringTo(STARTING);
    pause();
    world.lastStart().refuse(4008);
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(CLOSED);
    assertThat(machine.state().getReason()).isEqualTo(Reason.REFUSED);
  }

  @Test
  void anErrorMeanwhileLeavesTheRoomPaused() {
    bringTo(STARTING);
    pause();
    world.errors.add(new OutOfMemoryError("thrown by a test, on purpose"));
    world.lastStart().answer("c1", LINKS);
    time.advance(Duration.ofHours(1));

    assertThat(machine.state().getPhase()).isEqualTo(PAUSED);
    resume();
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void pausedTwiceItGoesOnAtTheFirstResume() {
    bringTo(OPEN);
    pause();
    pause();
    int states = world.states.size();
    resume();
    assertThat(machine.state().getPhase()).isEqualTo(CONNECTING);
    resume();

    assertThat(machine.state().getPhase()).isEqualTo(CONNECTING);
    assertThat(world.states).hasSize(states + 1);
    assertThat(world.sockets).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"IDLE", "STARTING", "CONNECTING", "AUTHENTICATING", "OPEN", "BACKING_OFF"})
  void aRoomThatIsNotPausedHasNothingToResume(Phase phase) {
    bringTo(phase);
    int states = world.states.size();
    resume();

    assertThat(machine.state().getPhase()).isEqualTo(phase);
    assertThat(world.states).hasSize(states);
  }

  @Test
  void aRoomThatBacksOffStopsAndGoesOnAtOnce() {
    bringTo(BACKING_OFF);
    pause();
    time.advance(LONGEST_PAUSE);
    assertThat(world.sockets).hasSize(1);
    resume();

    assertThat(machine.state().getPhase()).isEqualTo(CONNECTING);
  }

  @Test
  void closedWhilePausedItStaysClosed() {
    bringTo(PAUSED);
    machine.close(Reason.CLOSED_BY_USER, "");
    resume();
    machine.pause();
    time.advance(Duration.ofHours(1));

    assertThat(machine.state().getPhase()).isEqualTo(CLOSED);
    assertThat(world.lastKept().closed).isTrue();
    assertThat(world.ended).containsExactly("c1");
    assertThat(world.sockets).hasSize(1);
    assertThat(world.starts).hasSize(1);
  }

  @Test
  void closedWhilePausedAndBeingStartedItTakesTheAnswerOfNobody() {
    bringTo(STARTING);
    pause();
    machine.close(Reason.CLOSED_BY_USER, "");
    time.runDue();

    assertThat(world.lastStart().cancelled).isTrue();
    world.lastStart().answer("c1", LINKS);
    time.runDue();
    assertThat(machine.state().getPhase()).isEqualTo(CLOSED);
    assertThat(world.kept).isEmpty();
  }

  @Test
  void anIdThatDiesMeanwhileBecomesANewStart() {
    bringTo(PAUSED);
    world.lastKept().expire();
    time.advance(Duration.ofHours(1));
    assertThat(machine.state().getPhase()).isEqualTo(PAUSED);
    resume();

    assertThat(machine.state().getPhase()).isEqualTo(STARTING);
  }

  @Test
  void manyThatGoOnAtOnceTakeTheirTurns() {
    bringTo(PAUSED);
    useUpDials();
    resume();

    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().getReason()).isEqualTo(Reason.REDIALLED);
    assertThat(machine.state().getMessage()).isEqualTo("resume() was called");
    assertThat(machine.state().getRetryInMillis()).isEqualTo(50);
    time.advance(Duration.ofMillis(50));
    assertThat(machine.state().getPhase()).isEqualTo(CONNECTING);
  }

  @Test
  void aRoomThatWaitsForItsTurnCanBePausedAgain() {
    bringTo(PAUSED);
    useUpDials();
    resume();
    pause();
    time.advance(Duration.ofSeconds(10));

    assertThat(machine.state().getPhase()).isEqualTo(PAUSED);
    assertThat(world.sockets).hasSize(1);
  }

  @Test
  void redialDoesNotWakeAPausedRoom() {
    bringTo(PAUSED);
    machine.redial();
    time.advance(Duration.ofHours(1));

    assertThat(machine.state().getPhase()).isEqualTo(PAUSED);
    assertThat(world.sockets).hasSize(1);
  }
}
