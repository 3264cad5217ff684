package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.LoggedRecords;
import io.github.bililive.Overflow;
import io.github.bililive.generated.openlive.model.AnchorInfo;
import io.github.bililive.internal.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one listener hears, and what is counted and logged of that. */
@Timeout(120)
class DeliveryTest {
  private static final int BYTES_PER_EVENT = 8 << 10;

  private final VirtualTime time = new VirtualTime();
  private final RoomCounters counters = new RoomCounters(time);
  private final List<String> heard = new ArrayList<>();
  private final LiveSocket socket = new FakeRoomIo().new Socket("wss://x.test", null);

  /** Its callbacks throw, if they are told so, and leave an interrupt behind. */
  private class Listener implements LiveListener {
    private final boolean throwing;

    Listener(boolean throwing) {
      this.throwing = throwing;
    }

    private void hear(String what) {
      heard.add(what + (Thread.currentThread().isInterrupted() ? ", interrupted" : ""));
      if (throwing) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("of the test");
      }
    }

    @Override
    public void onEvent(LiveEvent event) {
      hear("event " + event.getCmd());
    }

    @Override
    public void onRawEvent(LiveEvent event) {
      hear("raw " + event.getCmd());
    }

    @Override
    public void onBroadcaster(AnchorInfo broadcaster) {
      hear("broadcaster " + broadcaster.getUname());
    }

    @Override
    public void onStateChanged(ConnectionState state) {
      hear(state.getPhase().toString());
    }

    @Override
    public void onDropped(long count) {
      hear("dropped " + count);
    }
  }

  private EventQueue queue(ConnectionOptions.Builder options) {
    return queue(options, new Listener(false), Runnable::run);
  }

  private EventQueue queue(
      ConnectionOptions.Builder options, LiveListener listener, Executor executor) {
    EventQueue queue = new EventQueue("alice", listener, executor, options.build(), time, counters);
    queue.listenTo(socket);
    return queue;
  }

  private void offer(EventQueue queue, String name) {
    offer(queue, name, 0);
  }

  private void offer(EventQueue queue, String name, int bytes) {
    queue.offer(socket, LiveEvent.builder().cmd(name).memoryBytes(bytes).build());
  }

  @Test
  void anEventIsHeardByOnEventFirst() {
    EventQueue queue = queue(ConnectionOptions.builder());
    queue.opened();
    offer(queue, "a");

    assertThat(heard).containsExactly("event a", "raw a");
  }

  @Test
  void statesAndTheBroadcasterAreHeardWithoutAnyEvent() {
    EventQueue queue = queue(ConnectionOptions.builder());
    queue.state(ConnectionState.of(Phase.STARTING));
    queue.broadcaster(AnchorInfo.builder().uname("alice").build());
    queue.state(ConnectionState.of(Phase.OPEN));

    assertThat(heard).containsExactly("STARTING", "broadcaster alice", "OPEN");
  }

  @Test
  void whatEachCallbackThrowsIsLoggedWithRoomAndCallbackAndReachesNoOther() {
    try (LoggedRecords logged = new LoggedRecords()) {
      EventQueue queue = queue(ConnectionOptions.builder(), new Listener(true), Runnable::run);
      queue.opened();
      queue.state(ConnectionState.of(Phase.OPEN));
      queue.broadcaster(AnchorInfo.builder().uname("alice").build());
      offer(queue, "a");

      assertThat(heard).containsExactly("OPEN", "broadcaster alice", "event a", "raw a");
      assertThat(logged.messages(Level.WARNING))
          .containsExactly(
              "room alice: onStateChanged threw; continuing.",
              "room alice: onBroadcaster threw; continuing.",
              "room alice: onEvent threw; continuing.",
              "room alice: onRawEvent threw; continuing.");
    }
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void earlyEventsAreHeardOnceTheRoomIsOpenWithoutAnyOther() {
    EventQueue queue = queue(ConnectionOptions.builder());
    offer(queue, "early");
    assertThat(heard).isEmpty();
    queue.opened();
    queue.listenTo(null);

    assertThat(heard).containsExactly("event early", "raw early");
    assertThat(counters.dropped.get()).isZero();
  }

  @Test
  void earlyEventsOfASocketThatNeverOpensTheRoomAreCountedAsDropped() {
    EventQueue queue = queue(ConnectionOptions.builder());
    offer(queue, "early");
    offer(queue, "too");
    queue.listenTo(null);
    queue.opened();

    assertThat(heard).isEmpty();
    assertThat(counters.dropped.get()).isEqualTo(2);
  }

  @Test
  void earlyEventsOfARoomThatIsClosedAreCountedOnce() {
    EventQueue queue = queue(ConnectionOptions.builder());
    offer(queue, "early");
    queue.close(ConnectionState.of(Phase.CLOSED));
    queue.listenTo(null);

    assertThat(heard).containsExactly("CLOSED");
    assertThat(counters.dropped.get()).isEqualTo(1);
  }

  @Test
  void theBufferIsBoundedInBytesAndWholeAgainOnceAllIsHeard() {
    List<Runnable> tasks = new ArrayList<>();
    EventQueue queue =
        queue(
            ConnectionOptions.builder().bufferSize(3).overflow(Overflow.DROP_OLDEST),
            new Listener(false),
            tasks::add);
    queue.opened();
    int half = 3 * BYTES_PER_EVENT / 2;
    for (int i = 0; i < 3; i++) {
      offer(queue, "a", half);
      offer(queue, "b", half);
      tasks.remove(0).run();
    }
    assertThat(heard).filteredOn(line -> line.startsWith("event")).hasSize(6);
    assertThat(counters.dropped.get()).isZero();

    offer(queue, "a", half);
    offer(queue, "b", half);
    offer(queue, "c", 1);
    heard.clear();
    tasks.remove(0).run();
    assertThat(heard).containsExactly("dropped 1", "event b", "raw b", "event c", "raw c");
  }

  @Test
  void anEventBeyondTheBoundIsTakenAlone() {
    List<Runnable> tasks = new ArrayList<>();
    EventQueue queue =
        queue(
            ConnectionOptions.builder().bufferSize(3).overflow(Overflow.DROP_OLDEST),
            new Listener(false),
            tasks::add);
    queue.opened();
    offer(queue, "large", 4 * BYTES_PER_EVENT);
    tasks.remove(0).run();
    offer(queue, "a", 1);
    offer(queue, "large", 4 * BYTES_PER_EVENT);
    tasks.remove(0).run();

    assertThat(heard)
        .containsExactly("event large", "raw large", "dropped 1", "event large", "raw large");
  }

  @Test
  void aReaderThatWaitsIsLetGoWhenTheExecutorRefuses() throws Exception {
    List<Runnable> tasks = new ArrayList<>();
    boolean[] refuses = {false};
    int events = 1_000;
    Thread[] reader = new Thread[1];
    LiveListener slow =
        new LiveListener() {
          @Override
          public void onEvent(LiveEvent event) {
            refuses[0] = true;
            long next = counters.delivered.get() + 2; // One more fits, and the next waits.
            while (counters.received.get() < next || !isWaiting(reader[0])) {}
          }
        };
    EventQueue queue =
        queue(
            ConnectionOptions.builder().bufferSize(1),
            slow,
            task -> {
              if (refuses[0]) {
                throw new IllegalStateException("of the test");
              }
              tasks.add(task);
            });
    queue.opened();
    reader[0] =
        new Thread(
            () -> {
              for (int i = 0; i < events; i++) {
                offer(queue, "event");
              }
            });
    reader[0].setDaemon(true);
    reader[0].start();
    while (!isWaiting(reader[0])) {}

    tasks.get(0).run(); // Some events, and then another task is refused.
    reader[0].join(TimeUnit.SECONDS.toMillis(60));

    assertThat(reader[0].isAlive()).isFalse();
    assertThat(counters.received.get()).isEqualTo(events);
    assertThat(counters.delivered.get()).isLessThan(events);
    assertThat(counters.dropped.get()).isEqualTo(events - counters.delivered.get() - 1);
  }

  /** Gives it a millisecond if it does not wait yet. */
  private static boolean isWaiting(Thread thread) {
    if (thread.getState() == Thread.State.WAITING) {
      return true;
    }
    try {
      thread.join(1);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return false;
  }
}
