package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.error.PlatformException;
import io.github.bililive.internal.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pace of thousands of rooms, in virtual time. */
class ConnectPaceTest {
  private static final int LEAST = 2;
  private static final int MOST = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  /** Connects rooms to a platform that bears everything. */
  private static ManyRooms connected(int count, int mostPerSecond) {
    ManyRooms rooms = new ManyRooms(count, LEAST, mostPerSecond);
    rooms.connect();
    rooms.millisUntilAllAreOpen(PATIENCE);
    return rooms;
  }

  /** All are open within twice the time that the platform needs for so many. */
  private static void assertSoonOpen(ManyRooms rooms, int perSecond) {
    long leastMillis = rooms.rooms.size() * 1_000L / perSecond;
    assertThat(rooms.millisUntilAllAreOpen(PATIENCE)).isLessThanOrEqualTo(2 * leastMillis);
  }

  @ParameterizedTest
  @CsvSource({"1000, 10", "2000, 100", "5000, 1000"})
  void startsTakeAQuotaAsItIsAndWasteOneInTwenty(int count, int perSecond) {
    ManyRooms rooms = new ManyRooms(count, LEAST, 1_000);
    rooms.starts.perSecond = perSecond;
    rooms.connect();

    assertSoonOpen(rooms, perSecond);
    assertThat(rooms.starts.failed).isLessThanOrEqualTo(count / 20);
    assertThat(rooms.dials.failed).isZero();
  }

  @Test
  void aHundredRoomsAtTenStartsASecondNeedTwentySecondsAndAHundredAndTenStarts() {
    ManyRooms rooms = new ManyRooms(100, LEAST, MOST);
    rooms.starts.perSecond = 10;
    rooms.connect();

    assertThat(rooms.millisUntilAllAreOpen(PATIENCE)).isLessThan(20_000);
    assertThat(rooms.starts.attempts).isLessThanOrEqualTo(110);
  }

  /** A host of sockets names no reason, so that a fifth of what fails may be the rooms' own. */
  @ParameterizedTest
  @CsvSource({"1000, 10", "2000, 100", "5000, 1000"})
  void lostSocketsComeBackAsFastAsTheirHostsBearAndWasteOneInFive(int count, int perSecond) {
    ManyRooms rooms = connected(count, 1_000);
    rooms.dials.perSecond = perSecond;
    rooms.dropAll();

    assertSoonOpen(rooms, perSecond);
    assertThat(rooms.dials.failed).isLessThanOrEqualTo(count / 5);
    assertThat(rooms.starts.attempts).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1000, 10", "2000, 100", "5000, 1000"})
  void hostsThatAreDownForAMinuteHearLittleAndAreUsedInFullOnceTheyAreBack(int count, int perSec) {
    ManyRooms rooms = connected(count, 1_000);
    rooms.dials.perSecond = perSec;
    rooms.dials.down = true;
    rooms.dropAll();
    rooms.time.advance(Duration.ofMinutes(1));
    // Some until it is noticed, and then the lowest pace.
    assertThat(rooms.dials.attempts).isBetween(60, 60 * LEAST + 25);
    rooms.dials.down = false;

    assertSoonOpen(rooms, perSec);
  }

  @ParameterizedTest
  @CsvSource({"1000, 10", "2000, 100", "5000, 1000"})
  void anApiThatIsDownWhileAllIdsDieHearsLittleAndIsUsedInFullOnceItIsBack(int count, int perSec) {
    ManyRooms rooms = connected(count, 1_000);
    rooms.starts.perSecond = perSec;
    rooms.starts.down = true;
    rooms.expireAll();
    rooms.time.advance(Duration.ofMinutes(1));
    assertThat(rooms.starts.attempts).isBetween(60, 60 * LEAST + 25);
    rooms.starts.down = false;

    assertSoonOpen(rooms, perSec);
    assertThat(rooms.starts.failed).isLessThanOrEqualTo(count / 20 + 60 * LEAST + 25);
  }

  @Test
  void fiveThousandLostSocketsAreBackWithinHalfAMinute() {
    ManyRooms rooms = connected(5_000, MOST);
    rooms.dropAll();

    assertThat(rooms.millisUntilAllAreOpen(PATIENCE)).isLessThan(20_000);
    assertThat(rooms.dials.attempts).isEqualTo(5_000);
    assertThat(rooms.dials.mostInASecond).isLessThanOrEqualTo(MOST + 1);
    // What the hosts of sockets bear says nothing about the API's quota.
    assertThat(rooms.paces.dials.perSecond()).isEqualTo(MOST);
    rooms.expireAll();
    rooms.time.advance(Duration.ofSeconds(1));
    assertThat(rooms.starts.attempts).isLessThan(MOST / 2);
  }

  @Test
  void aLimitThatTheUserSetIsKeptFromTheBeginning() {
    ManyRooms rooms = new ManyRooms(300, 1, 10);
    rooms.starts.perSecond = 10;
    rooms.connect();

    assertThat(rooms.millisUntilAllAreOpen(PATIENCE)).isBetween(29_000L, 32_000L);
    assertThat(rooms.starts.failed).isLessThanOrEqualTo(1); // The clocks' seconds differ.
  }

  @Test
  void failuresOfTheRoomsOwnDoNotSlowTheOthersDown() {
    ManyRooms rooms = connected(3_000, MOST);
    rooms.dials.percentLost = 5;
    rooms.dropAll();

    assertThat(rooms.millisUntilAllAreOpen(PATIENCE)).isLessThan(30_000);
  }

  @Test
  void aHostThatIsDeadIsFoundOutByAllTogether() {
    ManyRooms rooms = new ManyRooms(5_000, LEAST, MOST);
    rooms.links = List.of("wss://dead.test", "wss://one.test");
    rooms.connect();

    assertThat(rooms.millisUntilAllAreOpen(PATIENCE)).isLessThan(30_000);
    assertThat(rooms.dials.attempts).isLessThan(5_000 + 20);
  }

  @Test
  void aPauseThatThePlatformAsksForHoldsAllStartsAndTheirStatesSaySo() {
    ManyRooms rooms = new ManyRooms(1_000, LEAST, MOST);
    rooms.starts.perSecond = 0;
    rooms.refusal = new PlatformException("start", 4009, "", null, 600_000L, "");
    rooms.connect();
    rooms.time.advance(Duration.ofSeconds(10));
    int asked = rooms.starts.attempts;

    assertThat(asked).isLessThan(10);
    assertThat(rooms.rooms)
        .extracting(room -> room.machine.state().getRetryInMillis())
        .allSatisfy(millis -> assertThat(millis).isGreaterThan(589_000));
    rooms.time.advance(Duration.ofSeconds(589));
    assertThat(rooms.starts.attempts).isEqualTo(asked);
    rooms.time.advance(Duration.ofSeconds(3));
    assertThat(rooms.starts.attempts).isGreaterThan(asked);
  }

  @Test
  void aQuotaThatIsUsedUpIsAskedMoreAndMoreRarelyUpToOnceAMinute() {
    ManyRooms rooms = new ManyRooms(1_000, LEAST, MOST);
    rooms.starts.perSecond = 0;
    rooms.connect();
    rooms.time.advance(Duration.ofMinutes(10));
    // After the first: 1 + 2 + 4 + 8 + 16 + 32 s, then each minute.
    assertThat(rooms.starts.attempts).isBetween(5 + 6 + 7, 5 + 6 + 10);

    rooms.starts.perSecond = 100;
    assertThat(rooms.millisUntilAllAreOpen(PATIENCE)).isLessThan(60_000 + 2 * 10_000);
  }

  @Test
  void aRoomsStateSaysWhenItIsReallyStarted() {
    ManyRooms rooms = new ManyRooms(500, 5, 10); // So that the pace is no other later.
    rooms.connect();
    rooms.time.advance(Duration.ofSeconds(1));
    List<Duration> foretold = new ArrayList<>();
    for (ManyRooms.Room room : rooms.rooms) {
      ConnectionState state = room.machine.state();
      foretold.add(rooms.time.elapsed().plusMillis(state.getRetryInMillis()));
      assertThat(state.getPhase() == Phase.BACKING_OFF)
          .isEqualTo(state.getReason() == Reason.PACED);
    }
    rooms.millisUntilAllAreOpen(PATIENCE);

    for (ManyRooms.Room room : rooms.rooms.subList(20, 500)) {
      assertThat(room.startedAt.minus(foretold.get(room.number)).abs())
          .isLessThan(Duration.ofMillis(200));
    }
  }

  @Test
  void whoCameFirstIsServedFirstAndWhoLeavesIsNotWaitedFor() {
    ManyRooms rooms = new ManyRooms(1_000, LEAST, MOST);
    rooms.connect();
    rooms.time.runDue();
    int waiting = rooms.paces.queued();
    assertThat(waiting).isEqualTo(1_000 - ConnectPace.BURST);
    // One timer for all that wait, and the answers on their way.
    assertThat(rooms.time.pending()).isEqualTo(1 + ConnectPace.BURST);
    for (int i = 0; i < 1_000; i += 2) {
      rooms.rooms.get(i).machine.close(Reason.CLOSED_BY_USER, "");
    }
    rooms.time.runDue();
    assertThat(rooms.paces.queued()).isBetween(waiting / 2, waiting / 2 + 1);
    rooms.time.advance(Duration.ofMinutes(1));

    assertThat(rooms.open).isEqualTo(500);
    for (int i = 3; i < 1_000; i += 2) {
      assertThat(rooms.rooms.get(i).startedAt)
          .isGreaterThanOrEqualTo(rooms.rooms.get(i - 2).startedAt);
    }
    rooms.rooms.forEach(room -> room.machine.close(Reason.CLOSED_BY_USER, ""));
    rooms.time.advance(Duration.ofMinutes(1));
    assertThat(rooms.time.pending()).isZero();
  }

  @Test
  void startsThatAreNotAnsweredDoNotPileUp() {
    ManyRooms rooms = new ManyRooms(1_000, LEAST, MOST);
    rooms.hangs = true;
    rooms.connect();
    rooms.time.advance(Duration.ofMinutes(1));

    // No more than one second's in three seconds.
    assertThat(rooms.starts.attempts).isBetween(100, 20 * (60 / 3 + 1));
  }

  @Test
  void aRoomWhoseTurnFailsKeepsNobodyElseWaiting() {
    VirtualTime time = new VirtualTime();
    ConnectPace pace = new ConnectPaces(time, LEAST, MOST).dials;
    for (int i = 0; i < ConnectPace.BURST; i++) {
      pace.ask(() -> {}).leave();
    }
    List<String> served = new ArrayList<>();
    pace.ask(
        () -> {
          throw new IllegalStateException("no memory");
        });
    pace.ask(() -> served.add("next"));
    assertThatThrownBy(() -> time.advance(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class);
    time.advance(Duration.ofSeconds(1));

    assertThat(served).containsExactly("next");
    assertThat(pace.queued()).isZero();
  }
}
