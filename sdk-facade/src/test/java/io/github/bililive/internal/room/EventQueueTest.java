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
import java.util.concurrent.RejectedExecutionException;
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
  private final LiveSocket socket = new FakeRoomIo.Socket("wss://x.test", null);
  private final LiveSocket nextSocket = new FakeRoomIo.Socket("wss://y.test", null);

  private EventQueue delivery(ConnectionOptions.Builder options) {
    EventQueue delivery = new EventQueue("alice", listener, executor, options.build(), time);
    delivery.listenTo(socket);
    delivery.opened();
    return delivery;
  }

  private void offer(EventQueue delivery, String name) {
    delivery.offer(socket, event(name, name));
  }

  private static LiveEvent event(String msgId, String cmd) {
    return LiveEvent.builder().cmd(cmd).msgId(msgId).build();
  }

  @Test
  void eventsAndStatesAreHeardInTheOrderInWhichTheyCame() {
    EventQueue delivery = delivery(ConnectionOptions.builder());
    delivery.state(ConnectionState.of(Phase.OPEN));
    offer(delivery, "a");
    offer(delivery, "b");
    delivery.state(ConnectionState.of(Phase.BACKING_OFF));
    executor.runAll();
    offer(delivery, "c");
    executor.runAll();

    assertThat(heard).containsExactly("OPEN", "a", "b", "BACKING_OFF", "c");
    assertThat(delivery.counts().delivered).isEqualTo(3);
  }

  @Test
  void whatAListenerThrowsEndsNothing() {
    EventQueue delivery = delivery(ConnectionOptions.builder());
    inCallback =
        () -> {
          throw new IllegalStateException("thrown by a test's listener, on purpose");
        };
    offer(delivery, "a");
    offer(delivery, "b");
    executor.runAll();

    assertThat(heard).containsExactly("b");
  }

  @Test
  void anEventThatComesTwiceIsHeardOnceAlsoFromAnotherSocket() {
    EventQueue delivery = delivery(ConnectionOptions.builder());
    offer(delivery, "a");
    offer(delivery, "a");
    delivery.listenTo(nextSocket);
    delivery.opened();
    delivery.offer(nextSocket, event("a", "a again"));
    delivery.offer(nextSocket, event("b", "b"));
    executor.runAll();

    assertThat(heard).containsExactly("a", "b");
    assertThat(delivery.counts().duplicates).isEqualTo(2);
    assertThat(delivery.counts().received).isEqualTo(4);
  }

  @Test
  void eventsWithoutAnIdAreNeverDuplicates() {
    EventQueue delivery = delivery(ConnectionOptions.builder());
    delivery.offer(socket, event("", "x"));
    delivery.offer(socket, event("", "y"));
    executor.runAll();

    assertThat(heard).containsExactly("x", "y");
  }

  @Test
  void duplicatesAreRememberedWithinTheWindowAloneAndCanBeLetThrough() {
    EventQueue narrow = delivery(ConnectionOptions.builder().duplicateWindow(2));
    offer(narrow, "a");
    offer(narrow, "b");
    offer(narrow, "c");
    offer(narrow, "b");
    offer(narrow, "a");
    executor.runAll();
    assertThat(heard).containsExactly("a", "b", "c", "a");

    heard.clear();
    EventQueue off = delivery(ConnectionOptions.builder().duplicateWindow(0));
    offer(off, "a");
    offer(off, "a");
    executor.runAll();
    assertThat(heard).containsExactly("a", "a");
  }

  @Test
  void eventsAreHeardAfterTheStateOpenHoweverEarlyTheyCome() {
    EventQueue delivery = delivery(ConnectionOptions.builder());
    delivery.listenTo(nextSocket);
    delivery.offer(nextSocket, event("early", "early"));
    executor.runAll();
    assertThat(heard).isEmpty();

    delivery.state(ConnectionState.of(Phase.OPEN));
    delivery.opened();
    executor.runAll();

    assertThat(heard).containsExactly("OPEN", "early");
  }

  @Test
  void whatAnOlderSocketBringsIsNotHeard() {
    EventQueue delivery = delivery(ConnectionOptions.builder());
    delivery.listenTo(nextSocket);
    offer(delivery, "old");
    delivery.listenTo(null);
    delivery.offer(nextSocket, event("n", "n"));
    executor.runAll();

    assertThat(heard).isEmpty();
  }

  @Test
  void aFullBufferDropsTheOldestEventsIfAskedToAndCountsExactly() {
    EventQueue delivery =
        delivery(ConnectionOptions.builder().bufferSize(2).overflow(Overflow.DROP_OLDEST));
    offer(delivery, "a");
    delivery.state(ConnectionState.of(Phase.OPEN));
    for (String name : List.of("b", "c", "d", "e")) {
      offer(delivery, name);
    }
    executor.runAll();
    offer(delivery, "f");
    executor.runAll();

    assertThat(heard).containsExactly("dropped 3", "OPEN", "d", "e", "f");
    assertThat(delivery.counts().dropped).isEqualTo(3);
    assertThat(delivery.counts().received).isEqualTo(6);
    assertThat(delivery.counts().delivered).isEqualTo(3);
  }

  @Test
  void droppedEventsAreLoggedOnceUntilTheListenerHasCaughtUp() {
    try (WarningLog log = WarningLog.open()) {
      EventQueue delivery =
          delivery(ConnectionOptions.builder().bufferSize(1).overflow(Overflow.DROP_OLDEST));
      for (int i = 0; i < 50; i++) {
        offer(delivery, "first row " + i);
      }
      assertThat(log.of("alice")).hasSize(1).allMatch(line -> line.contains("drops its oldest"));

      executor.runAll();
      for (int i = 0; i < 50; i++) {
        offer(delivery, "second row " + i);
      }
      assertThat(log.of("alice")).hasSize(2);
    }
  }

  @Test
  void aFullBufferMakesTheReaderWaitUntilTheListenerHasTakenOne() throws Exception {
    EventQueue delivery = delivery(ConnectionOptions.builder().bufferSize(1));
    offer(delivery, "a");
    Thread reader = reader(delivery, "b", "c");
    awaitWaiting(reader);
    assertThat(delivery.heldBackSince(time.nanoTime())).isTrue();

    while (reader.isAlive()) {
      executor.runAll();
      reader.join(1);
    }
    executor.runAll();

    assertThat(heard).containsExactly("a", "b", "c");
    assertThat(delivery.counts().dropped).isZero();
    assertThat(delivery.heldBackSince(time.nanoTime())).isTrue();
    time.advance(Duration.ofNanos(1));
    assertThat(delivery.heldBackSince(time.nanoTime())).isFalse();
  }

  @Test
  void aReaderThatWaitsIsLetGoWhenItsSocketIsGivenUpAndItsEventIsKept() throws Exception {
    EventQueue delivery = delivery(ConnectionOptions.builder().bufferSize(1));
    offer(delivery, "a");
    Thread reader = reader(delivery, "b", "c");
    awaitWaiting(reader);

    delivery.listenTo(nextSocket);
    reader.join();
    executor.runAll();

    assertThat(heard).containsExactly("a", "b");
  }

  @Test
  void closeDropsWhatWasNotHeardAndIsTheLastThingThatIs() throws Exception {
    EventQueue delivery = delivery(ConnectionOptions.builder().bufferSize(1));
    offer(delivery, "a");
    Thread reader = reader(delivery, "b");
    awaitWaiting(reader);

    delivery.close(ConnectionState.of(Phase.CLOSED));
    delivery.close(ConnectionState.of(Phase.CLOSED));
    reader.join();
    offer(delivery, "c");
    delivery.state(ConnectionState.of(Phase.OPEN));
    executor.runAll();

    assertThat(heard).containsExactly("CLOSED");
  }

  @Test
  void closeInACallbackIsTheLastThingThatIsHeard() {
    EventQueue delivery = delivery(ConnectionOptions.builder());
    inCallback = () -> delivery.close(ConnectionState.of(Phase.CLOSED));
    offer(delivery, "closing");
    offer(delivery, "b");
    executor.runAll();

    assertThat(heard).containsExactly("closing", "CLOSED");
  }

  @Test
  void givingUpLetsTheListenerHearWhatCameBefore() {
    EventQueue delivery = delivery(ConnectionOptions.builder());
    offer(delivery, "a");
    delivery.state(ConnectionState.of(Phase.CLOSED));
    offer(delivery, "b");
    executor.runAll();

    assertThat(heard).containsExactly("a", "CLOSED");
  }

  @Test
  void anExecutorThatTakesNothingMoreMakesNoReaderWait() {
    EventQueue delivery =
        new EventQueue(
            "alice",
            listener,
            task -> {
              throw new RejectedExecutionException("shut down, on purpose");
            },
            ConnectionOptions.builder().bufferSize(1).build(),
            time);
    delivery.listenTo(socket);
    delivery.opened();
    try (WarningLog log = WarningLog.open()) {
      for (int i = 0; i < 10; i++) {
        offer(delivery, "event" + i);
      }

      assertThat(log.of("alice")).hasSize(1).allMatch(line -> line.contains("refuses tasks"));
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void aBusyRoomLeavesTheExecutorToOthersNowAndThen() {
    EventQueue delivery = delivery(ConnectionOptions.builder());
    for (int i = 0; i < 200; i++) {
      offer(delivery, "event" + i);
    }
    executor.tasks.add(() -> heard.add("another room"));
    executor.runAll();

    assertThat(heard).hasSize(201);
    assertThat(heard.indexOf("another room")).isLessThan(100);
  }

  private Thread reader(EventQueue delivery, String... names) {
    Thread reader =
        new Thread(
            () -> {
              for (String name : names) {
                offer(delivery, name);
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
