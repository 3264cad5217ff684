package io.github.bililive.kafka;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a {@link RoomSource} again and again, on a thread of its own, and says what it answered. */
final class RoomWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoomWatch.class);
  private static final long CLOSE_SECONDS = 3;

  private final RoomSource source;
  private final HeldRooms rooms;
  private final AtomicLong failures;
  private final ScheduledExecutorService thread;

  /** Whether the last answer was a failure; logged once for all in a row. */
  private boolean failing;

  RoomWatch(RoomSource source, HeldRooms rooms, AtomicLong failures, String name, long pollMillis) {
    this.source = source;
    this.rooms = rooms;
    this.failures = failures;
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              made.setContextClassLoader(loader);
              return made;
            });
    thread.scheduleWithFixedDelay(this::look, 0, pollMillis, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      Collection<Room> all = source.rooms();
      if (!thread.isShutdown()) {
        rooms.hear(all, System.nanoTime());
      }
      failing = false;
    } catch (Throwable e) { // Of the user's: whatever it is, the next look must come.
      if (!failing && !thread.isShutdown()) {
        LOG.warn("Cannot tell which rooms there are; they stay as they are: {}", e.getMessage(), e);
      }
      failing = true;
      failures.incrementAndGet();
    }
  }

  /** Asks no more, without waiting for a look that is under way. */
  void stop() {
    thread.shutdownNow();
  }

  /** Asks no more, and ends the source. */
  @Override
  public void close() {
    stop();
    try {
      if (thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        source.close();
      } else {
        LOG.warn("The source of rooms does not return: it is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.warn("The source of rooms did not close: {}", e.getMessage(), e);
    }
  }
}
