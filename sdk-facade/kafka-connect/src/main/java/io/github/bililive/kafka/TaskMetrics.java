package io.github.bililive.kafka;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionHealth;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.LiveConnection;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a task does, and tells JMX. */
final class TaskMetrics implements RoomsTaskMXBean, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskMetrics.class);
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  /** Whose the names are: a task that ends late must not take its successor's from JMX. */
  private static final Map<ObjectName, TaskMetrics> NAMED = new ConcurrentHashMap<>();

  final AtomicLong polled = new AtomicLong();
  final AtomicLong produced = new AtomicLong();
  final AtomicLong sourceFailures = new AtomicLong();
  private final BiliLiveClient client;
  private final Buckets buckets;
  private final HeldRooms rooms;

  /** Null if JMX does not have it. */
  private final @Nullable ObjectName name;

  TaskMetrics(
      String connector, String task, BiliLiveClient client, Buckets buckets, HeldRooms rooms) {
    this.client = client;
    this.buckets = buckets;
    this.rooms = rooms;
    name = register(connector, task);
  }

  private @Nullable ObjectName register(String connector, String task) {
    try {
      ObjectName made =
          new ObjectName(
              "io.github.bililive:type=RoomsTask,connector="
                  + ObjectName.quote(connector)
                  + ",task="
                  + task);
      if (SERVER.isRegistered(made)) { // Of a task that does not end.
        SERVER.unregisterMBean(made);
      }
      SERVER.registerMBean(this, made);
      NAMED.put(made, this);
      return made;
    } catch (JMException e) {
      LOG.warn("JMX does not take the task's metrics: {}", e.getMessage(), e);
      return null;
    }
  }

  @Override
  public String getBuckets() {
    return buckets.toString();
  }

  @Override
  public int getRooms() {
    return rooms.connections().size();
  }

  @Override
  public int getRoomsOpen() {
    return count(Phase.OPEN);
  }

  @Override
  public int getRoomsGivenUp() {
    return count(Phase.CLOSED);
  }

  private int count(Phase phase) {
    return (int)
        rooms.connections().stream().filter(room -> room.getState().getPhase() == phase).count();
  }

  @Override
  public int getQueuedAttempts() {
    return client.snapshot().getQueuedAttempts();
  }

  @Override
  public double getAttemptsPerSecond() {
    return client.snapshot().getAttemptsPerSecond();
  }

  @Override
  public long getEventsReceived() {
    return client.snapshot().getTraffic().getEvents();
  }

  @Override
  public long getBufferedBytes() {
    return client.snapshot().getBufferedBytes();
  }

  @Override
  public long getCallbackLagMillis() {
    return client.snapshot().getCallbackLagMillis();
  }

  @Override
  public long getEventsWaiting() {
    return waiting(rooms.connections());
  }

  /** Returns how many events have come that no listener has heard. */
  static long waiting(List<LiveConnection> rooms) {
    long waiting = 0;
    for (LiveConnection room : rooms) {
      ConnectionHealth health = room.health();
      waiting +=
          health.getReceived()
              - health.getDelivered()
              - health.getDropped()
              - health.getDuplicates();
    }
    return Math.max(0, waiting);
  }

  /** Returns whether a room has a socket still, or events that its listener has not heard. */
  static boolean mayHearMore(List<LiveConnection> rooms) {
    return waiting(rooms) > 0
        || rooms.stream().anyMatch(room -> room.getState().getPhase() == Phase.OPEN);
  }

  @Override
  public long getRecordsPolled() {
    return polled.get();
  }

  @Override
  public long getRecordsProduced() {
    return produced.get();
  }

  @Override
  public long getRoomSourceFailures() {
    return sourceFailures.get();
  }

  @Override
  public void close() {
    try {
      if (name != null && NAMED.remove(name, this) && SERVER.isRegistered(name)) {
        SERVER.unregisterMBean(name);
      }
    } catch (JMException e) {
      LOG.debug("The task's metrics were taken from JMX already", e);
    }
  }
}
