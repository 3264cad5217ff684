package io.github.bililive.internal.room;

/** What an {@link EventQueue} has counted. */
final class EventCounts {
  /** Sockets that were opened and authenticated. */
  long opened;

  long received;
  long delivered;
  long dropped;
  long duplicates;

  EventCounts copy() {
    EventCounts copy = new EventCounts();
    copy.opened = opened;
    copy.received = received;
    copy.delivered = delivered;
    copy.dropped = dropped;
    copy.duplicates = duplicates;
    return copy;
  }
}
