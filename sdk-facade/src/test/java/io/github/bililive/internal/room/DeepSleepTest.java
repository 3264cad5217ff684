package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.internal.time.DeepSleep;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A room on a machine whose own clock stands still while it sleeps. */
class DeepSleepTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final DeepSleep machine = new DeepSleep();
  private final FakeRoomIo world = new FakeRoomIo();
  private final ConnectionMachine room =
      new ConnectionMachine(
          world,
          machine.scheduler,
          MachineTestCase.turn(new ConnectPaces(machine.scheduler, 2, 500), new Random(7)),
          Duration.ofSeconds(30).toNanos(),
          ConnectionEventsLog.none("nobody", machine.scheduler));

  @BeforeEach
  void open() {
    room.connect();
    machine.awake.runDue();
    world.lastStart().answer("c1", "wss://one.test/sub");
    machine.awake.runDue();
    world.lastSocket().events.opened();
    machine.awake.runDue();
    world.lastSocket().events.authReply(0);
    machine.awake.runDue();
    assertThat(room.state().getPhase()).isEqualTo(Phase.OPEN);
  }

  @Test
  void aSecondAfterTenMinutesOfItTheConnIdIsGivenUp() {
    world.lastSocket().events.heartbeatReply();
    machine.awake.advance(SECOND);
    machine.sleep(Duration.ofMinutes(10));
    machine.awake.advance(SECOND);

    assertThat(room.state().getPhase()).isNotEqualTo(Phase.OPEN);
    assertThat(world.lastKept().closed).isTrue();
    assertThat(world.states).anyMatch(state -> state.getMessage().startsWith("asleep for 58"));
    machine.awake.advance(Duration.ofSeconds(1));
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void aSecondAfterANapASocketThatOwesAReplyIsGivenUpAndTheIdKept() {
    machine.awake.advance(SECOND);
    machine.sleep(Duration.ofSeconds(25));
    machine.awake.advance(SECOND);

    assertThat(world.states)
        .anyMatch(state -> state.getMessage().startsWith("a socket heartbeat was not answered"));
    assertThat(world.lastKept().closed).isFalse();
  }

  @Test
  void aPausedRoomThatSleptIsStillPausedAndStartsAnew() {
    room.pause();
    machine.awake.advance(SECOND);
    machine.sleep(Duration.ofMinutes(10));
    machine.awake.advance(SECOND);

    assertThat(room.state().getPhase()).isEqualTo(Phase.PAUSED);
    assertThat(world.lastKept().closed).isTrue();
    room.resume();
    machine.awake.runDue();
    assertThat(world.starts).hasSize(2);
  }
}
