package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionHealth;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.UncaughtExceptions;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Filter;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** User code that throws anything, anywhere and at any time. */
@Timeout(180)
class ChaosTest {
  private static final int ROOMS = 200;
  private static final int EVENTS = 20;

  /** Held, since the log manager holds loggers weakly. */
  private final Logger logger = Logger.getLogger("io.github.bililive");

  private final Filter before = logger.getFilter();
  private final Random random = new Random(1);
  private volatile boolean isOn = true;

  private UncaughtExceptions uncaught;

  @BeforeEach
  void silenceTheLogAndHearOfThreadsThatDie() {
    uncaught = new UncaughtExceptions();
    logger.setFilter(logged -> false); // There would be thousands of lines.
  }

  @AfterEach
  void restoreTheLogAndFailIfOneDied() {
    logger.setFilter(before);
    uncaught.close();
  }

  /** Throws one time in five. */
  private void mayThrow() {
    if (isOn) {
      switch (random.nextInt(20)) {
        case 0 -> throw new RejectedExecutionException("of the test");
        case 1 -> throw new IllegalStateException("of the test");
        case 2 -> throw new OutOfMemoryError("of the test");
        case 3 -> throw new StackOverflowError("of the test");
        default -> {}
      }
    }
  }

  /** Threads that throw in place of taking a task, or although they have taken it. */
  private final class Threads extends ThreadPoolExecutor {
    Threads(int core, int most) {
      super(
          core,
          most,
          1,
          TimeUnit.SECONDS,
          core == most ? new LinkedBlockingQueue<>() : new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "test-chaos");
            thread.setDaemon(true);
            return thread;
          });
    }

    @Override
    public void execute(Runnable task) {
      boolean isBefore = random.nextBoolean();
      if (isBefore) {
        mayThrow();
      }
      super.execute(task);
      if (!isBefore) {
        mayThrow();
      }
    }
  }

  /** Throws at whatever it hears, but counts it before. */
  private final class Listener implements LiveListener {
    final AtomicLong events = new AtomicLong();
    final AtomicInteger calls = new AtomicInteger();
    volatile boolean overlapped;
    final CountDownLatch last = new CountDownLatch(1);
    volatile ConnectionState state = ConnectionState.of(Phase.IDLE);

    @Override
    public void onEvent(LiveEvent event) {
      overlapped |= calls.incrementAndGet() != 1;
      events.incrementAndGet();
      if (event.getMsgId().equals("last")) {
        last.countDown();
      }
      calls.decrementAndGet();
      mayThrow();
    }

    @Override
    public void onRawEvent(LiveEvent event) {
      mayThrow();
    }

    @Override
    public void onStateChanged(ConnectionState heard) {
      state = heard;
      mayThrow();
    }

    @Override
    public void onDropped(long count) {
      mayThrow();
    }
  }

  @Test
  @SuppressWarnings("try") // The exceptions are looked at when it is closed.
  void noRoomIsStuckOrDeafAndEachEventIsCounted() throws Exception {
    String[] tokens = IntStream.range(0, ROOMS).mapToObj(i -> "token" + i).toArray(String[]::new);
    Threads callbacks = new Threads(4, 4);
    Threads readers = new Threads(0, Integer.MAX_VALUE);
    try (Sandbox sandbox = Sandbox.builder().accessTokens(tokens).start();
        BiliLiveClient client =
            BiliLiveClient.builder()
                .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
                .baseUrl(sandbox.baseUrl())
                .callbackExecutor(callbacks)
                .socketThreads(readers)
                .connectionEvents(
                    new ConnectionEvents() {
                      @Override
                      public void stateChanged(String room, ConnectionState state) {
                        mayThrow();
                      }
                    })
                .build()) {
      List<Listener> listeners = new ArrayList<>();
      List<LiveConnection> rooms = new ArrayList<>();
      for (String token : tokens) {
        Listener listener = new Listener();
        listeners.add(listener);
        rooms.add(client.connect(token, listener));
      }
      awaitOpen(rooms);
      send(sandbox, IntStream.range(0, EVENTS).mapToObj(i -> "e" + i).toList());
      for (int i = 0; i < ROOMS; i += 10) {
        sandbox.room(i).drop();
      }
      isOn = false;
      awaitOpen(rooms);
      send(sandbox, List.of("last"));

      for (int i = 0; i < ROOMS; i++) {
        assertThat(listeners.get(i).last.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(listeners.get(i).state.getPhase()).isEqualTo(Phase.OPEN);
        ConnectionHealth health = rooms.get(i).health();
        assertThat(health.getReceived())
            .isEqualTo(health.getDelivered() + health.getDropped() + health.getDuplicates());
        assertThat(listeners.get(i).events).hasValue(health.getDelivered());
        assertThat(listeners.get(i).overlapped).as("two callbacks at once").isFalse();
      }
      while (sandbox.sockets().open().size() > ROOMS) { // Those that are left may just be closing.
        new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
      }
    } finally {
      callbacks.shutdownNow();
      readers.shutdownNow();
    }
  }

  /**
   * A dropped socket may be noticed a little later, so rooms are asked until a send reaches all.
   */
  private static void send(Sandbox sandbox, List<String> msgIds) throws InterruptedException {
    for (int i = 0; i < ROOMS; i++) {
      SandboxRoom room = sandbox.room(i);
      String[] events =
          msgIds.stream()
              .map(id -> SampleEvents.openLive().danmaku(room.id(), id, ""))
              .toArray(String[]::new);
      while (room.send(events) == 0) {
        new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static void awaitOpen(List<LiveConnection> rooms) throws InterruptedException {
    for (LiveConnection room : rooms) {
      assertThat(room.awaitOpen(120, TimeUnit.SECONDS)).isTrue();
    }
  }
}
