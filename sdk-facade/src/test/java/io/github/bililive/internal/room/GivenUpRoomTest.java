package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.WarningLog;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each reason for which a room is given up, and what the log says of it. */
class GivenUpRoomTest extends MachineTestCase {
  private final WarningLog log = WarningLog.open();

  @AfterEach
  void close() {
    log.close();
  }

  /** What happens to a room, one way to be given up each. */
  private interface Blow {
    void hit(GivenUpRoomTest test);
  }

  private static Arguments way(Reason reason, String words, Blow blow) {
    return Arguments.of(reason, words, blow);
  }

  static Stream<Arguments> ways() {
    return Stream.of(
        way(Reason.REFUSED, "4002", test -> test.failStart(refusal(4002))),
        way(
            Reason.AUTHORISATION_REQUIRED,
            "must authorise",
            test ->
                test.failStart(
                    new AuthorisationRequiredException("start", "bob", "the token is gone", null))),
        way(Reason.AUTHORISATION_REQUIRED, "127001", test -> test.failStart(refusal(127_001))),
        way(
            Reason.KEPT_ALIVE_ELSEWHERE,
            "conn_id c1 is kept alive already",
            test -> {
              test.world.keptAliveElsewhere = true;
              test.bringTo(Phase.STARTING);
              test.world.lastStart().answer("c1", LINKS);
            }),
        way(
            Reason.BROTLI_MISSING,
            "add the dependency",
            test -> {
              test.bringTo(Phase.OPEN);
              test.world.lastSocket().lose(Reason.BROTLI_MISSING, "add the dependency");
            }));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("ways")
  void isLoggedOnceWithTheRoomsNameAndTheReason(Reason reason, String words, Blow blow) {
    blow.hit(this);
    time.advance(Duration.ofHours(1));

    assertThat(machine.state().getPhase()).isEqualTo(Phase.CLOSED);
    assertThat(machine.state().getReason()).isEqualTo(reason);
    assertThat(machine.state().getMessage()).contains(words);
    assertThat(log.of(ROOM)).hasSize(1).allMatch(line -> line.contains(words));
    assertThat(world.sockets).noneMatch(FakeRoomIo.Socket::isLive);
    assertThat(time.pending()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"CLOSED_BY_USER", "CLIENT_CLOSED", "BROADCASTER_FORGOTTEN"})
  void aRoomThatIsClosedOnPurposeIsNotLogged(Reason reason) {
    bringTo(Phase.OPEN);
    machine.close(reason, "");
    machine.close(Reason.CLOSED_BY_USER, "");
    time.advance(Duration.ofHours(1));

    assertThat(machine.state().getReason()).isEqualTo(reason);
    assertThat(log.of(ROOM)).isEmpty();
  }

  @Test
  void noReasonOfAnEndIsLeftOut() {
    Set<Reason> tested =
        EnumSet.of(
            Reason.CLOSED_BY_USER,
            Reason.CLIENT_CLOSED,
            Reason.BROADCASTER_FORGOTTEN,
            Reason.HANDED_OVER); // No fault, and with tests of its own.
    ways().forEach(way -> tested.add((Reason) way.get()[0]));

    assertThat(tested).isEqualTo(EnumSet.range(Reason.CLOSED_BY_USER, Reason.BROTLI_MISSING));
  }

  @Test
  void aRoomThatIsClosedWhileItsStartIsAnsweredIsClosedOnPurpose() {
    bringTo(Phase.STARTING);
    world.keptAliveElsewhere = true; // As by heartbeats that are closed with the client.
    world.lastStart().answer("c1", LINKS);
    machine.close(Reason.CLIENT_CLOSED, "");
    time.runDue();

    assertThat(world.states).last().extracting("reason").isEqualTo(Reason.CLIENT_CLOSED);
    assertThat(log.of(ROOM)).isEmpty();
  }

  @Test
  void aFrameThatCannotBeReadIsLoggedSinceItsEventsAreLostAndTheRoomGoesOn() {
    bringTo(Phase.OPEN);
    world.lastSocket().lose(Reason.FRAME_UNREADABLE, "a frame could not be read: empty frame");
    backOff();

    assertThat(world.sockets).hasSize(2);
    assertThat(log.of(ROOM)).hasSize(1).allMatch(line -> line.contains("empty frame"));
  }

  @Test
  void whatHealsByItselfIsNotLogged() {
    bringTo(Phase.STARTING);
    world.lastStart().refuse(5001);
    backOff();
    openSocket("c1");
    world.lastSocket().events.authReply(-101);
    backOff();
    openSocket("c2");
    world.lastSocket().events.authReply(0);
    world.lastSocket().lose("reset");
    backOff();

    assertThat(log.of(ROOM)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {4001, 4002, 4007, 127_000, 127_004, 127_005, 127_006, 127_012})
  void aRoomThatWasOpenOutlivesAFaultOfTheAppsSettingsAndIsLoggedOnce(int code) {
    bringTo(Phase.OPEN);
    world.lastKept().expire();
    backOff();
    for (int i = 0; i < 30; i++) {
      world.lastStart().refuse(code);
      time.runDue();
      assertThat(machine.state().getReason()).isEqualTo(Reason.START_FAILED);
      assertThat(machine.state().getMessage()).contains(code + " ");
      assertThat(machine.state().getRetryInMillis()).isBetween(60_000L, 90_000L);
      backOff();
    }
    assertThat(log.of(ROOM))
        .singleElement()
        .asString()
        .contains("cannot be started, and is tried again each minute: ", code + " ");

    openSocket("c2");
    world.lastSocket().events.authReply(0);
    time.runDue();
    assertThat(machine.state().getPhase()).isEqualTo(Phase.OPEN);
  }

  @Test
  void eachCauseIsLoggedAndOneThatComesBackIsLoggedAgain() {
    bringTo(Phase.OPEN);
    for (int round = 0; round < 2; round++) {
      world.lastKept().expire();
      backOff();
      for (int code : new int[] {4002, 4007, 4002}) {
        world.lastStart().refuse(code);
        backOff();
      }
      openSocket("c" + round);
      world.lastSocket().events.authReply(0);
      time.runDue();
    }

    assertThat(log.of(ROOM)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {4000, 4008, 5005, 127_200})
  void aRoomThatWasOpenEndsByARefusalThatIsNotOfTheSettings(int code) {
    bringTo(Phase.OPEN);
    world.lastKept().expire();
    backOff();
    world.lastStart().refuse(code);
    time.runDue();

    assertThat(machine.state().getReason()).isEqualTo(Reason.REFUSED);
    assertThat(log.of(ROOM)).hasSize(1);
  }

  private void failStart(BiliLiveException error) {
    assertThat(error.getRemedy()).isIn(Remedy.GIVE_UP, Remedy.SIGN_IN_AGAIN);
    bringTo(Phase.STARTING);
    world.lastStart().fail(error);
  }

  private static PlatformException refusal(int code) {
    return new PlatformException("start", code, "", null);
  }
}
