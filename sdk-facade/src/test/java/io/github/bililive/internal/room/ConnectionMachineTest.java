package io.github.bililive.internal.room;

import static io.github.bililive.ConnectionState.Phase.AUTHENTICATING;
import static io.github.bililive.ConnectionState.Phase.BACKING_OFF;
import static io.github.bililive.ConnectionState.Phase.CLOSED;
import static io.github.bililive.ConnectionState.Phase.CONNECTING;
import static io.github.bililive.ConnectionState.Phase.IDLE;
import static io.github.bililive.ConnectionState.Phase.OPEN;
import static io.github.bililive.ConnectionState.Phase.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The transitions of the state machine on the way to an open room, and its end. */
class ConnectionMachineTest extends MachineTestCase {
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

  // CONNECTING and AUTHENTICATING

  @Test
  void aSocketThatCannotBeOpenedIsFollowedByTheNextAddressWithTheSameConnId() {
    bringTo(CONNECTING);
    world.lastSocket().lose("refused");
    backOff();

    assertThat(world.sockets).hasSize(2);
    assertThat(world.lastSocket().link).isEqualTo("wss://two.test/sub");
    assertThat(world.starts).hasSize(1);

    world.lastSocket().lose("refused");
    backOff();
    assertThat(world.lastSocket().link).isEqualTo("wss://one.test/sub");
  }

  @Test
  void aSocketThatDoesNotOpenInTimeIsGivenUpAtTheBoundary() {
    bringTo(CONNECTING);
    time.advance(Duration.ofNanos(RoomSocket.DIAL_TIMEOUT_NANOS).minus(TICK));
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
    assertThat(machine.state().getMessage())
        .isEqualTo("the platform refused the auth body with code -101");
    assertThat(world.lastKept().closed).isTrue();
    assertThat(machine.httpHeartbeatAgeMillis()).isNull();

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

  // Older sockets and calls

  @Test
  void whatAnOlderSocketSaysIsIgnored() {
    bringTo(OPEN);
    FakeRoomIo.Socket older = world.lastSocket();
    older.lose("reset");
    time.advance(LONGEST_PAUSE);
    world.lastSocket().events.opened();
    time.runDue();

    older.events.authReply(0);
    older.events.opened();
    older.events.heartbeatReply();
    older.lose("again");
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
    machine.close(Reason.CLOSED_BY_USER, "");
    machine.close(Reason.CLOSED_BY_USER, "");
    time.runDue();

    assertThat(machine.state().getPhase()).isEqualTo(CLOSED);
    assertThat(world.phases().stream().filter(p -> p == CLOSED)).hasSize(1);
    assertThat(world.starts).allMatch(start -> start.cancelled || phase != STARTING);
    assertThat(world.sockets).noneMatch(FakeRoomIo.Socket::isLive);
    assertThat(world.kept).allMatch(kept -> kept.closed);
    assertThat(world.listeningTo).isNull();

    time.advance(Duration.ofNanos(RoomSocket.GOODBYE_NANOS));
    assertThat(world.sockets).allMatch(socket -> socket.cancelled);
    assertThat(time.pending()).isZero();
    machine.connect();
    time.advance(Duration.ofHours(1));
    assertThat(machine.state().getPhase()).isEqualTo(CLOSED);
  }

  @Test
  void aRoomThatIsClosedBeforeItsTurnStartsNothing() {
    machine.connect();
    machine.close(Reason.CLOSED_BY_USER, "");
    time.runDue();

    assertThat(world.starts).isEmpty();
    assertThat(world.phases()).containsExactly(CLOSED);
  }

  @Test
  void aStartThatIsAnsweredAfterCloseIsNotUsed() {
    bringTo(STARTING);
    machine.close(Reason.CLOSED_BY_USER, "");
    world.lastStart().answer("c1", LINKS);
    time.advance(Duration.ofMinutes(1));

    assertThat(world.sockets).isEmpty();
    assertThat(world.kept).isEmpty();
  }
}
