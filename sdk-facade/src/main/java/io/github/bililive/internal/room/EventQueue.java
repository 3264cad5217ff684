package io.github.bililive.internal.room;

import io.github.bililive.ConnectionHealth;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState;
import io.github.bililive.LiveListener;
import io.github.bililive.Overflow;
import io.github.bililive.internal.message.ReceivedEvent;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.Scheduler;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
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
public final class EventQueue {
  /** Something for the listener. */
  interface Item {
    /** Calls the listener. */
    void deliver(LiveListener listener);
  }

  /** How many items one task of the executor delivers before it lets others have the thread. */
  private static final int ITEMS_PER_TASK = 64;

  private final Executor executor;
  private final LiveListener listener;
  private final Overflow overflow;
  private final int bufferSize;
  private final Scheduler clock;

  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when there may be room for a reader that waits, or it need not wait any more. */
  private final Condition changed = lock.newCondition();

  // What follows is guarded by the lock.

  private final ArrayDeque<Entry> buffer = new ArrayDeque<>();

  /** Events of a socket that came before the listener was told that it is open. */
  private final ArrayDeque<Entry> early = new ArrayDeque<>();

  private final RecentIds recentIds;
  private final ConnectionHealth.Counts counts = new ConnectionHealth.Counts();

  /** Events in the buffer; it holds other items too. */
  private int eventsBuffered;

  /** When the last event came; meaningless before one was counted. */
  private long lastEventNanos;

  /** Dropped events that the listener has not been told of. */
  private long droppedUntold;

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

  /** When a reader last stopped waiting; meaningless before {@link #everWaited}. */
  private long waitedUntilNanos;

  private boolean everWaited;

  public EventQueue(
      LiveListener listener, Executor executor, ConnectionOptions options, Scheduler clock) {
    this.listener = listener;
    this.executor = executor;
    this.clock = clock;
    overflow = options.overflow;
    bufferSize = options.bufferSize;
    recentIds = new RecentIds(options.duplicateWindow);
  }

  private static final class Entry {
    final Item item;
    final boolean isEvent;

    Entry(Item item, boolean isEvent) {
      this.item = item;
      this.isEvent = isEvent;
    }
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
    boolean drain = false;
    lock.lock();
    try {
      counts.opened++;
      sourceOpened = true;
      for (Entry entry = early.poll(); entry != null; entry = early.poll()) {
        drain |= add(entry);
      }
    } finally {
      lock.unlock();
    }
    if (drain) {
      drainSoon();
    }
  }

  /** Takes an event from a socket's reader. May wait for the listener. */
  void offer(LiveSocket from, ReceivedEvent event) {
    offer(from, event.msgId(), event::deliver);
  }

  /**
   * Takes an event from a socket's reader. May wait for the listener.
   *
   * @param messageId the event's {@code msg_id}; empty if it has none
   */
  void offer(LiveSocket from, String messageId, Item event) {
    boolean drain = false;
    lock.lock();
    try {
      if (source != from || ended) {
        return;
      }
      counts.received++;
      lastEventNanos = clock.nanoTime();
      if (!messageId.isEmpty() && !recentIds.add(messageId)) {
        counts.duplicates++;
        return;
      }
      if (eventsBuffered >= bufferSize && !makeRoom(from)) {
        return;
      }
      eventsBuffered++;
      if (sourceOpened || source != from) {
        drain = add(new Entry(event, true));
      } else {
        early.add(new Entry(event, true));
      }
    } finally {
      lock.unlock();
    }
    if (drain) {
      drainSoon();
    }
  }

  /**
   * Makes room, or lets the reader wait for it. One event may go over the bound: that of a reader
   * whose socket is given up while it waits, for it did arrive.
   *
   * @return false if the listener hears nothing more
   */
  private boolean makeRoom(LiveSocket from) {
    if (overflow == Overflow.DROP_OLDEST) {
      dropOldest();
      return true;
    }
    readerWaits = true;
    everWaited = true;
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
    for (Iterator<Entry> entries = buffer.iterator(); entries.hasNext(); ) {
      if (entries.next().isEvent) {
        entries.remove();
        eventsBuffered--;
        counts.dropped++;
        droppedUntold++;
        return;
      }
    }
  }

  /** Tells the listener of a state, after all that came before it. Never waits. */
  public void state(ConnectionState state) {
    boolean last = state.getPhase() == ConnectionState.Phase.CLOSED;
    boolean drain;
    lock.lock();
    try {
      if (ended) {
        return;
      }
      ended = last;
      drain = add(new Entry(listener -> listener.onStateChanged(state), false));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (drain) {
      drainSoon();
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

  /** Whether the reader waits for the listener, or did at any time since then. */
  boolean heldBackSince(long nanos) {
    lock.lock();
    try {
      return readerWaits || (everWaited && waitedUntilNanos - nanos >= 0);
    } finally {
      lock.unlock();
    }
  }

  /** Returns how long ago the last event came, in milliseconds. */
  public long eventAgeMillis() {
    lock.lock();
    try {
      return counts.received == 0
          ? ConnectionHealth.NEVER
          : TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - lastEventNanos);
    } finally {
      lock.unlock();
    }
  }

  public ConnectionHealth.Counts counts() {
    ConnectionHealth.Counts copy = new ConnectionHealth.Counts();
    lock.lock();
    try {
      copy.opened = counts.opened;
      copy.received = counts.received;
      copy.delivered = counts.delivered;
      copy.dropped = counts.dropped;
      copy.duplicates = counts.duplicates;
    } finally {
      lock.unlock();
    }
    return copy;
  }

  /** Returns whether the caller must hand over a task that drains. */
  private boolean add(Entry entry) {
    buffer.add(entry);
    boolean handOver = !draining;
    draining = true;
    return handOver;
  }

  private void drainSoon() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      refused(e);
    }
  }

  /** The user's executor takes nothing any more: nobody can be told, so nothing may wait. */
  private void refused(RejectedExecutionException e) {
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
      Logger.getLogger(CallbackErrors.LOGGER)
          .log(Level.WARNING, "the executor of a room refuses callbacks: they are lost", e);
    }
  }

  private void drain() {
    for (int i = 0; i < ITEMS_PER_TASK; i++) {
      Item next = next();
      if (next == null) {
        return;
      }
      CallbackErrors.run(() -> next.deliver(listener));
    }
    drainSoon();
  }

  /** Returns what the listener is to hear next; null if there is nothing, and draining is over. */
  private @Nullable Item next() {
    lock.lock();
    try {
      if (droppedUntold > 0) {
        long dropped = droppedUntold;
        droppedUntold = 0;
        return listener -> listener.onDropped(dropped);
      }
      Entry entry = buffer.poll();
      if (entry == null) {
        draining = false;
        return null;
      }
      if (entry.isEvent) {
        eventsBuffered--;
        counts.delivered++;
        changed.signal();
      }
      return entry.item;
    } finally {
      lock.unlock();
    }
  }
}
