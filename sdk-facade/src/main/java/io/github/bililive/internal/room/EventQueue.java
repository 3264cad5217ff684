package io.github.bililive.internal.room;

import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.Overflow;
import io.github.bililive.generated.openlive.model.AnchorInfo;
import io.github.bililive.internal.message.EventType;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.Scheduler;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands what happens in one room to its listener: in order, one at a time, on the user's executor.
 *
 * <p>Between the socket's reader and the listener is a bounded buffer. When it is full, either the
 * reader waits here or the oldest event goes, as the {@link Overflow} says. Changes of state take
 * their place in the same order, are never dropped and make nobody wait.
 *
 * <p>A lock of {@code java.util.concurrent}, not a monitor: a virtual thread that waits here then
 * holds no platform thread. No lock is held while the listener runs.
 */
final class EventQueue {
  /** How many items one task of the executor delivers before it lets others have the thread. */
  private static final int ITEMS_PER_TASK = 64;

  private final String room;
  private final Executor executor;
  private final LiveListener listener;
  private final Overflow overflow;
  private final int bufferSize;
  private final int duplicateWindow;
  private final Scheduler clock;
  private final RoomCounters counters;

  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when there may be room for a reader that waits, or it need not wait any more. */
  private final Condition changed = lock.newCondition();

  // What follows is guarded by the lock.

  /** What the listener is to hear: events, states, and who the broadcaster is. */
  private final ArrayDeque<Object> buffer = new ArrayDeque<>();

  /** Events of a socket that came before the listener was told that it is open. */
  private final ArrayDeque<LiveEvent> early = new ArrayDeque<>();

  /** The {@code msg_id}s of the last events, in the order in which they came. */
  private final Set<String> recentIds = new LinkedHashSet<>();

  /** Events in the buffer, which holds states, too, and early ones. */
  private int eventsBuffered;

  /** Dropped events that the listener has not been told of. */
  private long droppedUntold;

  /** Whether events were dropped since the buffer was last empty; logged once for all of them. */
  private boolean dropping;

  /** The socket that events are taken from; null for none. */
  private @Nullable LiveSocket source;

  /** Whether it was reported that the executor takes nothing; once is enough. */
  private boolean refusalReported;

  /** Whether the listener was told that the source is open; events wait for that. */
  private boolean sourceOpened;

  /** Whether a task that drains is running or handed over to run. */
  private boolean draining;

  /** Whether nothing is taken any more: the last item is in the buffer, or was delivered. */
  private boolean ended;

  private boolean readerWaits;

  /** When a reader last stopped waiting; null if none ever waited. */
  private @Nullable Long waitedUntilNanos;

  EventQueue(
      String room,
      LiveListener listener,
      Executor executor,
      ConnectionOptions options,
      Scheduler clock,
      RoomCounters counters) {
    this.room = room;
    this.listener = listener;
    this.executor = executor;
    this.clock = clock;
    this.counters = counters;
    overflow = options.getOverflow();
    bufferSize = options.getBufferSize();
    duplicateWindow = options.getDuplicateWindow();
  }

  /** Takes events from this socket alone from now on; a reader of another stops waiting. */
  public void listenTo(@Nullable LiveSocket socket) {
    lock.lock();
    try {
      source = socket;
      sourceOpened = false;
      eventsBuffered -= early.size(); // Of a socket that was never authenticated.
      early.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The source was authenticated, and the listener told: now its events may follow. */
  public void opened() {
    lock.lock();
    try {
      sourceOpened = true;
      buffer.addAll(early);
      early.clear();
    } finally {
      unlockAndDrain();
    }
  }

  /** Takes an event from a socket's reader. May wait for the listener. */
  void offer(LiveSocket from, LiveEvent event) {
    boolean warn = false;
    lock.lock();
    try {
      if (source != from || ended) {
        return;
      }
      counters.eventCame();
      if (isDuplicate(event.getMsgId())) {
        counters.duplicates.incrementAndGet();
        return;
      }
      if (eventsBuffered >= bufferSize && overflow == Overflow.DROP_OLDEST) {
        warn = !dropping;
        dropping = true;
        dropOldest();
      } else if (eventsBuffered >= bufferSize && !awaitRoom(from)) {
        return;
      }
      eventsBuffered++;
      if (sourceOpened || source != from) {
        buffer.add(event);
      } else {
        early.add(event);
      }
    } finally {
      unlockAndDrain();
    }
    if (warn) {
      log("drops its oldest events: its listener is slower than the room", null);
    }
  }

  private boolean isDuplicate(String msgId) {
    if (msgId.isEmpty()) {
      return false;
    }
    boolean isNew = recentIds.add(msgId);
    if (recentIds.size() > duplicateWindow) {
      Iterator<String> oldest = recentIds.iterator();
      oldest.next();
      oldest.remove();
    }
    return !isNew;
  }

  /**
   * Lets the reader wait for room. One event may go over the bound: that of a reader whose socket
   * is given up while it waits, for it did arrive. Returns false if the listener hears nothing
   * more.
   */
  private boolean awaitRoom(LiveSocket from) {
    readerWaits = true;
    try {
      while (eventsBuffered >= bufferSize && source == from && !ended) {
        changed.awaitUninterruptibly();
      }
    } finally {
      readerWaits = false;
      waitedUntilNanos = clock.nanoTime();
    }
    return !ended;
  }

  private void dropOldest() {
    for (Iterator<Object> items = buffer.iterator(); items.hasNext(); ) {
      if (items.next() instanceof LiveEvent) {
        items.remove();
        countDropped();
        return;
      }
    }
    if (early.poll() != null) {
      countDropped();
    }
  }

  private void countDropped() {
    eventsBuffered--;
    counters.dropped.incrementAndGet();
    droppedUntold++;
  }

  /** Tells the listener of a state, after all that came before it. Never waits. */
  public void state(ConnectionState state) {
    add(state, state.getPhase() == ConnectionState.Phase.CLOSED);
  }

  /** Tells the listener who the broadcaster is, likewise. */
  public void broadcaster(AnchorInfo broadcaster) {
    add(broadcaster, false);
  }

  private void add(Object item, boolean isLast) {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      ended = isLast;
      buffer.add(item);
      changed.signalAll();
    } finally {
      unlockAndDrain();
    }
  }

  /** Drops what the listener has not heard, and tells it a last state. Idempotent. */
  public void close(ConnectionState closed) {
    lock.lock();
    try {
      if (!ended) {
        buffer.clear();
        early.clear();
        eventsBuffered = 0;
        droppedUntold = 0;
      }
    } finally {
      lock.unlock();
    }
    state(closed);
  }

  boolean heldBackSince(long nanos) {
    lock.lock();
    try {
      return readerWaits || (waitedUntilNanos != null && waitedUntilNanos - nanos >= 0);
    } finally {
      lock.unlock();
    }
  }

  /** Unlocks, and hands over a task that drains if what is in the buffer has none. */
  private void unlockAndDrain() {
    boolean handOver = !draining && !buffer.isEmpty();
    draining |= handOver;
    lock.unlock();
    if (handOver) {
      drainSoon();
    }
  }

  private void drainSoon() {
    try {
      executor.execute(this::drain);
    } catch (Throwable e) { // It refuses, or has no thread to start.
      refused(e);
    }
  }

  /** The user's executor takes nothing any more: nobody can be told, so nothing may wait. */
  private void refused(Throwable e) {
    boolean report;
    lock.lock();
    try {
      report = !refusalReported;
      refusalReported = true;
      buffer.clear();
      eventsBuffered = 0;
      draining = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (report) {
      log("cannot tell its listener anything: the callback executor refuses tasks", e);
    }
  }

  private void log(String what, @Nullable Throwable thrown) {
    CallbackErrors.warn(LiveConnections.inWords(room) + " " + what, thrown);
  }

  private void drain() {
    for (int i = 0; i < ITEMS_PER_TASK; i++) {
      if (!deliverNext()) {
        return;
      }
    }
    drainSoon();
  }

  /** Returns false if there is nothing for the listener, and draining is over. */
  private boolean deliverNext() {
    long dropped;
    Object item = null;
    lock.lock();
    try {
      dropped = droppedUntold;
      droppedUntold = 0;
      if (dropped == 0) {
        item = buffer.poll();
        draining = item != null;
        dropping &= draining;
      }
      if (item instanceof LiveEvent) {
        eventsBuffered--;
        counters.delivered.incrementAndGet();
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
    if (dropped > 0) {
      CallbackErrors.run(() -> listener.onDropped(dropped));
    } else if (item instanceof LiveEvent) {
      LiveEvent event = (LiveEvent) item;
      CallbackErrors.run(() -> listener.onEvent(event));
      CallbackErrors.run(() -> EventType.deliver(event, listener));
    } else if (item instanceof AnchorInfo) {
      AnchorInfo broadcaster = (AnchorInfo) item;
      CallbackErrors.run(() -> listener.onBroadcaster(broadcaster));
    } else if (item != null) {
      ConnectionState state = (ConnectionState) item;
      CallbackErrors.run(() -> listener.onStateChanged(state));
    }
    return dropped > 0 || item != null;
  }
}
