package io.github.bililive.sandbox;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Lets every room live: mostly danmaku, now and then a gift, a like or somebody who enters, by a
 * fixed pattern. A room begins with its first socket and goes on whether it is heard or not.
 *
 * <p>Every msg_id is new unless it is repeated on purpose.
 */
public final class Chatter implements AutoCloseable {
  private static final int NEVER = 0;
  private static final String[] WORDS = {
    "主播好", "hello from the sandbox", "666", "前排", "哈哈哈", "来了来了", "good evening"
  };

  private final SocketHub hub;
  private final LongFunction<SandboxRoom> rooms;
  private final int repeatEvery;
  private final boolean danmakuAlone;
  private final SampleEvents samples = SampleEvents.openLive();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong repeats = new AtomicLong();
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          DaemonThread.named("sandbox-chatter"),
          new ThreadPoolExecutor.DiscardPolicy()); // Once it is closed, nobody is greeted.

  Chatter(
      SocketHub hub,
      LongFunction<SandboxRoom> rooms,
      Duration interval,
      int repeatEvery,
      boolean danmakuAlone) {
    SandboxBuilder.positive("interval", interval);
    if (repeatEvery < NEVER) {
      throw new IllegalArgumentException("repeatEvery must be 0 or more, but is " + repeatEvery);
    }
    this.hub = hub;
    this.rooms = rooms;
    this.repeatEvery = repeatEvery;
    this.danmakuAlone = danmakuAlone;
    long nanos = interval.toNanos();
    executor.scheduleAtFixedRate(this::round, nanos, nanos, TimeUnit.NANOSECONDS);
    if (danmakuAlone) { // A first test need not wait for a round.
      hub.onAuthenticated(roomId -> executor.execute(() -> speak(roomId)));
    }
  }

  /**
   * Returns how many events there were, repeated ones not counted.
   *
   * @return over all rooms, heard or not
   */
  public long events() {
    return events.get();
  }

  /**
   * Returns how many events were sent a second time.
   *
   * @return over all rooms, heard or not
   */
  public long repeats() {
    return repeats.get();
  }

  /** Stops. When this returns, no more events come. A second call does nothing. */
  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the chatter did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() {
    for (long roomId : hub.roomsSeen()) {
      speak(roomId);
    }
  }

  private void speak(long roomId) {
    try {
      if (!executor.isShutdown()) {
        chat(rooms.apply(roomId));
      }
    } catch (RuntimeException | Error e) {
      hub.failed(e);
    }
  }

  private void chat(SandboxRoom room) {
    long number = events.getAndIncrement();
    String event = event(room.id(), number);
    room.send(event);
    if (repeatEvery != NEVER && number % repeatEvery == repeatEvery - 1) {
      repeats.incrementAndGet();
      room.send(event);
    }
  }

  private String event(long roomId, long number) {
    String msgId = "chatter-" + roomId + "-" + number;
    // A prime, so that no room of several has all the gifts.
    return switch (danmakuAlone ? 0 : (int) (number % 11)) {
      case 3 -> samples.gift(roomId, msgId, "小花花", 1 + number % 5);
      case 6 -> samples.like(roomId, msgId);
      case 9 -> samples.roomEnter(roomId, msgId);
      default -> samples.danmaku(roomId, msgId, WORDS[(int) (number % WORDS.length)]);
    };
  }
}
