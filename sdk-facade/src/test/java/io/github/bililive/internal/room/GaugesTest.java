package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.AnswerCallback;
import io.github.bililive.ClientSnapshot;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.Credentials;
import io.github.bililive.HeartbeatListener;
import io.github.bililive.KeepAlive;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.NetworkException;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.time.SerialExecutor;
import io.github.bililive.internal.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is known of all rooms of a client, in virtual time. */
class GaugesTest {
  private final VirtualTime time = new VirtualTime();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<AnswerCallback<StartedConnection>> starts = new ArrayList<>();
  private final LiveConnections connections =
      new LiveConnections(
          time,
          new OkHttpClient(),
          Executors.newCachedThreadPool(),
          new Redaction(Credentials.of("id", "secret-of-app")),
          tasks::add,
          ConnectionEvents.NONE,
          Runnable::run,
          null,
          2,
          500);

  private ClientSnapshot gauges() {
    return connections.gauges(0).build();
  }

  private LiveConnection connect() {
    LiveConnection room =
        connections.connect(new Unanswered(), new LiveListener() {}, ConnectionOptions.DEFAULT);
    time.runDue();
    return room;
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Test
  void roomsAreCountedByState() {
    assertThat(gauges().getRooms()).isEmpty();
    connect();
    connect();
    connect().pause();
    connect().close();
    time.runDue();

    assertThat(gauges().getRooms()).isEqualTo(Map.of(Phase.STARTING, 2, Phase.PAUSED, 1));
  }

  @Test
  void theLagIsThatOfTheOldestThatWaitsForAListener() {
    connect();
    time.advance(Duration.ofSeconds(2));
    connect();
    time.advance(Duration.ofSeconds(3));
    assertThat(gauges().getCallbackLagMillis()).isEqualTo(5_000);
    assertThat(connections.gauges(Duration.ofSeconds(9).toNanos()).build().getCallbackLagMillis())
        .isEqualTo(9_000);
    runTasks();

    assertThat(gauges().getCallbackLagMillis()).isZero();
  }

  @Test
  void attemptsThatWaitForTheirTurnAreCounted() {
    List<LiveConnection> rooms = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rooms.add(connect());
    }
    starts.forEach(
        start -> start.onFailure(new NetworkException("start", "x.test", new IOException())));
    time.runDue();
    rooms.forEach(LiveConnection::redial);
    time.advance(Duration.ofSeconds(1));

    int queued = gauges().getQueuedAttempts();
    assertThat(queued).isBetween(1, 199);
    assertThat(gauges().getRooms())
        .isEqualTo(Map.of(Phase.BACKING_OFF, queued, Phase.STARTING, 200 - queued));
    assertThat(gauges().getAttemptsPerSecond()).isPositive();
    time.advance(Duration.ofMinutes(2));
    assertThat(gauges().getQueuedAttempts()).isZero();
  }

  @Test
  void whatListenersHaveNotTakenFillsTheirBuffers() {
    RoomConnection one = (RoomConnection) connect();
    RoomConnection two = (RoomConnection) connect();
    LiveSocket socket = new FakeRoomIo().new Socket("wss://x.test", null);
    one.queue.listenTo(socket);
    two.queue.listenTo(socket);
    LiveEvent event = LiveEvent.builder().json("x".repeat(1_000)).build();
    one.queue.offer(socket, event);
    one.queue.offer(socket, event);
    two.queue.offer(socket, event);

    int bytes = event.getMemoryBytes();
    assertThat(gauges().getBufferedBytes()).isEqualTo(3L * bytes);
    assertThat(gauges().getFullestBufferBytes()).isEqualTo(2L * bytes);
    one.queue.opened();
    two.queue.opened();
    runTasks();
    assertThat(gauges().getBufferedBytes()).isZero();
    assertThat(gauges().getFullestBufferBytes()).isZero();
  }

  @Test
  void sumsAreOfAllRoomsTheClosedOnesIncluded() {
    RoomConnection one = (RoomConnection) connect();
    RoomConnection two = (RoomConnection) connect();
    LiveSocket socket = new FakeRoomIo().new Socket("wss://x.test", null);
    for (RoomConnection room : List.of(one, two)) {
      room.queue.listenTo(socket);
      room.queue.opened();
      room.queue.offer(socket, LiveEvent.builder().msgId("m1").build());
      room.queue.offer(socket, LiveEvent.builder().msgId("m1").build());
    }
    assertThat(gauges().getTraffic())
        .hasToString("ConnectionTraffic{frames=0, events=4, duplicates=2, dropped=0}");
    one.close();

    assertThat(gauges().getTraffic())
        .hasToString("ConnectionTraffic{frames=0, events=4, duplicates=2, dropped=1}");
  }

  @Test
  void whatWaitsInAnExecutorHasALagToo() {
    SerialExecutor callbacks = new SerialExecutor("callbacks", tasks::add, time, 1);
    assertThat(callbacks.lagNanos(time.nanoTime())).isZero();
    callbacks.execute(() -> {});
    time.advance(Duration.ofNanos(7));
    assertThat(callbacks.lagNanos(time.nanoTime())).isEqualTo(7);
    callbacks.execute(() -> {}); // The first is dropped.
    time.advance(Duration.ofNanos(1));

    assertThat(callbacks.lagNanos(time.nanoTime())).isEqualTo(1);
    runTasks();
    assertThat(callbacks.lagNanos(time.nanoTime())).isZero();
  }

  /** A door at which nobody answers unless the test does. */
  private final class Unanswered implements Door {
    @Override
    public PendingCall start(AnswerCallback<StartedConnection> callback) {
      starts.add(callback);
      return () -> {};
    }

    @Override
    public @Nullable KeepAlive keepAlive(StartedConnection started, HeartbeatListener listener) {
      return null;
    }

    @Override
    public boolean end(StartedConnection started) {
      return false;
    }

    @Override
    public long timeToLiveNanos() {
      return Duration.ofSeconds(30).toNanos();
    }

    @Override
    public WssLinks links() {
      return new FakeRoomIo().links;
    }

    @Override
    public Object api() {
      return "the API";
    }

    @Override
    public Object key() {
      return this;
    }
  }
}
