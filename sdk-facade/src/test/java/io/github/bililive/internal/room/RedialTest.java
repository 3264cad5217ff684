package io.github.bililive.internal.room;

import static io.github.bililive.ConnectionState.Phase.BACKING_OFF;
import static io.github.bililive.ConnectionState.Phase.CLOSED;
import static io.github.bililive.ConnectionState.Phase.CONNECTING;
import static io.github.bililive.ConnectionState.Phase.IDLE;
import static io.github.bililive.ConnectionState.Phase.OPEN;
import static io.github.bililive.ConnectionState.Phase.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.error.NetworkException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A room that is told to dial anew, since the network has changed. */
class RedialTest extends MachineTestCase {
  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"CONNECTING", "AUTHENTICATING", "OPEN", "BACKING_OFF"})
  void theSameConnIdIsDialledAtOnceOnANewSocket(Phase phase) {
    bringTo(phase);
    machine.redial();
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(CONNECTING);
    assertThat(world.sockets).hasSize(2);
    assertThat(world.sockets.get(0).cancelled).isTrue();
    assertThat(world.listeningTo).isSameAs(world.lastSocket());
    assertThat(world.starts).hasSize(1);
    assertThat(world.lastKept().closed).isFalse();
    assertThat(world.lastSocket().link).isEqualTo("wss://two.test/sub");
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"IDLE", "STARTING"})
  void aRoomWithoutASocketGoesOnAsItWas(Phase phase) {
    bringTo(phase);
    int states = world.states.size();
    machine.redial();
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(phase);
    assertThat(world.states).hasSize(states);
    assertThat(world.starts).hasSize(phase == IDLE ? 0 : 1);
  }

  @Test
  void aClosedRoomStaysClosed() {
    bringTo(OPEN);
    machine.close(Reason.CLOSED_BY_USER, "");
    machine.redial();
    time.advance(Duration.ofMinutes(1));

    assertThat(machine.state().getPhase()).isEqualTo(CLOSED);
    assertThat(world.sockets).hasSize(1);
  }

  @Test
  void aStartThatTheNetworkLostIsMadeAgainAtOnce() {
    bringTo(STARTING);
    world.lastStart().fail(new NetworkException("start", "x.test", new IOException("no route")));
    time.runDue();
    machine.redial();
    time.runDue();

    assertThat(world.starts).hasSize(2);
  }

  @Test
  void whatThePlatformAskedForIsWaitedForAllTheSameAndNotMore() {
    bringTo(STARTING);
    world.lastStart().refuse(7001);
    time.runDue();
    machine.redial();
    time.advance(Duration.ofSeconds(10).minus(TICK));
    assertThat(world.starts).hasSize(1);
    time.advance(TICK);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void aRoomThatNeedNotWaitIsNotSaidTo() {
    bringTo(OPEN);
    machine.redial();
    time.runDue();

    assertThat(world.phases()).doesNotContain(BACKING_OFF);
  }

  @Test
  void oneWithoutEndIsSpacedByThePaceAndComesBackAllTheSame() {
    bringTo(OPEN);
    for (int i = 0; i < 200; i++) {
      machine.redial();
      time.advance(Duration.ofMillis(1));
    }

    // Five at once, and then 20 in a second.
    assertThat(world.sockets.size()).isBetween(5, 5 + 4);
    time.advance(Duration.ofSeconds(1));
    assertThat(machine.state().getPhase()).isEqualTo(CONNECTING);
  }

  @Test
  void theStateSaysThatItWaitsForItsPlaceAmongOthers() {
    bringTo(OPEN);
    useUpDials();
    machine.redial();
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().getReason()).isEqualTo(Reason.REDIALLED);
    assertThat(machine.state().getRetryInMillis()).isEqualTo(50);
    time.advance(Duration.ofMillis(50));
    assertThat(machine.state().getPhase()).isEqualTo(CONNECTING);
  }

  @Test
  void aRedialThatFailsIsFollowedByTheUsualPause() {
    bringTo(OPEN);
    time.advance(Duration.ofSeconds(10));
    machine.redial();
    time.runDue();
    world.lastSocket().lose("no route");
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().getReason()).isEqualTo(Reason.SOCKET_LOST);
    backOff();
    assertThat(world.sockets).hasSize(3);
  }
}
