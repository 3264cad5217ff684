package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.Overflow;
import io.github.bililive.WarningLog;
import io.github.bililive.internal.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventQueueTest {
  /** Runs tasks when the test says so. */
  private static final class ByHand implements Executor {
    final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public synchronized void execute(Runnable task) {
      tasks.add(task);
    }

    void runAll() {
      for (Runnable task = poll(); task != null; task = poll()) {
        task.run();
      }
    }

    private synchronized Runnable poll() {
      return tasks.poll();
    }
  }

  private final VirtualTime time = new VirtualTime();
  private final RoomCounters counters = new RoomCounters(time);
  private final ByHand executor = new ByHand();
  private final List<String> heard = new ArrayList<>();
  private @Nullable Runnable inCallback;
  private final LiveListener listener =
      new LiveListener() {
        @Override
        public void onRawEvent(LiveEvent event) {
          if (inCallback != null) {
            Runnable once = inCallback;
            inCallback = null;
            once.run();
          }
          heard.add(event.getCmd());
        }

        @Override
        public void onStateChanged(ConnectionState state) {
          heard.add(state.getPhase().toString());
        }

        @Override
        public void onDropped(long count) {
          heard.add("dropped " + count);
        }
      };
  private final LiveSocket socket = new FakeRoomIo().new Socket("wss://x.test", null);
  private final LiveSocket nextSocket = new FakeRoomIo().new Socket("wss://y.test", null);

  private EventQueue queue(ConnectionOptions.Builder options) {
    EventQueue queue = new EventQueue("alice", listener, executor, options.build(), time, counters);
    queue.listenTo(socket);
    queue.opened();
    return queue;
  }

  private void offer(EventQueue queue, String name) {
    queue.offer(socket, event(name, name));
  }

  private static LiveEvent event(String msgId, String cmd) {
    return LiveEvent.builder().cmd(cmd).msgId(msgId).build();
  }

  @Test
  void eventsAndStatesAreHeardInTheOrderInWhichTheyCame() {
    EventQueue queue = queue(ConnectionOptions.builder());
    queue.state(ConnectionState.of(Phase.OPEN));
    offer(queue, "a");
    offer(queue, "b");
    queue.state(ConnectionState.of(Phase.BACKING_OFF));
    executor.runAll();
    offer(queue, "c");
    executor.runAll();

    assertThat(heard).containsExactly("OPEN", "a", "b", "BACKING_OFF", "c");
    assertThat(counters.delivered.get()).isEqualTo(3);
  }

  @Test
  void whatAListenerThrowsEndsNothing() {
    EventQueue queue = queue(ConnectionOptions.builder());
    inCallback =
        () -> {
          throw new IllegalStateException("thrown by a test's listener, on purpose");
        };
    offer(queue, "a");
    offer(queue, "b");
    executor.runAll();

    assertThat(heard).containsExactly("b");
  }

  @Test
  void anEventThatComesTwiceIsHeardOnceAlsoFromAnotherSocket() {
    EventQueue queue = queue(ConnectionOptions.builder());
    offer(queue, "a");
    offer(queue, "a");
    queue.listenTo(nextSocket);
    queue.opened();
    queue.offer(nextSocket, event("a", "a again"));
    queue.offer(nextSocket, event("b", "b"));
    executor.runAll();

    assertThat(heard).containsExactly("a", "b");
    assertThat(counters.duplicates.get()).isEqualTo(2);
    assertThat(counters.received.get()).isEqualTo(4);
  }

  @Test
  void eventsWithoutAnIdAreNeverDuplicates() {
    EventQueue queue = queue(ConnectionOptions.builder());
    queue.offer(socket, event("", "x"));
    queue.offer(socket, event("", "y"));
    executor.runAll();

    assertThat(heard).containsExactly("x", "y");
  }

  @Test
  void duplicatesAreRememberedWithinTheWindowAloneAndCanBeLetThrough() {
    EventQueue narrow = queue(ConnectionOptions.builder().duplicateWindow(2));
    offer(narrow, "a");
    offer(narrow, "b");
    offer(narrow, "c");
    offer(narrow, "b");
    offer(narrow, "a");
    executor.runAll();
    assertThat(heard).containsExactly("a", "b", "c", "a");

    heard.clear();
    EventQueue off = queue(ConnectionOptions.builder().duplicateWindow(0));
    offer(off, "a");
    offer(off, "a");
    executor.runAll();
    assertThat(heard).containsExactly("a", "a");
  }

  @Test
  void eventsAreHeardAfterTheStateOpenHoweverEarlyTheyCome() {
    EventQueue queue = queue(ConnectionOptions.builder());
    queue.listenTo(nextSocket);
    queue.offer(nextSocket, event("early", "early"));
    executor.runAll();
    assertThat(heard).isEmpty();

    queue.state(ConnectionState.of(Phase.OPEN));
    queue.opened();
    executor.runAll();

    assertThat(heard).containsExactly("OPEN", "early");
  }

  @Test
  void whatAnOlderSocketBringsIsNotHeard() {
    EventQueue queue = queue(ConnectionOptions.builder());
    queue.listenTo(nextSocket);
    offer(queue, "old");
    queue.listenTo(null);
    queue.offer(nextSocket, event("n", "n"));
    executor.runAll();

    assertThat(heard).isEmpty();
  }

  @Test
  void aFullBufferDropsTheOldestEventsIfAskedToAndCountsExactly() {
    EventQueue queue =
        queue(ConnectionOptions.builder().bufferSize(2).overflow(Overflow.DROP_OLDEST));
    offer(queue, "a");
    queue.state(ConnectionState.of(Phase.OPEN));
    for (String name : List.of("b", "c", "d", "e")) {
      offer(queue, name);
    }
    executor.runAll();
    offer(queue, "f");
    executor.runAll();

    assertThat(heard).containsExactly("dropped 3", "OPEN", "d", "e", "f");
    assertThat(counters.dropped.get()).isEqualTo(3);
    assertThat(counters.received.get()).isEqualTo(6);
    assertThat(counters.delivered.get()).isEqualTo(3);
  }

  @Test
  void theBoundHoldsForEventsThatComeBeforeTheRoomIsOpenToo() {
    EventQueue queue =
        queue(ConnectionOptions.builder().bufferSize(2).overflow(Overflow.DROP_OLDEST));
    queue.listenTo(nextSocket);
    for (String name : List.of("a", "b", "c")) {
      queue.offer(nextSocket, event(name, name));
    }
    queue.opened();
    executor.runAll();

    assertThat(heard).containsExactly("dropped 1", "b", "c");
  }

  @Test
  void droppedEventsAreLoggedOnceUntilTheListenerHasCaughtUp() {
    try (WarningLog log = WarningLog.open()) {
      EventQueue queue =
          queue(ConnectionOptions.builder().bufferSize(1).overflow(Overflow.DROP_OLDEST));
      for (int i = 0; i < 50; i++) {
        offer(queue, "first row " + i);
      }
      assertThat(log.of("alice")).hasSize(1).allMatch(line -> line.contains("drops its oldest"));

      executor.runAll();
      for (int i = 0; i < 50; i++) {
        offer(queue, "second row " + i);
      }
      assertThat(log.of("alice")).hasSize(2);
    }
  }

  @Test
  void eventsThatAreDroppedBeforeTheRoomIsOpenAreLoggedOnceToo() {
    try (WarningLog log = WarningLog.open()) {
      EventQueue queue =
          queue(ConnectionOptions.builder().bufferSize(1).overflow(Overflow.DROP_OLDEST));
      queue.listenTo(nextSocket);
      for (int i = 0; i < 50; i++) {
        queue.offer(nextSocket, event("early " + i, "early"));
        executor.runAll(); // There is nothing to hear yet.
      }

      assertThat(log.of("alice")).hasSize(1);
    }
  }

  @Test
  void aFullBufferMakesTheReaderWaitUntilTheListenerHasTakenOne() throws Exception {
    EventQueue queue = queue(ConnectionOptions.builder().bufferSize(1));
    offer(queue, "a");
    Thread reader = reader(queue, "b", "c");
    awaitWaiting(reader);
    assertThat(queue.heldBackSince(time.nanoTime())).isTrue();

    while (reader.isAlive()) {
      executor.runAll();
      reader.join(1);
    }
    executor.runAll();

    assertThat(heard).containsExactly("a", "b", "c");
    assertThat(counters.dropped.get()).isZero();
    assertThat(queue.heldBackSince(time.nanoTime())).isTrue();
    time.advance(Duration.ofNanos(1));
    assertThat(queue.heldBackSince(time.nanoTime())).isFalse();
  }

  @Test
  void aReaderThatWaitsIsLetGoWhenItsSocketIsGivenUpAndItsEventIsKept() throws Exception {
    EventQueue queue = queue(ConnectionOptions.builder().bufferSize(1));
    offer(queue, "a");
    Thread reader = reader(queue, "b", "c");
    awaitWaiting(reader);

    queue.listenTo(nextSocket);
    reader.join();
    executor.runAll();

    assertThat(heard).containsExactly("a", "b");
  }

  @Test
  void closeDropsWhatWasNotHeardAndIsTheLastThingThatIs() throws Exception {
    EventQueue queue = queue(ConnectionOptions.builder().bufferSize(1));
    offer(queue, "a");
    Thread reader = reader(queue, "b");
    awaitWaiting(reader);

    queue.close(ConnectionState.of(Phase.CLOSED));
    queue.close(ConnectionState.of(Phase.CLOSED));
    reader.join();
    offer(queue, "c");
    queue.state(ConnectionState.of(Phase.OPEN));
    executor.runAll();

    assertThat(heard).containsExactly("CLOSED");
  }

  @Test
  void closeInACallbackIsTheLastThingThatIsHeard() {
    EventQueue queue = queue(ConnectionOptions.builder());
    inCallback = () -> queue.close(ConnectionState.of(Phase.CLOSED));
    offer(queue, "closing");
    offer(queue, "b");
    executor.runAll();

    assertThat(heard).containsExactly("closing", "CLOSED");
  }

  @Test
  void givingUpLetsTheListenerHearWhatCameBefore() {
    EventQueue queue = queue(ConnectionOptions.builder());
    offer(queue, "a");
    queue.state(ConnectionState.of(Phase.CLOSED));
    offer(queue, "b");
    executor.runAll();

    assertThat(heard).containsExactly("a", "CLOSED");
  }

  @Test
  void whileTheExecutorRefusesNoReaderWaitsNoStateIsLostAndEachEventIsCounted() {
    boolean[] refuses = {true};
    EventQueue queue =
        new EventQueue(
            "alice",
            listener,
            task -> {
              if (refuses[0]) {
                throw new OutOfMemoryError("unable to create native thread, on purpose");
              }
              task.run();
            },
            ConnectionOptions.builder().bufferSize(2).build(),
            time,
            counters);
    try (WarningLog log = WarningLog.open()) {
      queue.state(ConnectionState.of(Phase.OPEN));
      queue.listenTo(socket);
      queue.opened();
      for (int i = 0; i < 10; i++) {
        offer(queue, "event" + i);
        time.advance(Duration.ofSeconds(1));
      }
      assertThat(heard).isEmpty();
      refuses[0] = false;
      time.advance(Duration.ofSeconds(30));
      offer(queue, "event10");

      assertThat(log.of("alice")).hasSize(1).allMatch(line -> line.contains("refuses tasks"));
    }
    assertThat(heard).containsExactly("dropped 8", "OPEN", "event8", "event9", "event10");
    assertThat(counters.received.get()).isEqualTo(11);
    assertThat(counters.dropped.get()).isEqualTo(8);
    assertThat(counters.delivered.get()).isEqualTo(3);
  }

  @Test
  void aBusyRoomLeavesTheExecutorToOthersNowAndThen() {
    EventQueue queue = queue(ConnectionOptions.builder());
    for (int i = 0; i < 200; i++) {
      offer(queue, "event" + i);
    }
    executor.tasks.add(() -> heard.add("another room"));
    executor.runAll();

    assertThat(heard).hasSize(201);
    assertThat(heard.indexOf("another room")).isLessThan(100);
  }

  private Thread reader(EventQueue queue, String... names) {
    Thread reader =
        new Thread(
            () -> {
              for (String name : names) {
                offer(queue, name);
              }
            });
    reader.setDaemon(true);
    reader.start();
    return reader;
  }

  private static void awaitWaiting(Thread thread) throws InterruptedException {
    while (thread.getState() != Thread.State.WAITING) {
      thread.join(TimeUnit.MILLISECONDS.toMillis(1));
    }
  }
}
