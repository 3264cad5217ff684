package io.github.bililive.internal.room;

import static io.github.bililive.ConnectionState.Phase.BACKING_OFF;
import static io.github.bililive.ConnectionState.Phase.CLOSED;
import static io.github.bililive.ConnectionState.Phase.CONNECTING;
import static io.github.bililive.ConnectionState.Phase.OPEN;
import static io.github.bililive.ConnectionState.Phase.PAUSED;
import static io.github.bililive.ConnectionState.Phase.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.LoggedRecords;
import io.github.bililive.StartedConnection;
import io.github.bililive.internal.store.RoomEntry;
import io.github.bililive.store.HandOverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms that are remembered, in virtual time: each process has a clock of its own. */
class StoredRoomTest {
  private static final Duration SLICE = Duration.ofMillis(10);

  private final MemoryStore store = new MemoryStore();

  private StoreProcess process() {
    return new StoreProcess(store, HandOverPolicy.DEFAULT);
  }

  private StoreProcess named(String owner) {
    return new StoreProcess(store, HandOverPolicy.builder().owner(owner).build());
  }

  private StoreProcess overlapping() {
    return new StoreProcess(store, HandOverPolicy.builder().overlap(true).build());
  }

  /** Lets both go on side by side. */
  private static void together(Duration duration, StoreProcess... processes) {
    for (Duration left = duration; !left.isNegative(); left = left.minus(SLICE)) {
      for (StoreProcess process : processes) {
        process.advance(SLICE);
      }
    }
  }

  private RoomEntry entry() {
    return Objects.requireNonNull(store.entry());
  }

  // Remembering

  @Test
  void anIdIsInTheStoreBeforeItsSocketIsDialled() {
    StoreProcess process = process().begin();
    process.hangs = true;
    process.world.lastStart().answer("c1", MachineTestCase.LINKS);
    process.advance(Duration.ofSeconds(1));
    assertThat(process.world.sockets).isEmpty();

    process.hangs = false;
    process.hanging.remove().run();
    process.time.runDue();
    assertThat(store.connId()).isEqualTo("c1");
    assertThat(process.world.sockets).hasSize(1);
  }

  @Test
  void aProcessThatIsKilledEightTimesIn45SecondsTakesOneId() {
    int starts = 0;
    for (int life = 0; life < 9; life++) {
      StoreProcess process = process().begin();
      assertThat(process.world.kept).hasSize(life == 0 ? 0 : 1); // Beaten at once.
      if (life == 0) {
        process.world.lastStart().answer("c1", MachineTestCase.LINKS);
      }
      process.advance(Duration.ofMillis(5_600));
      assertThat(process.connId()).isEqualTo("c1");
      starts += process.world.starts.size();
    }
    assertThat(starts).isEqualTo(1);
    assertThat(store.connId()).isEqualTo("c1");
  }

  @Test
  void anIdThatIsFoundDeadBecomesAStartByItself() {
    process().open("c1");
    StoreProcess next = process().begin();
    assertThat(next.phase()).isEqualTo(STARTING);
    next.world.lastKept().expire();
    next.advance(SLICE);
    next.world.lastStart().answer("c2", MachineTestCase.LINKS);
    next.advance(SLICE);

    assertThat(next.phase()).isEqualTo(CONNECTING);
    assertThat(store.connId()).isEqualTo("c2");
    assertThat(next.world.states).noneMatch(state -> state.getPhase() == BACKING_OFF);
  }

  @Test
  void anIdThatIsFoundDeadAfterItWasTakenIsFollowedByAnother() {
    process().open("c1");
    StoreProcess next = process().begin();
    next.advance(Duration.ofSeconds(4));
    assertThat(next.phase()).isEqualTo(CONNECTING);
    next.world.lastKept().expire();
    next.advance(Duration.ofSeconds(2));

    assertThat(store.entry()).isNull();
    next.world.lastStart().answer("c2", MachineTestCase.LINKS);
    next.advance(SLICE);
    assertThat(store.connId()).isEqualTo("c2");
  }

  @Test
  void aRoomThatIsClosedLeavesItsIdToWhoComesNextWithoutAWait() {
    StoreProcess process = process().open("c1");
    process.receive("e1");
    process.machine.close(Reason.CLOSED_BY_USER, "");
    process.advance(SLICE);
    assertThat(entry().isReleased).isTrue();
    assertThat(entry().lastMsgId).isEqualTo("e1");

    StoreProcess next = process().begin();
    assertThat(next.phase()).isEqualTo(CONNECTING);
    assertThat(next.connId()).isEqualTo("c1");
  }

  @Test
  void aProcessOfTheSameNameIsTheEarlierLifeAndNotWaitedFor() {
    named("pod-1").open("c1");
    StoreProcess next = named("pod-1").begin();
    assertThat(next.phase()).isEqualTo(CONNECTING);
    assertThat(next.connId()).isEqualTo("c1");
  }

  @Test
  void anEntryThatSomebodyHasWipedIsWrittenAgain() {
    StoreProcess process = process().open("c1");
    store.wipe();
    process.advance(Duration.ofSeconds(2));
    assertThat(store.connId()).isEqualTo("c1");
    assertThat(process.phase()).isEqualTo(OPEN);
  }

  @Test
  void anEntryThatIsNoneIsReplacedAndTold() {
    store.put(7, "hush");
    StoreProcess process = process().open("c1");
    assertThat(store.connId()).isEqualTo("c1");
    assertThat(process.storeFailures)
        .containsExactly("the connection store holds an entry that was not written by this SDK");
  }

  @Test
  void anIdThatAClosedRoomOfThisClientLeftIsTakenAgain() {
    StoreProcess process = process();
    StartedConnection left =
        new StartedConnection("c1", "auth of c1", List.of(MachineTestCase.LINKS));
    RoomEntry entry = RoomEntry.of(left, process.room.calls.self).released(left, "e1");
    store.put(1, entry.stored(1).getText());
    process.begin();
    assertThat(process.world.starts).isEmpty();
    assertThat(process.connId()).isEqualTo("c1");

    process.accept();
    assertThat(process.phase()).isEqualTo(OPEN);
    assertThat(entry().isReleased).isFalse();
  }

  @Test
  void anIdThatIsFoundWithoutAUsableAddressIsNotKeptAlive() {
    StartedConnection found = new StartedConnection("c1", "auth of c1", List.of());
    store.put(1, RoomEntry.of(found, "one#1").released(found, "").stored(1).getText());
    StoreProcess process = process().begin();

    assertThat(process.machine.state().getReason()).isEqualTo(Reason.NO_USABLE_ADDRESS);
    assertThat(process.world.kept).hasSize(1).allMatch(kept -> kept.closed);
  }

  @Test
  void aRoomThatIsClosedJustWhenItsIdIsItsOwnKeepsNothingAlive() {
    StoreProcess before = process().open("c1");
    before.machine.close(Reason.CLOSED_BY_USER, "");
    before.advance(SLICE);
    StoreProcess process = process();
    process.hangs = true;
    process.begin();
    process.hanging.remove().run(); // The look into the store.
    process.time.runDue();
    process.hanging.remove().run(); // The entry is its own.
    process.machine.close(Reason.CLOSED_BY_USER, "");
    process.advance(SLICE);

    assertThat(process.phase()).isEqualTo(CLOSED);
    assertThat(process.world.kept).hasSize(1).allMatch(kept -> kept.closed);
  }

  @Test
  void anEntryIsWrittenAgainIfTheStoreWasSetBack() {
    named("pod").open("c1");
    RoomEntry before = entry();
    StoreProcess process = named("pod").begin().accept();
    assertThat(entry().owner).isEqualTo(process.room.calls.self);
    store.put(1, before.stored(1).getText());
    process.advance(Duration.ofSeconds(3));
    assertThat(entry().owner).isEqualTo(process.room.calls.self);

    StoreProcess next = named("other").begin();
    together(Duration.ofMillis(1_500), process, next);
    assertThat(process.machine.state().getReason()).isEqualTo(Reason.HANDED_OVER);
  }

  // Handing over

  @Test
  void theSuccessorDialsOnceThePredecessorHasLetGo() {
    StoreProcess old = named("one").open("c1");
    StoreProcess next = named("two").begin();
    assertThat(next.phase()).isEqualTo(STARTING);
    together(Duration.ofMillis(1_500), old, next);

    assertThat(old.world.lastSocket().closed).isTrue();
    assertThat(old.phase()).isEqualTo(PAUSED);
    assertThat(old.machine.state().getReason()).isEqualTo(Reason.HANDED_OVER);
    assertThat(next.phase()).isEqualTo(CONNECTING);
    assertThat(next.connId()).isEqualTo("c1");
    assertThat(RoomEntry.nameOf(entry().owner)).isEqualTo("two");

    assertThat(old.world.lastKept().closed).isFalse();
    together(Duration.ofSeconds(20), old);
    assertThat(old.phase()).isEqualTo(CLOSED);
    assertThat(old.heard).containsExactly("HANDED_OVER");
    assertThat(old.world.lastKept().closed).isTrue();
    assertThat(old.world.ended).isEmpty();
    assertThat(old.forgotten).contains("c1");
  }

  @Test
  void thePredecessorDeliversWhatItHasReceivedBeforeItLetsGo() {
    StoreProcess old = process().open("c1");
    old.isListenerBusy = true;
    for (String id : List.of("e1", "e2", "e3")) {
      old.receive(id);
    }
    StoreProcess next = process().begin();
    together(Duration.ofSeconds(2), old, next);
    assertThat(old.world.lastSocket().closed).isTrue();
    assertThat(entry().isReleased).isFalse();
    assertThat(next.world.sockets).isEmpty();

    old.receive("late"); // Its socket is closed.
    old.runCallbacks();
    together(Duration.ofMillis(400), old, next);
    assertThat(old.heard).containsExactly("e1", "e2", "e3");
    assertThat(next.phase()).isEqualTo(CONNECTING);
  }

  @Test
  void aPredecessorThatDoesNotAnswerIsTakenForDeadAfterThreeSeconds() {
    process().open("c1");
    StoreProcess next = process().begin();
    next.advance(Duration.ofMillis(2_800));
    assertThat(next.phase()).isEqualTo(STARTING);
    next.advance(Duration.ofMillis(500));
    assertThat(next.phase()).isEqualTo(CONNECTING);
    assertThat(next.connId()).isEqualTo("c1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFrozenPredecessorLetsGoWithinASecondAfterItWakes(boolean isNamesake) {
    StoreProcess old = named("pod").open("c1");
    StoreProcess next = named(isNamesake ? "pod" : "other").begin();
    next.advance(Duration.ofSeconds(4));
    next.accept();
    RoomEntry before = entry();
    together(Duration.ofMillis(1_100), old, next);

    assertThat(old.world.lastSocket().closed).isTrue();
    assertThat(old.machine.state().getReason()).isEqualTo(Reason.HANDED_OVER);
    together(Duration.ofSeconds(30), old, next);
    assertThat(next.phase()).isEqualTo(OPEN);
    assertThat(entry().owner).isEqualTo(before.owner);
    assertThat(entry().isReleased).isFalse();
  }

  @Test
  void aPredecessorThatSleptLongerThanIdsLiveTakesNothingBack() {
    StoreProcess old = process().open("c1");
    StoreProcess next = process().begin();
    next.advance(Duration.ofSeconds(4));
    next.accept();
    old.time.sleep(Duration.ofMinutes(5));
    together(Duration.ofSeconds(3), old, next);

    assertThat(old.machine.state().getReason()).isEqualTo(Reason.HANDED_OVER);
    assertThat(old.world.starts).hasSize(1);
    together(Duration.ofSeconds(25), old, next);
    assertThat(old.phase()).isEqualTo(CLOSED);
    assertThat(next.phase()).isEqualTo(OPEN);
    assertThat(store.connId()).isEqualTo("c1");
  }

  @Test
  void aSocketThatIsRefusedSinceThatOfAKilledProcessLingersCostsNoId() {
    process().open("c1");
    StoreProcess next = process().begin();
    next.advance(Duration.ofSeconds(4));
    next.world.lastSocket().events.opened();
    next.time.runDue();
    next.world.lastSocket().events.authReply(-101);
    next.advance(Duration.ofSeconds(2));

    assertThat(next.connId()).isEqualTo("c1");
    assertThat(next.world.starts).isEmpty();
    assertThat(next.world.sockets).hasSize(2);
  }

  @Test
  void ofTwoSuccessorsTheLaterHearsTheRoomAndTheOtherIsClosed() {
    StoreProcess old = process().open("c1");
    StoreProcess first = named("first").begin();
    StoreProcess second = named("second").begin();
    together(Duration.ofSeconds(4), old, first, second);
    second.accept();
    together(Duration.ofSeconds(25), old, first, second);

    assertThat(second.phase()).isEqualTo(OPEN);
    assertThat(first.machine.state().getReason()).isEqualTo(Reason.HANDED_OVER);
    assertThat(first.phase()).isEqualTo(CLOSED);
    assertThat(old.phase()).isEqualTo(CLOSED);
    assertThat(store.connId()).isEqualTo("c1");
  }

  @Test
  void twoThatStartAtOnceEndWithOneThatHears() {
    StoreProcess one = process().begin();
    StoreProcess two = process().begin();
    one.world.lastStart().answer("c1", MachineTestCase.LINKS);
    two.world.lastStart().answer("c2", MachineTestCase.LINKS);
    together(Duration.ofSeconds(1), one, two);
    one.accept();
    two.accept();
    together(Duration.ofSeconds(25), one, two);

    assertThat(List.of(one.phase(), two.phase())).containsExactlyInAnyOrder(OPEN, CLOSED);
    assertThat(store.connId()).isEqualTo(one.phase() == OPEN ? "c1" : "c2");
  }

  @Test
  void aHandedOverRoomCannotBeBroughtBackBySomebodyWhoResumesIt() {
    StoreProcess old = process().open("c1");
    StoreProcess next = process().begin();
    together(Duration.ofSeconds(2), old, next);
    old.machine.resume();
    old.machine.redial();
    old.advance(Duration.ofSeconds(1));

    assertThat(old.phase()).isEqualTo(PAUSED);
    assertThat(old.world.sockets).hasSize(1);
  }

  @Test
  void aClientThatIsClosedWhileItWaitsLeavesThePredecessorsConnectionAlone() {
    process().open("c1");
    StoreProcess next = process().begin();
    next.room.clientCloses();

    assertThat(next.forgotten).containsExactly("c1");
    assertThat(next.world.ended).isEmpty();
  }

  @Test
  void aClientThatIsClosedJustWhenItIsAskedStillReleasesTheRoom() {
    StoreProcess old = process().open("c1");
    old.receive("e1");
    StoreProcess next = named("next").begin();
    assertThat(entry().successor).startsWith("next#");
    old.room.clientCloses();
    assertThat(entry().isReleased).isTrue();
    assertThat(entry().lastMsgId).isEqualTo("e1");

    next.advance(Duration.ofMillis(500));
    assertThat(next.phase()).isEqualTo(CONNECTING);
    assertThat(next.connId()).isEqualTo("c1");
  }

  // Overlap

  @Test
  void withOverlapNoEventIsMissedAndNoneDeliveredTwice() {
    StoreProcess old = overlapping().open("c1");
    StoreProcess next = overlapping().begin().accept();
    old.receive("e1");
    for (String id : List.of("e2", "e3")) {
      old.receive(id);
      next.receive(id);
    }
    assertThat(next.heard).isEmpty();
    together(Duration.ofMillis(1_500), old, next);
    next.receive("e4");

    assertThat(old.heard).containsExactly("e1", "e2", "e3");
    assertThat(next.heard).containsExactly("e4");
    assertThat(next.phase()).isEqualTo(OPEN);
  }

  @Test
  void withOverlapThePredecessorIsAskedOnceTheOtherSocketIsOpen() {
    StoreProcess old = overlapping().open("c1");
    StoreProcess next = overlapping().begin();
    together(Duration.ofSeconds(2), old, next);
    assertThat(next.phase()).isEqualTo(CONNECTING);
    assertThat(old.phase()).isEqualTo(OPEN);

    next.accept();
    together(Duration.ofMillis(1_100), old, next);
    assertThat(old.phase()).isEqualTo(PAUSED);
  }

  @Test
  void withOverlapASocketThatLagsIsWaitedForASecond() {
    StoreProcess old = overlapping().open("c1");
    StoreProcess next = overlapping().begin().accept();
    old.receive("e1");
    old.receive("e2");
    next.receive("e1");
    together(Duration.ofMillis(1_500), old, next);
    assertThat(next.heard).isEmpty();
    next.receive("e2");
    next.receive("e3");
    next.advance(Duration.ofMillis(100));

    assertThat(next.heard).containsExactly("e3");
  }

  @Test
  void withOverlapEventsThatThePredecessorNeverHadAreDeliveredInTheEnd() {
    StoreProcess old = overlapping().open("c1");
    old.receive("before");
    StoreProcess next = overlapping().begin().accept();
    next.receive("e1");
    together(Duration.ofSeconds(3), old, next);

    assertThat(next.heard).containsExactly("e1");
  }

  @Test
  void withOverlapARefusedSocketCostsNoIdAndIsTriedAgain() {
    StoreProcess old = overlapping().open("c1");
    StoreProcess next = overlapping().begin();
    next.world.lastSocket().events.opened();
    next.time.runDue();
    next.world.lastSocket().events.authReply(-101);
    together(Duration.ofMillis(1_300), old, next);
    assertThat(next.phase()).isEqualTo(CONNECTING); // Dialled as soon as the other has let go.

    assertThat(next.connId()).isEqualTo("c1");
    assertThat(next.world.starts).isEmpty();
    next.accept();
    assertThat(next.phase()).isEqualTo(OPEN);
  }

  @Test
  void aPredecessorWhoseSocketIsReplacedLooksIntoTheStoreAtOnce() {
    StoreProcess old = overlapping().open("c1");
    overlapping().begin().accept();
    old.world.lastSocket().lose("replaced");
    old.advance(Duration.ofMillis(30));

    assertThat(old.machine.state().getReason()).isEqualTo(Reason.HANDED_OVER);
    assertThat(old.world.sockets).hasSize(1);
  }

  @Test
  void withOverlapASuccessorFollowsAPredecessorThatGotAnotherId() {
    StoreProcess old = overlapping().open("c1");
    StoreProcess next = overlapping().begin();
    old.world.lastKept().expire();
    old.advance(Duration.ofSeconds(2));
    old.world.lastStart().answer("c2", MachineTestCase.LINKS);
    old.advance(SLICE);
    old.accept();
    next.world.lastKept().expire();
    next.advance(Duration.ofSeconds(2));
    assertThat(next.phase()).isEqualTo(CONNECTING);
    assertThat(next.connId()).isEqualTo("c2");

    next.accept();
    together(Duration.ofMillis(1_500), old, next);
    assertThat(next.phase()).isEqualTo(OPEN);
    assertThat(old.machine.state().getReason()).isEqualTo(Reason.HANDED_OVER);
  }

  @Test
  void withOverlapASuccessorThatIsClosedEarlyLeavesThePredecessorsRoomAlone() {
    StoreProcess old = overlapping().open("c1");
    StoreProcess next = overlapping().begin();
    assertThat(next.phase()).isEqualTo(CONNECTING);
    next.machine.close(Reason.CLOSED_BY_USER, "");
    together(Duration.ofSeconds(5), next, old);

    assertThat(next.world.ended).isEmpty();
    assertThat(next.forgotten).contains("c1");
    assertThat(next.world.kept).allMatch(kept -> kept.closed);
    assertThat(entry().owner).isEqualTo(old.room.calls.self);
    assertThat(entry().isReleased).isFalse();
    assertThat(old.phase()).isEqualTo(OPEN);
  }

  // A store that fails

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStoreThatFailsStopsNoRoomAndIsToldOnceWithoutSecrets(boolean isChecked) {
    String text = "cannot write {\"auth_body\":\"hush-auth-body\"}";
    store.broken = isChecked ? new IOException(text) : new IllegalStateException(text);
    try (LoggedRecords log = new LoggedRecords()) {
      StoreProcess process = process().open("c1");
      process.advance(Duration.ofSeconds(30));
      assertThat(process.phase()).isEqualTo(OPEN);
      assertThat(process.storeFailures).hasSize(2).allMatch(each -> each.contains("██"));
      assertThat(log.messages(Level.WARNING))
          .hasSize(2)
          .allMatch(message -> message.startsWith("the connection store did not "))
          .allMatch(message -> message.endsWith("rooms go on without it, and it is asked again"));
      assertThat(log.records()).noneMatch(each -> each.getMessage().contains("hush"));
      assertThat(String.join("", process.storeFailures)).doesNotContain("hush");

      store.broken = null;
      process.advance(Duration.ofSeconds(3));
      assertThat(store.connId()).isEqualTo("c1");
    }
  }

  @Test
  void aRoomGoesOnIfNoThreadCanBeStartedThatCallsTheStore() {
    StoreProcess process = process();
    process.lacksThreads = true;
    process.begin();
    process.world.lastStart().answer("c1", MachineTestCase.LINKS);
    process.advance(Duration.ofMillis(100));
    process.accept();
    assertThat(process.phase()).isEqualTo(OPEN);
    assertThat(process.storeFailures)
        .isNotEmpty()
        .allMatch(problem -> problem.contains("unable to create native thread"));

    process.lacksThreads = false;
    process.advance(Duration.ofSeconds(3));
    assertThat(store.connId()).isEqualTo("c1");
  }

  @Test
  void aStoreThatHangsIsNotWaitedForLongerThanFiveSeconds() {
    StoreProcess process = process();
    process.hangs = true;
    process.begin();
    assertThat(process.world.starts).isEmpty();
    process.advance(Duration.ofSeconds(5));
    process.world.lastStart().answer("c1", MachineTestCase.LINKS);
    process.advance(SLICE);

    assertThat(process.phase()).isEqualTo(CONNECTING); // No second wait.
    process.accept();
    process.advance(Duration.ofMinutes(2));
    assertThat(process.phase()).isEqualTo(OPEN);
    assertThat(process.hanging).hasSizeLessThan(60);
  }

  @Test
  void aSaveThatIsAnsweredTooLateIsNotMistakenForASuccessors() {
    StoreProcess process = process().begin();
    process.hangs = true;
    process.world.lastStart().answer("c1", MachineTestCase.LINKS);
    process.advance(Duration.ofSeconds(6));
    process.hangs = false;
    process.hanging.remove().run(); // It was cancelled.
    process.accept();
    process.advance(Duration.ofSeconds(10));

    assertThat(process.phase()).isEqualTo(OPEN);
    assertThat(store.connId()).isEqualTo("c1");
  }

  @Test
  void theRoomIsReadOnceASecondWhileItIsOpen() {
    StoreProcess process = process().open("c1");
    process.advance(Duration.ofSeconds(2));
    store.calls.clear();
    process.advance(Duration.ofSeconds(10));

    assertThat(store.calls).hasSize(10).containsOnly("load");
  }

  @Test
  void anEntryHoldsAllOfAConnectionAndIsReadAlsoIfALaterReleaseWroteMore() throws Exception {
    StartedConnection started =
        new StartedConnection("c1", "hush", List.of("wss://one"), null, "lease");
    RoomEntry entry = RoomEntry.of(started, "one#1").askedFor("two#2").released(started, "e1");
    String text = entry.stored(3).getText();
    store.put(3, text.replaceFirst("\\{", "{\"later\":[1],"));

    RoomEntry read = entry();
    assertThat(read.connection).usingRecursiveComparison().isEqualTo(started);
    assertThat(read.owner).isEqualTo("one#1");
    assertThat(read.successor).isEqualTo("two#2");
    assertThat(read.isReleased).isTrue();
    assertThat(read.lastMsgId).isEqualTo("e1");
  }
}
