package io.github.bililive.quickstart;

import io.github.bililive.ConnectionHealth;
import io.github.bililive.LiveConnection;
import java.util.List;

/**
 * What it all came to.
 *
 * @param connections how many there were
 * @param delivered events that the listeners heard
 * @param duplicates events that came again and were left out
 * @param dropped events that a slow listener made the SDK drop
 * @param reconnects sockets that were opened again
 * @param lost events sent on healthy sockets that never came; -1 if nobody knows
 */
record Tally(
    int connections, long delivered, long duplicates, long dropped, long reconnects, long lost) {

  static Tally of(List<LiveConnection> connections, Service service) {
    long received = 0;
    long delivered = 0;
    long duplicates = 0;
    long dropped = 0;
    long reconnects = 0;
    for (LiveConnection connection : connections) {
      ConnectionHealth health = connection.health();
      received += health.getReceived();
      delivered += health.getDelivered();
      duplicates += health.getDuplicates();
      dropped += health.getDropped();
      reconnects += health.getReconnects();
    }
    long sent = service.sent();
    return new Tally(
        connections.size(),
        delivered,
        duplicates,
        dropped,
        reconnects,
        sent < 0 ? -1 : sent - received);
  }

  @Override
  public String toString() {
    return connections
        + " connections, "
        + delivered
        + " events received, "
        + (lost < 0 ? "" : lost + " lost, ")
        + duplicates
        + " duplicates dropped, "
        + (dropped > 0 ? dropped + " dropped, " : "")
        + reconnects
        + " reconnects";
  }
}
