package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.LoggedRecords;
import io.github.bililive.error.NetworkException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** Addresses that are gone while heartbeats keep their conn_id alive. */
class DeadAddressesTest extends MachineTestCase {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** When each start was asked for. */
  private final List<Duration> startedAt = new ArrayList<>();

  /** Lets every dial fail, and every start succeed, for as long. */
  private void failFor(Duration duration) {
    Duration end = time.elapsed().plus(duration);
    while (time.elapsed().compareTo(end) < 0) {
      if (machine.state().getPhase() == Phase.STARTING) {
        startedAt.add(time.elapsed());
        world.lastStart().answer("c" + world.starts.size(), LINKS);
      } else if (machine.state().getPhase() == Phase.CONNECTING) {
        world.lastSocket().lose("no route to host");
      }
      time.runDue();
      if (machine.state().getPhase() == Phase.BACKING_OFF) {
        backOff();
      }
    }
  }

  @Test
  void afterEachHasFailedThreeTimesOthersAreStartedOnceAMinuteAtMost() {
    bringTo(Phase.STARTING);
    failFor(Duration.ofMinutes(30));

    assertThat(startedAt).hasSizeBetween(10, 31);
    for (int i = 1; i < startedAt.size(); i++) {
      assertThat(startedAt.get(i).minus(startedAt.get(i - 1))).isGreaterThanOrEqualTo(MINUTE);
    }
    assertThat(world.kept.stream().filter(kept -> !kept.closed)).hasSize(1);
    // Of the two addresses each was dialled three times at least, before others were asked for.
    assertThat(world.sockets.size()).isGreaterThanOrEqualTo(6 * (startedAt.size() - 1));
  }

  @Test
  void anIdThatIsGivenUpForThemTakesASlotAsLongAsItMayLive() {
    Duration life = Duration.ofMinutes(10);
    ConnectionMachine room =
        new ConnectionMachine(
            world,
            time,
            turn(paces, new Random(7), life),
            life.toNanos(),
            ConnectionEventsLog.none(ROOM, time));
    room.connect();
    time.runDue();
    world.lastStart().answer("c1", LINKS);
    time.runDue();
    Duration givenUpAt = Duration.ZERO;
    while (world.starts.size() == 1) {
      givenUpAt = time.elapsed();
      world.lastSocket().lose("no route to host");
      passPause(room);
    }
    for (int lost = 0; lost < 2; lost++) {
      assertThat(room.state().getPhase()).isEqualTo(Phase.STARTING);
      world.lastStart().fail(new NetworkException("start", "host", new IOException("no answer")));
      passPause(room);
    }

    assertThat(time.elapsed()).isGreaterThanOrEqualTo(givenUpAt.plus(life));
  }

  private void passPause(ConnectionMachine room) {
    time.runDue();
    time.advance(Duration.ofMillis(room.state().getRetryInMillis() + 1));
  }

  @Test
  void theLogSaysWhyOthersAreAskedFor() {
    try (LoggedRecords logged = new LoggedRecords()) {
      bringTo(Phase.STARTING);
      failFor(MINUTE);
      while (world.starts.size() < 2) {
        failFor(TICK);
      }
      assertThat(logged.messages(Level.INFO))
          .contains(
              "room alice starts anew for other addresses: each of wss_link has failed 3 times");
    }
  }

  @Test
  void aRoomThatOpensNowAndThenKeepsItsAddresses() {
    bringTo(Phase.OPEN);
    for (int i = 0; i < 100; i++) {
      world.lastSocket().lose("reset");
      for (int dials = 0; dials < 5; dials++) {
        backOff();
        world.lastSocket().lose("no route to host");
      }
      backOff();
      world.lastSocket().events.opened();
      time.runDue();
      world.lastSocket().events.authReply(0);
      time.runDue();
      world.lastSocket().events.heartbeatReply();
      time.advance(BEAT);
      assertThat(machine.state().getPhase()).isEqualTo(Phase.OPEN);
    }

    assertThat(world.starts).hasSize(1);
  }
}
