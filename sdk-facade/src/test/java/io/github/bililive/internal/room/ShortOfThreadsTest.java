package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A room goes on whatever its attempts throw, as where memory or threads are short. */
class ShortOfThreadsTest extends MachineTestCase {
  private static final int MANY = 2_000;

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"IDLE", "STARTING", "CONNECTING", "AUTHENTICATING", "OPEN"})
  void anAttemptThatThrowsIsAFailedOne(Phase phase) {
    bringTo(phase);
    world.errors.add(new OutOfMemoryError("unable to create native thread"));
    goOn();
    if (phase == Phase.OPEN) {
      time.advance(BEAT);
    }

    assertThat(world.errors).isEmpty();
    assertThat(machine.state().getPhase()).isEqualTo(Phase.BACKING_OFF);
    assertThat(machine.state().getMessage()).contains("java.lang.OutOfMemoryError");
    backOff();
    open();
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"STARTING", "CONNECTING", "OPEN", "CLOSED"})
  void theReasonSaysWhatCouldNotBeMadeAndAClosedRoomStaysClosed(Phase phase) {
    bringTo(phase == Phase.CLOSED ? Phase.OPEN : phase);
    if (phase == Phase.CLOSED) {
      machine.close(Reason.CLOSED_BY_USER, "");
      time.runDue();
    }
    int states = world.states.size();
    machine.failed(new OutOfMemoryError());

    if (phase == Phase.CLOSED) {
      assertThat(world.states).hasSize(states);
    } else {
      assertThat(machine.state().getReason())
          .isEqualTo(phase == Phase.STARTING ? Reason.START_FAILED : Reason.SOCKET_LOST);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Phase.class, mode = EnumSource.Mode.EXCLUDE, names = "CLOSED")
  void aRoomIsClosedForGoodWhateverItsPartsThrow(Phase phase) {
    bringTo(phase);
    for (int i = 0; i < 9; i++) {
      world.errors.add(new StackOverflowError());
    }
    machine.close(Reason.CLOSED_BY_USER, "");
    time.runDue();
    world.errors.clear();

    assertClosedForGood();
    assertThat(world.ended).hasSameSizeAs(world.kept);
  }

  @Test
  void whatThrowsBeforeTheRoomIsClosedDoesNotKeepItOpen() {
    bringTo(Phase.OPEN);
    machine.close(Reason.CLOSED_BY_USER, "");
    machine.failed(new OutOfMemoryError());

    assertClosedForGood();
  }

  private void assertClosedForGood() {
    assertThat(world.phases()).endsWith(Phase.CLOSED);
    assertThat(machine.state().getReason()).isEqualTo(Reason.CLOSED_BY_USER);
    assertThat(world.sockets).noneMatch(FakeRoomIo.Socket::isLive);
    int attempts = world.starts.size() + world.sockets.size();
    time.advance(TIME_TO_LIVE);
    time.advance(LONGEST_PAUSE);
    assertThat(world.phases()).containsOnlyOnce(Phase.CLOSED).endsWith(Phase.CLOSED);
    assertThat(world.starts.size() + world.sockets.size()).isEqualTo(attempts);
  }

  @Test
  void whateverThrowsAtRandomTheRoomIsOpenSoonAfter() {
    Random random = new Random(5);
    for (int i = 0; i < MANY; i++) {
      if (random.nextInt(3) == 0) {
        world.errors.add(new StackOverflowError());
      }
      goOn();
      time.advance(BEAT);
      if (random.nextInt(5) == 0 && machine.state().getPhase() == Phase.OPEN) {
        world.lastSocket().lose("reset");
      }
    }
    world.errors.clear();

    open();
  }

  /** Does what the platform would, once. */
  private void goOn() {
    switch (machine.state().getPhase()) {
      case IDLE:
        machine.connect();
        break;
      case STARTING:
        world.lastStart().answer("c" + world.starts.size(), LINKS);
        break;
      case CONNECTING:
        world.lastSocket().events.opened();
        break;
      case AUTHENTICATING:
        world.lastSocket().events.authReply(0);
        break;
      case OPEN:
        world.lastSocket().events.heartbeatReply();
        break;
      default:
        break;
    }
    time.runDue();
  }

  private void open() {
    for (int i = 0; i < 10 && machine.state().getPhase() != Phase.OPEN; i++) {
      goOn();
      if (machine.state().getPhase() == Phase.BACKING_OFF) {
        backOff();
      }
    }
    assertThat(machine.state().getPhase()).isEqualTo(Phase.OPEN);
  }
}
