package io.github.bililive.internal.room;

import io.github.bililive.LiveEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of a socket that wait until the listener was told that it is open; held back, also after
 * that, until it is known which another process has delivered. Guarded by the lock of its {@link
 * EventQueue}.
 */
final class EarlyEvents {
  private final ArrayDeque<LiveEvent> events = new ArrayDeque<>(0);

  private boolean isHeld;

  /** Whether the socket was opened while they are held. */
  private boolean wasOpened;

  void add(LiveEvent event) {
    events.add(event);
  }

  @Nullable LiveEvent poll() {
    return events.poll();
  }

  void clear() {
    events.clear();
  }

  /** Takes out the one with this id and those before it; none if it is not there. */
  List<LiveEvent> upTo(String msgId) {
    List<LiveEvent> taken = new ArrayList<>();
    boolean isThere = false;
    for (LiveEvent event : events) {
      isThere |= event.getMsgId().equals(msgId);
    }
    while (isThere) {
      LiveEvent event = events.remove();
      taken.add(event);
      isThere = !event.getMsgId().equals(msgId);
    }
    return taken;
  }

  void hold() {
    isHeld = true;
  }

  /** Ends that. Returns whether the socket was opened meanwhile. */
  boolean letGo() {
    isHeld = false;
    return wasOpened;
  }

  /** The socket is open. Returns whether the events may go. */
  boolean opens() {
    wasOpened = isHeld;
    return !isHeld;
  }

  /** The socket is over. Returns whether it was opened while they were held. */
  boolean ends() {
    boolean was = wasOpened;
    wasOpened = false;
    return was;
  }
}
