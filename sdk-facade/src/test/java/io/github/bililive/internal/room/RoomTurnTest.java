package io.github.bililive.internal.room;

import static io.github.bililive.ConnectionState.Phase.BACKING_OFF;
import static io.github.bililive.ConnectionState.Phase.CONNECTING;
import static io.github.bililive.ConnectionState.Phase.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.SourceException;
import io.github.bililive.error.TokenException;
import io.github.bililive.error.TokenStoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which failures of one room slow the others down. */
class RoomTurnTest extends MachineTestCase {
  private final ConnectPace starts = paces.startsOf("the API");

  @Test
  void whoHearsThatARoomBacksOffSeesWhatIsLeftOfItsPause() {
    bringTo(STARTING);
    List<Long> left = new ArrayList<>();
    world.whenStateChanges = () -> left.add(machine.state().getRetryInMillis());
    world.lastStart().refuse(7002);
    time.runDue();

    assertThat(left).hasSize(1).allMatch(millis -> millis >= 30_000);
  }

  static Stream<BiliLiveException> ofThePlatform() {
    return Stream.of(
        new PlatformException("start", 5001, "", null),
        new PlatformException("start", 127_201, "", null),
        new PlatformException("start", 999_999, "", null),
        new NetworkException("start", "platform.test", new IOException("timeout")),
        new InvalidResponseException("start", "it is a page", 502, "text/html", "", null),
        new SourceException("it failed", null, Remedy.RETRY));
  }

  @ParameterizedTest
  @MethodSource("ofThePlatform")
  void aStartThatThePlatformFailedHalvesThePaceOfStarts(BiliLiveException error) {
    bringTo(STARTING);
    world.lastStart().fail(error);
    time.runDue();

    assertThat(starts.perSecond()).isEqualTo(10);
    assertThat(starts.waitNanos()).isZero();
    assertThat(paces.dials.perSecond()).isEqualTo(20);
  }

  static Stream<BiliLiveException> ofTheRoom() {
    return Stream.of(
        new PlatformException("start", 7001, "", null),
        new PlatformException("start", 7010, "", null),
        new PlatformException("start", 4002, "", null),
        new PlatformException("start", 127_001, "", null),
        new TokenException("start", "the function failed", null, 0),
        new TokenException("start", "the function failed", null, 1_000),
        new TokenStoreException("load", "alice", new IOException("disk"), 1_000),
        new SourceException("signed out", null, Remedy.SIGN_IN_AGAIN));
  }

  @ParameterizedTest
  @MethodSource("ofTheRoom")
  void aStartThatFailedForTheRoomsOwnReasonsLeavesThePaceAsItIs(BiliLiveException error) {
    bringTo(STARTING);
    world.lastStart().fail(error);
    time.runDue();

    assertThat(starts.perSecond()).isEqualTo(20);
    assertThat(starts.waitNanos()).isZero();
  }

  static Stream<BiliLiveException> ofTheApp() {
    return Stream.of(
        new PlatformException("start", 4009, "", null),
        new PlatformException("start", 127_009, "", null),
        new PlatformException("start", 127_306, "", null),
        new InvalidResponseException("start", "too many", 429, null, "", null));
  }

  @ParameterizedTest
  @MethodSource("ofTheApp")
  void aLimitOfTheAppHoldsAllStartsAndTheRoomKeepsNoPauseOfItsOwn(BiliLiveException error) {
    bringTo(STARTING);
    world.lastStart().fail(error);
    time.runDue();

    assertThat(starts.perSecond()).isEqualTo(10);
    assertThat(starts.waitNanos()).isBetween(1_000_000_000L, 1_200_000_000L);
    assertThat(machine.state().getPhase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().getRetryInMillis()).isEqualTo(1_000);
    backOff();
    assertThat(machine.state().getPhase()).isEqualTo(STARTING);
  }

  @Test
  void aDialThatFailsHalvesThePaceOfDialsAlone() {
    bringTo(CONNECTING);
    world.lastSocket().lose("no route");
    time.runDue();

    assertThat(paces.dials.perSecond()).isEqualTo(10);
    assertThat(starts.perSecond()).isEqualTo(20);
  }

  @Test
  void aRefusedAuthBodyLeavesThePaceAsItIs() {
    bringTo(STARTING);
    openSocket("c1");
    world.lastSocket().events.authReply(-101);
    time.runDue();

    assertThat(paces.dials.perSecond()).isEqualTo(20);
  }

  @Test
  void aQuotaOfOneApiHoldsNoOther() {
    bringTo(STARTING);
    world.lastStart().refuse(4009);
    time.runDue();

    assertThat(paces.startsOf("another API").waitNanos()).isZero();
    assertThat(paces.perSecond()).isEqualTo(10);
  }
}
