package io.github.bililive.internal.room;

import io.github.bililive.ConnectionHealth;
import io.github.bililive.ConnectionState;
import io.github.bililive.hook.ConnectionTraffic;
import io.github.bililive.internal.time.Scheduler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts what comes to one room, over all of its sockets, or to all rooms of a client. Any thread.
 */
final class RoomCounters {
  /** A count that is part of another. */
  static final class Count {
    private final AtomicLong own = new AtomicLong();
    private final @Nullable Count whole;

    private Count(@Nullable Count whole) {
      this.whole = whole;
    }

    void add(long more) {
      own.addAndGet(more);
      if (whole != null) {
        whole.add(more);
      }
    }

    long get() {
      return own.get();
    }
  }

  /** Sockets that were opened and authenticated. */
  final Count opened;

  final Count frames;
  final Count received;
  final Count delivered;
  final Count dropped;
  final Count duplicates;

  /** What the last heartbeat reply said; below 0 before there was one. */
  volatile long popularity = -1;

  private final Scheduler clock;

  /** Meaningless before a frame was counted. */
  private volatile long lastFrameNanos;

  /** Meaningless before an event was counted. */
  private volatile long lastEventNanos;

  /** Creates the counters of all rooms. */
  RoomCounters(Scheduler clock) {
    this(clock, null);
  }

  /** Creates the counters of a room, of which those of all rooms hear. */
  RoomCounters(Scheduler clock, @Nullable RoomCounters all) {
    this.clock = clock;
    opened = new Count(all == null ? null : all.opened);
    frames = new Count(all == null ? null : all.frames);
    received = new Count(all == null ? null : all.received);
    delivered = new Count(all == null ? null : all.delivered);
    dropped = new Count(all == null ? null : all.dropped);
    duplicates = new Count(all == null ? null : all.duplicates);
  }

  void frameCame() {
    lastFrameNanos = clock.nanoTime();
    frames.add(1);
  }

  void eventCame() {
    lastEventNanos = clock.nanoTime();
    received.add(1);
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

  private @Nullable Long ageMillis(Count count, long lastNanos) {
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
