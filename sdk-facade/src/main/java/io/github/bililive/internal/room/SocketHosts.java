package io.github.bililive.internal.room;

import io.github.bililive.internal.time.Scheduler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which hosts of sockets are down, as all rooms of a client together see it: else thousands of
 * rooms would each find out by themselves that one of their addresses is dead. Used on the
 * scheduler's thread.
 */
final class SocketHosts {
  /** Dials of one host in a row that failed, after which it is down. */
  static final int FAILURES = 3;

  /** How often a host that is down is tried, by one room. */
  static final long TRY_NANOS = ReconnectPause.CAP_NANOS;

  /** A platform that names more than so many is not believed. */
  private static final int MOST = 100;

  private static final class Failing {
    int failures;
    long triedAtNanos;
  }

  private final Scheduler clock;

  /** The hosts, with their ports, whose last dial failed. */
  private final Map<String, Failing> failing = new HashMap<>();

  SocketHosts(Scheduler clock) {
    this.clock = clock;
  }

  /** Returns which link to dial: the first from this one on whose host is not down, if any. */
  int choose(List<String> links, int from) {
    for (int i = 0; i < links.size(); i++) {
      int number = (from + i) % links.size();
      Failing host = failing.get(WssLinks.addressOf(links.get(number)));
      if (host == null || mayBeTried(host)) {
        return number;
      }
    }
    return from % links.size();
  }

  private boolean mayBeTried(Failing host) {
    long nowNanos = clock.nanoTime();
    if (host.failures >= FAILURES && nowNanos - host.triedAtNanos < TRY_NANOS) {
      return false;
    }
    host.triedAtNanos = nowNanos;
    return true;
  }

  void failed(String link) {
    String name = WssLinks.addressOf(link);
    Failing host = failing.get(name);
    if (host == null) {
      if (failing.size() >= MOST) {
        failing.clear();
      }
      host = new Failing();
      failing.put(name, host);
    }
    host.failures++;
    host.triedAtNanos = clock.nanoTime();
  }

  /** Returns how many hosts are known to fail. */
  int failing() {
    return failing.size();
  }

  void succeeded(String link) {
    failing.remove(WssLinks.addressOf(link));
  }
}
