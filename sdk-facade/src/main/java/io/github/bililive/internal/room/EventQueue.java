package io.github.bililive.internal.room;

import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.Overflow;
import io.github.bililive.generated.openlive.model.AnchorInfo;
import io.github.bililive.internal.message.EventType;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.Queued;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.SerialExecutor;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands what happens in one room to its listener: in order, one at a time, on the user's executor.
 *
 * <p>Between the socket's reader and the listener is a buffer, bounded in events and in bytes. When
 * it is full, either the reader waits here or the oldest event goes, as the {@link Overflow} says;
 * the oldest goes, too, while the executor refuses tasks. Changes of state take their place in the
 * same order, are never dropped and make nobody wait. Each event that came is counted once more: as
 * delivered, dropped, or a duplicate.
 *
 * <p>A lock of {@code java.util.concurrent}, not a monitor: a virtual thread that waits here then
 * holds no platform thread. No lock is held while the listener runs.
 */
final class EventQueue extends SerialExecutor {
  /**
   * Bytes of memory for each event of the buffer, on average: half of them would do for a room
   * where nothing but gifts is sent. Larger events fill the buffer sooner.
   */
  static final int BYTES_PER_EVENT = 8 << 10;

  private final LiveListener listener;
  private final Overflow overflow;
  private final int bufferSize;
  private final long bufferBytes;
  private final Scheduler clock;
  private final RoomCounters counters;

  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when there may be room for a reader that waits, or it need not wait any more. */
  private final Condition changed = lock.newCondition();

  // What follows is guarded by the lock.

  /** What the listener is to hear: events, states, and who the broadcaster is. */
  private final ArrayDeque<Queued<Object>> buffer = new ArrayDeque<>();

  /** Events of a socket that wait until the listener was told that it is open. */
  private final EarlyEvents early = new EarlyEvents();

  private final RecentIds recentIds;

  /** Events in the buffer, which holds states, too, and early ones. */
  private int eventsBuffered;

  /** Bytes of memory of those. */
  private long bytesBuffered;

  /** Dropped events that the listener has not been told of. */
  private long droppedUntold;

  /** Whether events were dropped since none was last buffered; logged once for all of them. */
  private boolean dropping;

  /** Whether the executor took no task the last time. */
  private boolean refused;

  /** The socket that events are taken from; null for none. */
  private @Nullable LiveSocket source;

  /** Whether the listener was told that the source is open; events wait for that. */
  private boolean sourceOpened;

  /** The {@code msg_id} that the listener heard last; empty before. */
  private volatile String lastDelivered = "";

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
    super(LiveConnections.inWords(room), executor, clock, 0);
    this.listener = listener;
    this.clock = clock;
    this.counters = counters;
    overflow = options.getOverflow();
    bufferSize = options.getBufferSize();
    bufferBytes = (long) bufferSize * BYTES_PER_EVENT;
    recentIds = new RecentIds(options.getDuplicateWindow());
  }

  /** Takes events from this socket alone from now on; a reader of another stops waiting. */
  public void listenTo(@Nullable LiveSocket socket) {
    lock.lock();
    try {
      source = socket;
      sourceOpened = false;
      if (early.ends()) { // It was opened, if held back: better twice than never.
        putEarly();
      }
      for (LiveEvent event = early.poll(); event != null; event = early.poll()) {
        drop(event); // Of a socket that was never authenticated.
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The source was authenticated, and the listener told: now its events may follow. */
  public void opened() {
    lock.lock();
    try {
      if (early.opens()) {
        sourceOpened = true;
        putEarly();
      }
    } finally {
      lock.unlock();
    }
    wake();
  }

  private void putEarly() {
    for (LiveEvent event = early.poll(); event != null; event = early.poll()) {
      put(event);
    }
  }

  /** Holds a source's events back, until {@link #letGo}, for what another process delivers. */
  void hold() {
    lock.lock();
    try {
      early.hold();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes this one out of the events that are held back, and those before it: another process has
   * delivered them. Returns whether it is among them.
   */
  boolean dropUpTo(String msgId) {
    lock.lock();
    try {
      List<LiveEvent> delivered = early.upTo(msgId);
      for (LiveEvent event : delivered) {
        taken(event);
        counters.duplicates.add(1);
      }
      return !delivered.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Ends {@link #hold}. */
  void letGo() {
    boolean wasOpened;
    lock.lock();
    try {
      wasOpened = early.letGo();
    } finally {
      lock.unlock();
    }
    if (wasOpened) {
      opened();
    }
  }

  /** Hears when all that came before was delivered, and the last {@code msg_id} of it. */
  interface Delivered {
    void delivered(String lastMsgId);
  }

  void whenDelivered(Delivered delivered) {
    add(delivered, false);
  }

  String lastDelivered() {
    return lastDelivered;
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
      if (!event.getMsgId().isEmpty() && !recentIds.add(event.getMsgId())) {
        counters.duplicates.add(1);
        return;
      }
      int bytes = event.getMemoryBytes();
      if (overflow == Overflow.BACKPRESSURE) {
        awaitRoom(from, bytes);
      }
      if (ended) {
        counters.dropped.add(1);
        return;
      }
      while (isFull(bytes) && (overflow == Overflow.DROP_OLDEST || refused)) {
        warn |= !dropping && !refused;
        dropping = true;
        dropOldest();
      }
      eventsBuffered++;
      bytesBuffered += bytes;
      if (sourceOpened || source != from) {
        put(event);
      } else {
        early.add(event);
      }
    } finally {
      lock.unlock();
    }
    wake();
    if (warn) {
      CallbackErrors.warn(this + " drops its oldest events: its listener is slower than the room");
    }
  }

  private void put(Object item) {
    buffer.add(new Queued<>(item, clock.nanoTime()));
  }

  @Override
  public long lagNanos(long nowNanos) {
    lock.lock();
    try {
      Queued<Object> next = buffer.peek();
      return next == null ? 0 : next.nanos(nowNanos);
    } finally {
      lock.unlock();
    }
  }

  /** Returns how much memory the events take that wait for the listener. */
  long bytesBuffered() {
    lock.lock();
    try {
      return bytesBuffered;
    } finally {
      lock.unlock();
    }
  }

  /** An event that is longer than all of the buffer is taken when that is empty. */
  private boolean isFull(int bytes) {
    return eventsBuffered >= bufferSize
        || (eventsBuffered > 0 && bytesBuffered + bytes > bufferBytes);
  }

  /**
   * Lets the reader wait for room. One event may go over the bound: that of a reader whose socket
   * is given up while it waits, for it did arrive.
   */
  private void awaitRoom(LiveSocket from, int bytes) {
    if (!isFull(bytes) || refused) {
      return;
    }
    readerWaits = true;
    try {
      while (isFull(bytes) && source == from && !ended && !refused) {
        changed.awaitUninterruptibly();
      }
    } finally {
      readerWaits = false;
      waitedUntilNanos = clock.nanoTime();
    }
  }

  private void dropOldest() {
    for (Iterator<Queued<Object>> items = buffer.iterator(); items.hasNext(); ) {
      Object item = items.next().item;
      if (item instanceof LiveEvent) {
        items.remove();
        drop((LiveEvent) item);
        droppedUntold++;
        return;
      }
    }
    LiveEvent oldest = early.poll();
    if (oldest != null) {
      drop(oldest);
      droppedUntold++;
    }
  }

  private void drop(LiveEvent event) {
    taken(event);
    counters.dropped.add(1);
  }

  private void taken(LiveEvent event) {
    eventsBuffered--;
    bytesBuffered -= event.getMemoryBytes();
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
      put(item);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    wake();
  }

  /** Drops what the listener has not heard, and tells it a last state. Idempotent. */
  public void close(ConnectionState closed) {
    lock.lock();
    try {
      if (!ended) {
        counters.dropped.add(eventsBuffered);
        buffer.clear();
        early.clear();
        eventsBuffered = 0;
        bytesBuffered = 0;
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

  /** Lets a reader that waits for the listener go: it may be long until that hears again. */
  @Override
  protected void refused() {
    lock.lock();
    try {
      refused = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  protected boolean step() {
    long dropped;
    Object item = null;
    lock.lock();
    try {
      refused = false;
      dropped = droppedUntold;
      droppedUntold = 0;
      if (dropped == 0) {
        Queued<Object> next = buffer.poll();
        item = next == null ? null : next.item;
        dropping &= item != null || eventsBuffered > 0;
      }
      if (item instanceof LiveEvent) {
        taken((LiveEvent) item);
        counters.delivered.add(1);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
    if (dropped > 0) {
      tell("onDropped", () -> listener.onDropped(dropped));
    } else if (item instanceof LiveEvent) {
      deliver((LiveEvent) item);
    } else if (item instanceof AnchorInfo) {
      AnchorInfo broadcaster = (AnchorInfo) item;
      tell("onBroadcaster", () -> listener.onBroadcaster(broadcaster));
    } else if (item instanceof Delivered) {
      ((Delivered) item).delivered(lastDelivered);
    } else if (item != null) {
      ConnectionState state = (ConnectionState) item;
      tell("onStateChanged", () -> listener.onStateChanged(state));
    }
    return dropped > 0 || item != null;
  }

  private void tell(String callback, Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      threw(callback, e);
    }
  }

  private void deliver(LiveEvent event) {
    try {
      listener.onEvent(event);
    } catch (Throwable e) {
      threw("onEvent", e);
    }
    clearInterrupt();
    try {
      EventType.deliver(event, listener);
    } catch (Throwable e) {
      threw(EventType.callbackFor(event), e);
    }
    if (!event.getMsgId().isEmpty()) {
      lastDelivered = event.getMsgId();
    }
  }
}
