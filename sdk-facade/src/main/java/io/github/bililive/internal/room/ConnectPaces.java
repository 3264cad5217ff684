package io.github.bililive.internal.room;

import io.github.bililive.internal.time.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The paces of one client: one for dials, and one for the starts of each API, since a quota is one
 * API's. Safe for use by several threads.
 */
final class ConnectPaces {
  private final int leastPerSecond;
  private final int mostPerSecond;

  final Scheduler scheduler;
  final ConnectPace dials;
  final SocketHosts hosts;

  /** By API. Guarded by itself. */
  private final Map<Object, ConnectPace> starts = new HashMap<>();

  ConnectPaces(Scheduler scheduler, int leastPerSecond, int mostPerSecond) {
    this.scheduler = scheduler;
    this.leastPerSecond = leastPerSecond;
    this.mostPerSecond = mostPerSecond;
    dials = pace();
    hosts = new SocketHosts(scheduler);
  }

  private ConnectPace pace() {
    return new ConnectPace(scheduler, leastPerSecond, mostPerSecond);
  }

  /** Returns the pace of an API's starts. */
  ConnectPace startsOf(Object api) {
    synchronized (starts) {
      ConnectPace pace = starts.get(api);
      if (pace == null) {
        pace = pace();
        starts.put(api, pace);
      }
      return pace;
    }
  }

  private List<ConnectPace> starts() {
    synchronized (starts) {
      return new ArrayList<>(starts.values());
    }
  }

  /** Returns how many attempts wait for their turn, starts and dials. */
  int queued() {
    int queued = dials.queued();
    for (ConnectPace pace : starts()) {
      queued += pace.queued();
    }
    return queued;
  }

  /** Returns the lowest of the present paces, in attempts a second. */
  double perSecond() {
    double lowest = dials.perSecond();
    for (ConnectPace pace : starts()) {
      lowest = Math.min(lowest, pace.perSecond());
    }
    return lowest;
  }
}
