package io.github.bililive.internal.room;

import static io.github.bililive.ConnectionState.Phase.BACKING_OFF;
import static io.github.bililive.ConnectionState.Phase.CLOSED;
import static io.github.bililive.ConnectionState.Phase.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.error.NetworkException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a room is started, and when it is started again. */
class RoomStartTest extends MachineTestCase {
  @ParameterizedTest
  @ValueSource(ints = {5001, 5002, 4004, 999_999})
  void aStartThatMaySucceedLaterIsTriedAgain(int code) {
    bringTo(STARTING);
    world.lastStart().refuse(code);
    time.runDue();
    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().getCause()).isNotNull();

    time.advance(LONGEST_PAUSE);

    assertThat(world.starts).hasSize(2);
    assertThat(machine.state().getPhase()).isEqualTo(STARTING);
  }

  @Test
  void aStartThatTheNetworkLostIsTriedAgain() {
    bringTo(STARTING);
    world
        .lastStart()
        .fail(new NetworkException("start", "platform.test", new IOException("reset")));
    time.advance(LONGEST_PAUSE);

    assertThat(world.starts).hasSize(2);
  }

  @Test
  void startsOfUnknownFateLeaveTwoOfTheRoomsFiveSlotsFree() {
    bringTo(STARTING);
    List<Duration> lost = new ArrayList<>();
    while (time.elapsed().compareTo(Duration.ofMinutes(30)) < 0) {
      if (machine.state().getPhase() == STARTING) {
        world.lastStart().fail(lostAnswer());
        lost.add(time.elapsed());
      }
      time.advance(Duration.ofMillis(10));
    }

    for (int i = 3; i < lost.size(); i++) {
      assertThat(lost.get(i).minus(lost.get(i - 3))).isGreaterThanOrEqualTo(TIME_TO_LIVE);
    }
    // It goes on all the same: at least one for each time to live and longest pause.
    assertThat(lost).hasSizeBetween(60, 3 * 60 + 3);
  }

  @Test
  void theStateSaysWhenAStartHasToWaitForLostOnesToDie() {
    bringTo(STARTING);
    for (int i = 0; i < 3; i++) {
      world.lastStart().fail(lostAnswer());
      backOff();
    }

    assertThat(world.starts).hasSize(4);
    assertThat(time.elapsed()).isGreaterThanOrEqualTo(TIME_TO_LIVE);
    assertThat(world.states.stream().filter(s -> s.getPhase() == BACKING_OFF).toList())
        .last()
        .satisfies(state -> assertThat(state.getRetryInMillis()).isGreaterThan(25_000));
  }

  @Test
  void connIdsThatAreGivenUpWhileTheyMayLiveCountAsLostStarts() {
    machine.connect();
    time.runDue();
    for (int i = 0; i < 3; i++) {
      openSocket("c" + i);
      world.lastSocket().events.authReply(-101);
      time.runDue();
      if (i < 2) {
        time.advance(Duration.ofSeconds(5)); // Longer than the first pauses.
      }
    }

    time.advance(Duration.ofSeconds(19));
    assertThat(world.starts).hasSize(3);
    time.advance(LONGEST_PAUSE);
    assertThat(world.starts).hasSize(4);
  }

  @Test
  void aStartWithoutUsableAddressesCountsAsALostOne() {
    bringTo(STARTING);
    for (int i = 0; i < 3; i++) {
      world.lastStart().answer("c" + i);
      backOff();
    }

    assertThat(time.elapsed()).isGreaterThanOrEqualTo(TIME_TO_LIVE);
  }

  @Test
  void aLostSocketDoesNotWaitForLostStarts() {
    bringTo(STARTING);
    for (int i = 0; i < 2; i++) {
      world.lastStart().fail(lostAnswer());
      backOff();
    }
    world.lastStart().answer("c1", LINKS);
    time.runDue();
    world.lastSocket().lose("reset");
    backOff();

    assertThat(world.sockets).hasSize(2);
    assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(8));
  }

  private static NetworkException lostAnswer() {
    return new NetworkException("start", "platform.test", new IOException("reset"));
  }

  @Test
  void aFullRoomIsAskedAgainWhenAStartOfItsOwnHasDied() {
    bringTo(STARTING);
    world.lastStart().fail(lostAnswer());
    backOff();
    time.advance(TIME_TO_LIVE.minus(time.elapsed()).minusSeconds(3));
    world.lastStart().refuse(7010);
    time.runDue();

    assertThat(machine.state().getRetryInMillis()).isEqualTo(3_000);
    time.advance(Duration.ofSeconds(3).minus(TICK));
    assertThat(world.starts).hasSize(2);
    time.advance(TICK);
    assertThat(world.starts).hasSize(3);
  }

  @Test
  void aFullRoomIsAskedEachFiveSecondsAsLongAsADeadOneOfOthersMayLiveThenEachThirty() {
    bringTo(STARTING);
    List<Long> asked = new ArrayList<>();
    while (time.elapsed().compareTo(Duration.ofMinutes(3)) < 0) {
      if (machine.state().getPhase() == STARTING) {
        world.lastStart().refuse(7010);
        asked.add(time.elapsed().toSeconds());
      }
      time.advance(Duration.ofMillis(500));
    }

    assertThat(asked).containsExactly(0L, 5L, 10L, 15L, 20L, 25L, 30L, 60L, 90L, 120L, 150L);
  }

  @Test
  void aFullRoomThatHadRoomIsNewlyFullTheNextTime() {
    bringTo(STARTING);
    world.lastStart().refuse(7010);
    time.advance(Duration.ofMinutes(2));
    openSocket("c1");
    world.lastKept().expire();
    time.advance(LONGEST_PAUSE);
    world.lastStart().refuse(7010);
    time.runDue();

    assertThat(machine.state().getRetryInMillis()).isEqualTo(5_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {4001, 4002, 4008, 5005, 127_001, 127_011})
  void aRefusalThatWaitingDoesNotHealIsTheEndAndSaysWhy(int code) {
    bringTo(STARTING);
    world.lastStart().refuse(code);
    time.advance(Duration.ofHours(1));

    assertThat(machine.state().getPhase()).isEqualTo(CLOSED);
    assertThat(machine.state().getMessage()).contains(Integer.toString(code));
    assertThat(machine.state().getCause()).isNotNull();
    assertThat(world.starts).hasSize(1);
    assertThat(time.pending()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws://far.test/sub", "http://x.test", "", "wss://", "ftp://a"})
  void anAddressThatIsNotTlsIsNotDialled(String link) {
    bringTo(STARTING);
    world.lastStart().answer("c1", link);
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().getMessage()).contains("wss_link");
    assertThat(world.sockets).isEmpty();
    assertThat(world.kept).isEmpty();
  }

  @Test
  void aStartWithoutAddressesIsTriedAgain() {
    bringTo(STARTING);
    world.lastStart().answer("c1");
    time.runDue();

    assertThat(machine.state().getMessage()).isEqualTo("start answered no wss_link");
  }

  @Test
  void loopbackMayBeCleartext() {
    bringTo(STARTING);
    world.lastStart().answer("c1", "ws://far.test/", "ws://127.0.0.1:8080/sub");
    time.runDue();

    assertThat(world.lastSocket().link).isEqualTo("ws://127.0.0.1:8080/sub");
  }
}
