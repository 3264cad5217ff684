package io.github.bililive.internal.room;

import static io.github.bililive.ConnectionState.Phase.AUTHENTICATING;
import static io.github.bililive.ConnectionState.Phase.BACKING_OFF;
import static io.github.bililive.ConnectionState.Phase.CLOSED;
import static io.github.bililive.ConnectionState.Phase.CONNECTING;
import static io.github.bililive.ConnectionState.Phase.IDLE;
import static io.github.bililive.ConnectionState.Phase.OPEN;
import static io.github.bililive.ConnectionState.Phase.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionHealth;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.error.NetworkException;
import io.github.bililive.internal.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every transition of the state machine, in virtual time. */
class ConnectionMachineTest {
  private static final String[] LINKS = {"wss://one.test/sub", "wss://two.test/sub"};
  private static final Duration TICK = Duration.ofNanos(1);
  private static final Duration BEAT = Duration.ofNanos(ConnectionMachine.BEAT_NANOS);
  private static final Duration LONGEST_PAUSE = Duration.ofNanos(BackOff.CAP_NANOS);
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

  private final VirtualTime time = new VirtualTime();
  private final FakeRoomIo world = new FakeRoomIo();
  private final ConnectionMachine machine =
      new ConnectionMachine(
          world,
          time,
          new BackOff(new Random(7)),
          new AttemptBudget(time.nanoTime()),
          TIME_TO_LIVE.toNanos(),
          ConnectionEventsLog.none(time));

  @Test
  void itGoesFromIdleToOpenAndSendsTheAuthBodyFirst() {
    assertThat(machine.state().getPhase()).isEqualTo(IDLE);
    bringTo(OPEN);

    assertThat(world.phases()).containsExactly(STARTING, CONNECTING, AUTHENTICATING, OPEN);
    assertThat(world.lastSocket().link).isEqualTo("wss://one.test/sub");
    assertThat(world.lastSocket().sent).containsExactly("auth of c1", "beat");
    assertThat(world.listeningTo).isSameAs(world.lastSocket());
    assertThat(machine.httpHeartbeatAgeMillis()).isEqualTo(7);
  }

  @Test
  void connectingTwiceIsConnectingOnce() {
    machine.connect();
    machine.connect();
    time.runDue();

    assertThat(world.starts).hasSize(1);
  }

  // STARTING

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
    world.lastSocket().events.lost("reset");
    backOff();

    assertThat(world.sockets).hasSize(2);
    assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(8));
  }

  private static NetworkException lostAnswer() {
    return new NetworkException("start", "platform.test", new IOException("reset"));
  }

  @Test
  void tooManyConnectionsMeansWaitUntilOneHasDied() {
    bringTo(STARTING);
    world.lastStart().refuse(7010);
    time.runDue();

    time.advance(Duration.ofSeconds(30).minus(TICK));
    assertThat(world.starts).hasSize(1);
    time.advance(LONGEST_PAUSE);
    assertThat(world.starts).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {4001, 4002, 4008, 5005, 127_001, 127_011})
  void aRefusalThatWaitingDoesNotHealIsTheEndAndSaysWhy(int code) {
    bringTo(STARTING);
    world.lastStart().refuse(code);
    time.advance(Duration.ofHours(1));

    assertThat(machine.state().getPhase()).isEqualTo(CLOSED);
    assertThat(machine.state().getReason()).contains(Integer.toString(code));
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
    assertThat(machine.state().getReason()).contains("wss_link");
    assertThat(world.sockets).isEmpty();
    assertThat(world.kept).isEmpty();
  }

  @Test
  void aStartWithoutAddressesIsTriedAgain() {
    bringTo(STARTING);
    world.lastStart().answer("c1");
    time.runDue();

    assertThat(machine.state().getReason()).isEqualTo("start answered no wss_link");
  }

  @Test
  void loopbackMayBeCleartext() {
    bringTo(STARTING);
    world.lastStart().answer("c1", "ws://far.test/", "ws://127.0.0.1:8080/sub");
    time.runDue();

    assertThat(world.lastSocket().link).isEqualTo("ws://127.0.0.1:8080/sub");
  }

  // CONNECTING and AUTHENTICATING

  @Test
  void aSocketThatCannotBeOpenedIsFollowedByTheNextAddressWithTheSameConnId() {
    bringTo(CONNECTING);
    world.lastSocket().events.lost("refused");
    backOff();

    assertThat(world.sockets).hasSize(2);
    assertThat(world.lastSocket().link).isEqualTo("wss://two.test/sub");
    assertThat(world.starts).hasSize(1);

    world.lastSocket().events.lost("refused");
    backOff();
    assertThat(world.lastSocket().link).isEqualTo("wss://one.test/sub");
  }

  @Test
  void aSocketThatDoesNotOpenInTimeIsGivenUpAtTheBoundary() {
    bringTo(CONNECTING);
    time.advance(Duration.ofNanos(ConnectionMachine.DIAL_TIMEOUT_NANOS).minus(TICK));
    assertThat(machine.state().getPhase()).isEqualTo(CONNECTING);
    time.advance(TICK);
    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    assertThat(world.lastSocket().cancelled).isTrue();
  }

  @Test
  void authenticationMustBeAnsweredWithin5S() {
    bringTo(AUTHENTICATING);
    time.advance(Duration.ofSeconds(5).minus(TICK));
    assertThat(machine.state().getPhase()).isEqualTo(AUTHENTICATING);
    time.advance(TICK);
    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    assertThat(world.lastSocket().cancelled).isTrue();

    backOff();
    assertThat(world.starts).hasSize(1);
    assertThat(world.sockets).hasSize(2);
  }

  @Test
  void aRefusedAuthBodyMeansANewStart() {
    bringTo(AUTHENTICATING);
    world.lastSocket().events.authReply(-101);
    time.runDue();
    assertThat(machine.state().getReason())
        .isEqualTo("the platform refused the auth body with code -101");
    assertThat(world.lastKept().closed).isTrue();
    assertThat(machine.httpHeartbeatAgeMillis()).isEqualTo(ConnectionHealth.NEVER);

    time.advance(LONGEST_PAUSE);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void refusedAgainAndAgainItSlowsDownToTheCap() {
    machine.connect();
    time.runDue();
    for (int i = 0; i < 200; i++) {
      openSocket("c" + i);
      world.lastSocket().events.authReply(-101);
      time.advance(LONGEST_PAUSE.plusSeconds(1));
    }
    // Full jitter over 30 s is 15 s on average; the first few are shorter.
    assertThat(world.states.stream().filter(s -> s.getPhase() == BACKING_OFF).skip(10))
        .allMatch(s -> s.getRetryInMillis() <= LONGEST_PAUSE.toMillis())
        .anyMatch(s -> s.getRetryInMillis() > 20_000);
  }

  // OPEN

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
    assertThat(machine.state().getReason()).contains("heartbeat was not answered");
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
    world.lastSocket().events.lost("connection reset");
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
    world.lastSocket().events.lost("connection reset");
    world.lastSocket().events.lost("closed");
    world.lastKept().expire.run();
    time.advance(LONGEST_PAUSE);

    assertThat(world.phases().stream().filter(phase -> phase == BACKING_OFF)).hasSize(1);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void anExpiredConnIdMeansANewStart() {
    bringTo(OPEN);
    world.lastKept().expire.run();
    time.runDue();
    assertThat(machine.state().getReason()).isEqualTo("conn_id c1 has expired");
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
  void expiryWhileBackingOffTurnsTheNextAttemptIntoAStart() {
    bringTo(OPEN);
    world.lastSocket().events.lost("reset");
    time.runDue();
    world.lastKept().expire.run();
    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);

    time.advance(LONGEST_PAUSE);

    assertThat(world.sockets).hasSize(1);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void theBackOffIsResetByAWholeAnsweredBeatAndNotByOpening() {
    bringTo(OPEN);
    for (int i = 0; i < 10; i++) { // Opens, and is lost at once.
      world.lastSocket().events.lost("reset");
      time.advance(LONGEST_PAUSE.plusSeconds(1));
      world.lastSocket().events.opened();
      world.lastSocket().events.authReply(0);
      time.runDue();
    }
    assertThat(world.states.stream().filter(s -> s.getPhase() == BACKING_OFF))
        .anyMatch(s -> s.getRetryInMillis() > 10_000);

    world.lastSocket().events.heartbeatReply();
    time.advance(BEAT);
    world.lastSocket().events.lost("reset");
    time.runDue();

    assertThat(machine.state().getRetryInMillis()).isLessThanOrEqualTo(1_000);
  }

  @Test
  void lostSoonAfterItCameBackFromAnOutageItIsTriedAgainWithinASecond() {
    bringTo(OPEN);
    outage(12);
    reopen();
    time.advance(Duration.ofSeconds(3));
    world.lastSocket().events.lost("reset");
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
    world.lastSocket().events.lost("reset");
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
      world.lastSocket().events.lost("reset");
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
      world.lastSocket().events.lost("refused");
      backOff();
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
    assertThat(machine.state().getReason()).startsWith("asleep for 35").contains("has expired");
    time.advance(Duration.ofSeconds(1));
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void afterAnHourAsleepWhileBackingOffANewConnIdIsStarted() {
    bringTo(OPEN);
    world.lastSocket().events.lost("reset");
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

  // Older sockets and calls

  @Test
  void whatAnOlderSocketSaysIsIgnored() {
    bringTo(OPEN);
    FakeRoomIo.Socket older = world.lastSocket();
    older.events.lost("reset");
    time.advance(LONGEST_PAUSE);
    world.lastSocket().events.opened();
    time.runDue();

    older.events.authReply(0);
    older.events.opened();
    older.events.heartbeatReply();
    older.events.lost("again");
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(AUTHENTICATING);
    assertThat(older.cancelled).isTrue();
  }

  @Test
  void anAuthReplyBeforeTheAuthBodyWasSentOpensNothing() {
    bringTo(CONNECTING);
    world.lastSocket().events.authReply(0);
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(CONNECTING);
  }

  // CLOSED

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"IDLE", "STARTING", "CONNECTING", "AUTHENTICATING", "OPEN", "BACKING_OFF"})
  void closeEndsEverythingInEveryState(Phase phase) {
    bringTo(phase);
    machine.close();
    machine.close();
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(CLOSED);
    assertThat(world.phases().stream().filter(p -> p == CLOSED)).hasSize(1);
    assertThat(world.starts).allMatch(start -> start.cancelled || phase != STARTING);
    assertThat(world.sockets).noneMatch(FakeRoomIo.Socket::isLive);
    assertThat(world.kept).allMatch(kept -> kept.closed);
    assertThat(world.listeningTo).isNull();

    time.advance(Duration.ofNanos(ConnectionMachine.GOODBYE_NANOS));
    assertThat(world.sockets).allMatch(socket -> socket.cancelled);
    assertThat(time.pending()).isZero();
    machine.connect();
    time.advance(Duration.ofHours(1));
    assertThat(machine.state().getPhase()).isEqualTo(CLOSED);
  }

  @Test
  void aStartThatIsAnsweredAfterCloseIsNotUsed() {
    bringTo(STARTING);
    machine.close();
    world.lastStart().answer("c1", LINKS);
    time.advance(Duration.ofMinutes(1));

    assertThat(world.sockets).isEmpty();
    assertThat(world.kept).isEmpty();
  }

  // Many rooms

  @Test
  void manyRoomsThatFailAtOnceDoNotComeBackAtOnce() {
    AttemptBudget budget = new AttemptBudget(time.nanoTime());
    FakeRoomIo[] rooms = new FakeRoomIo[500];
    Random random = new Random(3);
    for (int i = 0; i < rooms.length; i++) {
      rooms[i] = new FakeRoomIo();
      new ConnectionMachine(
              rooms[i],
              time,
              new BackOff(random),
              budget,
              TIME_TO_LIVE.toNanos(),
              ConnectionEventsLog.none(time))
          .connect();
    }
    time.runDue();
    for (FakeRoomIo room : rooms) {
      room.lastStart().refuse(5001);
    }
    time.advance(Duration.ofSeconds(1));
    assertThat(attempts(rooms)).isBetween(500 + 25, 500 + 30);
    time.advance(Duration.ofSeconds(1));
    assertThat(attempts(rooms)).isBetween(500 + 45, 500 + 50);

    time.advance(Duration.ofSeconds(30));
    assertThat(attempts(rooms)).isEqualTo(1_000);
  }

  private static int attempts(FakeRoomIo[] rooms) {
    int attempts = 0;
    for (FakeRoomIo room : rooms) {
      attempts += room.starts.size();
    }
    return attempts;
  }

  /** Lets the present pause pass, and not more. */
  private void backOff() {
    time.runDue();
    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    time.advance(Duration.ofMillis(machine.state().getRetryInMillis() + 1));
  }

  private void bringTo(Phase phase) {
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
      world.lastSocket().events.lost("reset");
      time.runDue();
    }
    assertThat(machine.state().getPhase()).isEqualTo(phase);
  }

  private void openSocket(String connId) {
    world.lastStart().answer(connId, LINKS);
    time.runDue();
    world.lastSocket().events.opened();
    time.runDue();
  }
}
