package io.github.bililive.internal.room;

import static io.github.bililive.ConnectionState.Phase.BACKING_OFF;
import static io.github.bililive.ConnectionState.Phase.CLOSED;
import static io.github.bililive.ConnectionState.Phase.IDLE;
import static io.github.bililive.ConnectionState.Phase.OPEN;
import static io.github.bililive.ConnectionState.Phase.PAUSED;
import static io.github.bililive.ConnectionState.Phase.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A room that is told to start anew, since its id is of no use. */
class RestartTest extends MachineTestCase {
  private void restart() {
    machine.restart();
    time.runDue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"CONNECTING", "AUTHENTICATING", "OPEN", "BACKING_OFF"})
  void theIdIsGivenUpAndAnotherAskedForAtOnce(Phase phase) {
    bringTo(phase);
    restart();

    assertThat(machine.state().getPhase()).isEqualTo(STARTING);
    assertThat(world.starts).hasSize(2);
    assertThat(world.sockets).hasSize(1);
    assertThat(world.lastSocket().isLive()).isFalse();
    assertThat(world.kept.get(0).closed).isTrue();
    assertThat(world.ended).containsExactly("c1");
    openSocket("c2");
    world.lastSocket().events.authReply(0);
    time.runDue();
    assertThat(machine.state().getPhase()).isEqualTo(OPEN);
    assertThat(world.lastKept().closed).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"IDLE", "STARTING"})
  void aRoomWithoutAnIdGoesOnAsItWas(Phase phase) {
    bringTo(phase);
    restart();

    assertThat(machine.state().getPhase()).isEqualTo(phase);
    assertThat(world.starts).hasSize(phase == IDLE ? 0 : 1);
  }

  @Test
  void aClosedRoomStaysClosed() {
    bringTo(OPEN);
    machine.close(Reason.CLOSED_BY_USER, "");
    restart();
    time.advance(Duration.ofMinutes(1));

    assertThat(machine.state().getPhase()).isEqualTo(CLOSED);
    assertThat(world.starts).hasSize(1);
  }

  @Test
  void whatThePlatformAskedForIsWaitedForAllTheSame() {
    bringTo(STARTING);
    world.lastStart().refuse(7002);
    time.runDue();
    restart();
    time.advance(Duration.ofSeconds(30).minus(TICK));
    assertThat(world.starts).hasSize(1);
    time.advance(TICK);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void theFourthIdWithin30SecondsWaitsForTheFirstToDie() {
    bringTo(OPEN);
    for (int i = 2; i <= 3; i++) {
      restart();
      openSocket("c" + i);
    }
    restart();

    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().getReason()).isEqualTo(Reason.REDIALLED);
    assertThat(machine.state().getMessage()).isEqualTo("restart() was called");
    assertThat(machine.state().getRetryInMillis()).isEqualTo(30_000);
    assertThat(world.ended).containsExactly("c1", "c2", "c3");
    time.advance(TIME_TO_LIVE.minus(TICK));
    assertThat(world.starts).hasSize(3);
    time.advance(TICK);
    assertThat(world.starts).hasSize(4);
  }

  @Test
  void calledWithoutEndItTakesNoMoreThanThreeSlotsAndComesBackAllTheSame() {
    bringTo(OPEN);
    for (int i = 0; i < 29_000; i += 10) {
      machine.restart();
      time.advance(Duration.ofMillis(10));
      if (machine.state().getPhase() == STARTING) {
        world.lastStart().answer("again " + i, LINKS);
      }
    }
    assertThat(world.starts).hasSizeLessThanOrEqualTo(3);
    time.advance(Duration.ofSeconds(2));
    assertThat(machine.state().getPhase()).isEqualTo(STARTING);
  }

  @Test
  void aRoomThatWaitsForItsTurnToRedialStartsInItsTurn() {
    bringTo(OPEN);
    useUpDials();
    machine.redial();
    restart();
    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    time.advance(Duration.ofMillis(50));

    assertThat(machine.state().getPhase()).isEqualTo(STARTING);
    assertThat(world.ended).containsExactly("c1");
  }

  @Test
  void aRoomThatWasHandedOverLeavesItsIdToItsSuccessor() {
    bringTo(OPEN);
    machine.commands.handOver("to another process");
    restart();
    machine.resume();
    machine.pause();
    time.advance(Duration.ofHours(1));

    assertThat(machine.state().getReason()).isEqualTo(Reason.HANDED_OVER);
    assertThat(world.lastKept().closed).isFalse();
    assertThat(world.ended).isEmpty();
    assertThat(world.starts).hasSize(1);
  }

  @Test
  void aPausedRoomStaysPausedAndStartsAnewWhenItGoesOn() {
    bringTo(PAUSED);
    restart();
    assertThat(machine.state().getPhase()).isEqualTo(PAUSED);
    assertThat(world.lastKept().closed).isTrue();
    machine.resume();
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(STARTING);
  }
}
