package io.github.bililive.internal.room;

import static io.github.bililive.ConnectionState.Phase.AUTHENTICATING;
import static io.github.bililive.ConnectionState.Phase.BACKING_OFF;
import static io.github.bililive.ConnectionState.Phase.CONNECTING;
import static io.github.bililive.ConnectionState.Phase.IDLE;
import static io.github.bililive.ConnectionState.Phase.OPEN;
import static io.github.bililive.ConnectionState.Phase.PAUSED;
import static io.github.bililive.ConnectionState.Phase.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.internal.time.VirtualTime;
import java.time.Duration;
import java.util.Random;

/** A state machine in virtual time. */
class MachineTestCase {
  static final String ROOM = "alice";
  static final String[] LINKS = {"wss://one.test/sub", "wss://two.test/sub"};
  static final Duration TICK = Duration.ofNanos(1);
  static final Duration BEAT = Duration.ofNanos(RoomSocket.BEAT_NANOS);
  static final Duration LONGEST_PAUSE = Duration.ofNanos(ReconnectPause.CAP_NANOS);
  static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

  final VirtualTime time = new VirtualTime();
  final FakeRoomIo world = new FakeRoomIo();
  final ConnectPaces paces = new ConnectPaces(time, 2, 500);
  final ConnectionMachine machine =
      new ConnectionMachine(
          world,
          time,
          turn(paces, new Random(7)),
          TIME_TO_LIVE.toNanos(),
          ConnectionEventsLog.none(ROOM, time));

  static RoomTurn turn(ConnectPaces paces, Random random) {
    return turn(paces, random, TIME_TO_LIVE);
  }

  static RoomTurn turn(ConnectPaces paces, Random random, Duration timeToLive) {
    return new RoomTurn(paces, "the API", new ReconnectPause(random), timeToLive.toNanos());
  }

  /** Lets so many dials begin that the next has to wait. */
  void useUpDials() {
    time.advance(Duration.ofSeconds(1));
    for (int i = 0; i < ConnectPace.BURST; i++) {
      paces.dials.ask(() -> {}).leave();
    }
  }

  /** Lets the present pause pass, and not more. */
  void backOff() {
    time.runDue();
    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    time.advance(Duration.ofMillis(machine.state().getRetryInMillis() + 1));
  }

  void bringTo(Phase phase) {
    if (phase == IDLE) {
      return;
    }
    machine.connect();
    time.runDue();
    if (phase == STARTING) {
      return;
    }
    world.lastStart().answer("c1", LINKS);
    time.runDue();
    if (phase == CONNECTING) {
      return;
    }
    world.lastSocket().events.opened();
    time.runDue();
    if (phase == AUTHENTICATING) {
      return;
    }
    world.lastSocket().events.authReply(0);
    time.runDue();
    assertThat(machine.state().getPhase()).isEqualTo(OPEN);
    if (phase == BACKING_OFF) {
      world.lastSocket().lose("reset");
      time.runDue();
    }
    if (phase == PAUSED) {
      machine.pause();
      time.runDue();
    }
    assertThat(machine.state().getPhase()).isEqualTo(phase);
  }

  void openSocket(String connId) {
    world.lastStart().answer(connId, LINKS);
    time.runDue();
    world.lastSocket().events.opened();
    time.runDue();
  }
}
