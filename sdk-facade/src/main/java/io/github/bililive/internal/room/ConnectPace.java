package io.github.bililive.internal.room;

import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Scheduler;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many attempts a second a whole client makes at one target, first attempts and comebacks
 * alike, and in which order: first come, first served. The pace finds by itself what the target
 * bears, as TCP does:
 *
 * <ul>
 *   <li>Each attempt that succeeds raises it: exponentially until half of what it was when an
 *       attempt last failed, then by a tenth of that, or of itself if it is more, in a second.
 *   <li>An attempt that fails, or takes longer than {@link #SLOW_NANOS}, halves it, once for all
 *       attempts that were under way at that time. One failure beside four successes is forgiven:
 *       it is rather the room's own.
 *   <li>Where the target says that it is too much, nothing is begun for a while: as long as it
 *       says, and twice as long for each such refusal in a row.
 *   <li>No more are under way than one second's. So a target, or a machine of ours, that becomes
 *       slow is not given more before it has done what it has.
 * </ul>
 *
 * <p>Nothing is raised by attempts that did not have to wait: they say nothing about the pace.
 * After {@link #FORGET_NANOS} without a queue the pace begins anew. One timer serves all that wait.
 * Used on the scheduler's thread; any thread may read how long the queue is, and the pace.
 */
final class ConnectPace {
  /** The pace that a client begins with. */
  static final double FIRST_PER_SECOND = 20;

  /** How many attempts may begin at once when there were none for a while. */
  static final int BURST = 5;

  /**
   * Twice what a dial takes over a slow line, with its five round trips, and what a start takes.
   */
  static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** How long a refusal in a row may hold the queue at most, unless the target asks for more. */
  static final long LONGEST_HOLD_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** The longest personal pause of a room: within it, rooms that fail all come again. */
  static final long FORGET_NANOS = ReconnectPause.CAP_NANOS;

  /** How many successes let one failure be forgiven. */
  private static final int FORGIVEN_PER = 4;

  /** Four failures in a row are forgiven at most. */
  private static final int MOST_CREDIT = 4 * FORGIVEN_PER;

  /** Enough to come from a second to {@link #LONGEST_HOLD_NANOS}, and without overflow. */
  private static final int MOST_DOUBLINGS = 10;

  /** By how much a success raises the pace in its exponential phase. */
  private static final double RISE_PER_SUCCESS = 2;

  /** Beyond that, it rises in a second by this part of the pace that was too much. */
  private static final double RISE_SHARE = 0.1;

  private static final double LEAST_RISE = 1;
  private static final double FALL = 0.5;

  /** As long as some attempts succeed, failures let the pace not fall below this. */
  private static final double MIXED_PER_SECOND = 5;

  private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What a busy machine may make up for at once. */
  private static final long CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Scheduler scheduler;
  private final double least;
  private final double most;
  private final int burst;

  /** Who waits, the first come first. */
  private final LinkedHashSet<Place> waiting = new LinkedHashSet<>();

  /** What has begun within {@link #SLOW_NANOS}, the oldest first; some of it may be over. */
  private final ArrayDeque<Place> begun = new ArrayDeque<>();

  private int underWay;
  private long asked;

  /** The number of the place that is next. */
  private volatile long next;

  private volatile int queued;
  private volatile double perSecond;

  /** When the next attempt may begin. */
  private volatile long freeAtNanos;

  /** Until here the pace rises exponentially. */
  private double proven;

  /** By how much it rises in a second beyond that. */
  private double rise;

  /** Counts falls: what began before the last one says nothing about the present pace. */
  private int falls;

  /** Whether an attempt succeeded since the last fall. */
  private boolean isProven;

  /** Successes that a failure may be forgiven for. */
  private int credit;

  /** Refusals in a row that held the queue. */
  private int holds;

  /** When somebody last waited. */
  private long queuedAtNanos;

  /** Null unless somebody waits. */
  private @Nullable Cancellable timer;

  ConnectPace(Scheduler scheduler, int leastPerSecond, int mostPerSecond) {
    this.scheduler = scheduler;
    least = leastPerSecond;
    most = mostPerSecond;
    burst = Math.max(1, Math.min(BURST, mostPerSecond / 10));
    freeAtNanos = scheduler.nanoTime() - TimeUnit.SECONDS.toNanos(1);
    queuedAtNanos = freeAtNanos;
    beginAnew();
  }

  private void beginAnew() {
    perSecond = Math.max(least, Math.min(most, FIRST_PER_SECOND));
    proven = most;
    falls++;
    isProven = false;
    credit = 0;
    holds = 0;
  }

  /** Returns how many wait. Any thread. */
  int queued() {
    return queued;
  }

  /** Returns the present pace. Any thread. */
  double perSecond() {
    return perSecond;
  }

  /** Returns how long one more would wait, in nanoseconds. Any thread. */
  long waitNanos() {
    return waitNanos(queued);
  }

  private long waitNanos(long before) {
    long untilFree = Math.max(0, freeAtNanos - scheduler.nanoTime());
    return untilFree + (long) (Math.max(0, before) * SECOND_NANOS / perSecond);
  }

  /**
   * Asks for a place. If one is free, it is begun, and the caller acts; else the action is run once
   * its turn has come.
   */
  Place ask(Runnable action) {
    long nowNanos = scheduler.nanoTime();
    age(nowNanos);
    if (waiting.isEmpty()) {
      if (nowNanos - queuedAtNanos > FORGET_NANOS && freeAtNanos - nowNanos <= 0) {
        beginAnew();
      }
      freeAtNanos = later(freeAtNanos, nowNanos - (long) ((burst - 1) * SECOND_NANOS / perSecond));
    }
    Place place = new Place(asked++, action);
    if (waiting.isEmpty() && freeAtNanos - nowNanos <= 0 && !isFull()) {
      begin(place, nowNanos, false);
    } else {
      waiting.add(place);
      if (timer == null) {
        setTimer(nowNanos);
      }
      queued = waiting.size();
    }
    return place;
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }

  private boolean isFull() {
    return underWay >= Math.max(burst, perSecond);
  }

  private void begin(Place place, long nowNanos, boolean isPaced) {
    place.isBegun = true;
    place.begunAtNanos = nowNanos;
    place.ofFall = falls;
    place.isPaced = isPaced;
    underWay++;
    begun.add(place);
    freeAtNanos = oneAfter(freeAtNanos);
  }

  private long oneAfter(long nanos) {
    return nanos + (long) (SECOND_NANOS / perSecond);
  }

  /** Begins what may begin, and sets the timer for the rest. */
  private void serve() {
    long nowNanos = scheduler.nanoTime();
    age(nowNanos);
    if (!waiting.isEmpty()) {
      queuedAtNanos = nowNanos;
    }
    try {
      while (!waiting.isEmpty() && freeAtNanos - nowNanos <= 0 && !isFull()) {
        freeAtNanos = later(freeAtNanos, nowNanos - CATCH_UP_NANOS);
        Place first = waiting.iterator().next();
        waiting.remove(first);
        begin(first, nowNanos, true);
        first.action.run(); // May ask for another place, or end one.
      }
    } finally { // One room's trouble must not keep the others waiting for ever.
      setTimer(nowNanos);
    }
  }

  private void setTimer(long nowNanos) {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    queued = waiting.size();
    if (!waiting.isEmpty()) {
      next = waiting.iterator().next().number;
      long atNanos = freeAtNanos;
      Place oldest = begun.peek();
      if (isFull() && oldest != null) {
        atNanos = later(atNanos, oldest.begunAtNanos + SLOW_NANOS);
      }
      timer = scheduler.schedule(this::serve, Math.max(0, atNanos - nowNanos));
    }
  }

  /**
   * Forgets what is over, and slows down for what is slow: down to the first pace, since a token
   * may be waited for as well.
   */
  private void age(long nowNanos) {
    for (Place oldest = begun.peek(); oldest != null; oldest = begun.peek()) {
      if (!oldest.isOver) {
        if (nowNanos - oldest.begunAtNanos < SLOW_NANOS) {
          return;
        }
        oldest.isSlow = true;
        underWay--;
        if (perSecond > FIRST_PER_SECOND) {
          fall(oldest, FIRST_PER_SECOND, false);
        }
      }
      begun.remove();
    }
  }

  private void succeeded(Place place) {
    if (place.ofFall != falls || place.isSlow) {
      return;
    }
    isProven = true;
    holds = 0;
    credit = Math.min(MOST_CREDIT, credit + 1);
    if (place.isPaced) {
      rise = Math.max(rise, perSecond * RISE_SHARE); // The target may bear more than it did then.
      double more = perSecond < proven ? RISE_PER_SUCCESS : rise / perSecond;
      perSecond = Math.min(most, perSecond + more);
    }
  }

  /** Slows down, unless this was forgiven or is known already. Returns whether it was not known. */
  private boolean fall(Place place, double lowest, boolean isCertain) {
    if (place.ofFall != falls) {
      return false;
    }
    if (credit >= FORGIVEN_PER && !isCertain) {
      credit -= FORGIVEN_PER;
      return true;
    }
    double low = isProven && !isCertain ? Math.max(lowest, MIXED_PER_SECOND) : lowest;
    double fallen = Math.min(perSecond, Math.max(low, perSecond * FALL));
    if (isProven) {
      proven = fallen;
      rise = Math.max(LEAST_RISE, perSecond * RISE_SHARE);
    }
    perSecond = fallen;
    falls++;
    isProven = false;
    credit = 0;
    return true;
  }

  /** A room's place in the queue, and then among the attempts under way. */
  final class Place {
    private final long number;
    private final Runnable action;
    private volatile boolean isBegun;
    private long begunAtNanos;
    private int ofFall;

    /** Whether it had to wait. */
    private boolean isPaced;

    /** Whether it no longer counts as under way, though it is not over. */
    private boolean isSlow;

    private boolean isOver;

    private Place(long number, Runnable action) {
      this.number = number;
      this.action = action;
    }

    /** Returns whether its turn is yet to come. Any thread. */
    boolean isWaiting() {
      return !isBegun;
    }

    /** Returns how long it is likely to wait, in nanoseconds. Any thread. */
    long waitNanos() {
      return isBegun ? 0 : ConnectPace.this.waitNanos(number - next);
    }

    /** Returns whether the place is one of this pace's. */
    boolean isOf(ConnectPace pace) {
      return pace == ConnectPace.this;
    }

    private void end() {
      isOver = true;
      if (!isSlow) {
        underWay--;
      }
    }

    /** The attempt succeeded. */
    void succeeded() {
      if (!isOver) {
        end();
        ConnectPace.this.succeeded(this);
        serve();
      }
    }

    /** The attempt failed, so that the pace may be to blame. */
    void failed() {
      if (!isOver) {
        end();
        fall(this, least, false);
        serve();
      }
    }

    /** The target said that it is too much, and how long nothing is to be begun. */
    void refused(long holdNanos) {
      if (!isOver) {
        end();
        long longest = holdNanos;
        if (fall(this, least, true)) {
          long doubled = holdNanos << Math.min(holds, MOST_DOUBLINGS);
          longest = Math.max(holdNanos, Math.min(LONGEST_HOLD_NANOS, doubled));
          holds++;
        }
        freeAtNanos = later(freeAtNanos, scheduler.nanoTime() + longest);
        serve();
      }
    }

    /** Gives the place up, or says that the attempt's end tells nothing about the pace. */
    void leave() {
      if (!isOver && isBegun) {
        end();
        serve();
      } else if (waiting.remove(this)) {
        isOver = true;
        setTimer(scheduler.nanoTime());
      }
    }
  }
}
