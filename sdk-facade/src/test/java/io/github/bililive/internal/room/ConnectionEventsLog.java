package io.github.bililive.internal.room;

import io.github.bililive.ConnectionState;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.hook.ConnectionTraffic;
import io.github.bililive.internal.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;

/** Writes down all that a client's rooms go through, and lets a test wait for it. */
final class ConnectionEventsLog implements ConnectionEvents {
  /** Guarded by this object's lock. */
  private final List<String> lines = new ArrayList<>();

  /** Returns a report that nobody hears. */
  static ConnectionReport none(String room, Scheduler clock) {
    return new ConnectionReport(room, NONE, Runnable::run, clock, new RoomCounters(clock));
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  synchronized void await(Predicate<String> fits, int times, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (lines.stream().filter(fits).count() < times) {
      long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        Assertions.fail("not heard %d times; heard %s", times, lines);
      }
      wait(leftMillis);
    }
  }

  private synchronized void add(String room, String line) {
    lines.add(room + ": " + line);
    notifyAll();
  }

  @Override
  public void stateChanged(String room, ConnectionState state) {
    add(room, state.getPhase().toString());
  }

  @Override
  public void retryScheduled(String room, long retryInMillis) {
    add(room, "next attempt in " + retryInMillis + " ms");
  }

  @Override
  public void started(String room, String connId) {
    add(room, "started " + connId);
  }

  @Override
  public void connIdExpired(String room, String connId) {
    add(room, "expired " + connId);
  }

  @Override
  public void socketDialled(String room, String host) {
    add(room, "dialled " + host);
  }

  @Override
  public void socketOpened(String room, long tookMillis) {
    add(room, "opened in " + tookMillis + " ms");
  }

  @Override
  public void authenticated(String room, String connId, long tookMillis) {
    add(room, "authenticated " + connId + " in " + tookMillis + " ms");
  }

  @Override
  public void authenticationRefused(String room, String connId, int code) {
    add(room, "refused " + connId + " with " + code);
  }

  @Override
  public void heartbeatAnswered(String room, long tookMillis) {
    add(room, "heartbeat in " + tookMillis + " ms");
  }

  @Override
  public void received(String room, ConnectionTraffic traffic) {
    add(room, traffic.toString());
  }

  @Override
  public void socketEnded(String room, String reason) {
    add(room, "ended: " + reason);
  }
}
