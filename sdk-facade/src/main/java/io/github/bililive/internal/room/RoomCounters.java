package io.github.bililive.internal.room;

import io.github.bililive.ConnectionHealth;
import io.github.bililive.ConnectionState;
import io.github.bililive.hook.ConnectionTraffic;
import io.github.bililive.internal.time.Scheduler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what comes to one room, over all of its sockets. Any thread. */
final class RoomCounters {
  /** Sockets that were opened and authenticated. */
  final AtomicLong opened = new AtomicLong();

  final AtomicLong frames = new AtomicLong();
  final AtomicLong received = new AtomicLong();
  final AtomicLong delivered = new AtomicLong();
  final AtomicLong dropped = new AtomicLong();
  final AtomicLong duplicates = new AtomicLong();

  /** What the last heartbeat reply said; below 0 before there was one. */
  volatile long popularity = -1;

  private final Scheduler clock;

  /** Meaningless before a frame was counted. */
  private volatile long lastFrameNanos;

  /** Meaningless before an event was counted. */
  private volatile long lastEventNanos;

  RoomCounters(Scheduler clock) {
    this.clock = clock;
  }

  void frameCame() {
    lastFrameNanos = clock.nanoTime();
    frames.incrementAndGet();
  }

  void eventCame() {
    lastEventNanos = clock.nanoTime();
    received.incrementAndGet();
  }

  /** What becomes of events is read before how many came, so that it is never more than that. */
  ConnectionHealth health(ConnectionState state, @Nullable Long httpHeartbeatAgeMillis) {
    return ConnectionHealth.builder(state)
        .httpHeartbeatAgeMillis(httpHeartbeatAgeMillis)
        .socketReplyAgeMillis(ageMillis(frames, lastFrameNanos))
        .eventAgeMillis(ageMillis(received, lastEventNanos))
        .popularity(popularity < 0 ? null : (Long) popularity)
        .reconnects(Math.max(0, opened.get() - 1))
        .delivered(delivered.get())
        .dropped(dropped.get())
        .duplicates(duplicates.get())
        .received(received.get())
        .build();
  }

  private @Nullable Long ageMillis(AtomicLong count, long lastNanos) {
    return count.get() == 0
        ? null
        : (Long) TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - lastNanos);
  }

  ConnectionTraffic traffic() {
    return ConnectionTraffic.builder()
        .dropped(dropped.get())
        .duplicates(duplicates.get())
        .events(received.get())
        .frames(frames.get())
        .build();
  }
}
