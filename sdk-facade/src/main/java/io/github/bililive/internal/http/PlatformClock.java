package io.github.bililive.internal.http;

import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.WallClock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The platform's time, as far as its answers tell: what requests are signed with.
 *
 * <p>Until the first answer it is this machine's wall clock. After that it is the platform's {@code
 * Date} carried on by the monotonic clock, so that a wall clock that jumps or runs fast no longer
 * matters. Each answer bounds the platform's time by its round trip and the second that {@code
 * Date} is cut to; bounds that agree are narrowed to what they have in common, which leaves slow
 * answers without effect. One that contradicts them counts only when three in succession agree with
 * each other, or when the platform refuses a time (4003).
 *
 * <p>Safe for use by several threads.
 */
public final class PlatformClock {
  /** Hears of corrections. Called on the thread of a call, which it must not hold up. */
  public interface Listener {
    /**
     * Requests are signed with another time from now on.
     *
     * @param offsetMillis the platform's time less this machine's wall clock
     */
    void clockCorrected(long offsetMillis);
  }

  /** How far a timestamp may be off, by the platform's rules (4003). */
  private static final long TOLERANCE_MILLIS = TimeUnit.MINUTES.toMillis(10);

  /** An answer that took longer says too little. Our choice. */
  private static final long MAX_ROUND_TRIP_MILLIS = 10_000;

  /** Answers that must agree with each other to overrule what is known. Our choice. */
  private static final int DISSENTERS = 3;

  /** How much two clocks may drift apart: a thousandth, far more than computers' clocks do. */
  private static final long DRIFT_DIVISOR = 1_000;

  /** A correction that is smaller than a timestamp's second is none worth telling. */
  private static final long WORTH_TELLING_MILLIS = 1_000;

  private final Scheduler scheduler;
  private final WallClock wallClock;
  private final Listener listener;
  private final long originNanos;

  /** What is known; null if nothing is. Written under this object's lock. */
  private volatile @Nullable TimeBounds known;

  /** When {@link #known} was last confirmed. Guarded by this object's lock. */
  private long knownAtNanos;

  /**
   * What answers that contradict {@link #known} agree on; null if the last one did not. Guarded.
   */
  private @Nullable TimeBounds dissent;

  private int dissenters;

  /**
   * Whether the platform has refused its own {@code Date}, which then is somebody else's. Guarded.
   */
  private boolean distrusted;

  /** Creates a clock that knows nothing yet. */
  public PlatformClock(Scheduler scheduler, WallClock wallClock, Listener listener) {
    this.scheduler = scheduler;
    this.wallClock = wallClock;
    this.listener = listener;
    originNanos = scheduler.nanoTime();
  }

  /** Returns the time to sign with: Unix time in milliseconds, not before 1970. */
  public long currentTimeMillis() {
    return millis(known);
  }

  /** Returns a moment on the monotonic clock, in nanoseconds. */
  long nanoTime() {
    return scheduler.nanoTime();
  }

  /**
   * Returns how far this machine's wall clock is behind the platform's time, in milliseconds;
   * negative if it is ahead, null if no answer has told the time.
   */
  public @Nullable Long offsetMillis() {
    TimeBounds present = known;
    return present == null ? null : millis(present) - wallClock.currentTimeMillis();
  }

  /**
   * Returns how far this machine's wall clock is behind the platform's time by one answer, in
   * milliseconds; negative if it is ahead, null if the answer does not tell the time.
   */
  public @Nullable Long offsetMillis(@Nullable TimeSample sample) {
    return sample == null
        ? null
        : millis(sample.bounds(originNanos)) - wallClock.currentTimeMillis();
  }

  /**
   * Takes in what an answer says whose request's time the platform has not refused: so its {@code
   * Date} is someone else's if it is further off than the platform would have let pass.
   */
  public void learn(TimeSample sample) {
    if (sample.roundTripMillis() > MAX_ROUND_TRIP_MILLIS
        || sample.signedAstrayMillis() > TOLERANCE_MILLIS) {
      return;
    }
    long before = currentTimeMillis();
    synchronized (this) {
      if (distrusted) {
        return;
      }
      TimeBounds told = sample.bounds(originNanos);
      TimeBounds present = known;
      if (present == null) {
        adopt(told, sample);
      } else {
        weigh(present, told, sample);
      }
    }
    tell(before);
  }

  /**
   * Takes in an answer that refuses its request's time (4003).
   *
   * @param sample what the answer says, null if it does not tell the time
   * @return whether it is worth while to send the request again, signed with the time as corrected
   */
  public boolean correct(@Nullable TimeSample sample) {
    if (sample == null) {
      return false;
    }
    long before = currentTimeMillis();
    boolean worthWhile;
    synchronized (this) {
      if (sample.signedAstrayMillis() > 0) {
        distrusted = false;
        adopt(sample.bounds(originNanos), sample);
        worthWhile = true;
      } else {
        worthWhile = distrust(sample);
      }
    }
    tell(before);
    return worthWhile;
  }

  /** The platform refuses the very time that its answers tell: someone else stamps them. */
  private boolean distrust(TimeSample sample) {
    boolean wasKnown = known != null;
    known = null;
    dissent = null;
    distrusted = true;
    return wasKnown
        && Math.abs(wallClock.currentTimeMillis() - sample.signedMillis) > WORTH_TELLING_MILLIS;
  }

  private void weigh(TimeBounds present, TimeBounds told, TimeSample sample) {
    long ageMillis = TimeUnit.NANOSECONDS.toMillis(sample.receivedAtNanos - knownAtNanos);
    TimeBounds widened = present.widened(Math.max(0, ageMillis) / DRIFT_DIVISOR + 1);
    TimeBounds both = widened.and(told);
    if (both != null) {
      adopt(both, sample);
      return;
    }
    TimeBounds dissenting = dissent == null ? null : dissent.and(told);
    dissenters = dissenting == null ? 1 : dissenters + 1;
    dissent = dissenting == null ? told : dissenting;
    if (dissenters >= DISSENTERS) {
      adopt(dissent, sample);
    }
  }

  private void adopt(TimeBounds bounds, TimeSample sample) {
    known = bounds;
    knownAtNanos = sample.receivedAtNanos;
    dissent = null;
    dissenters = 0;
  }

  private void tell(long beforeMillis) {
    long now = currentTimeMillis();
    if (Math.abs(now - beforeMillis) >= WORTH_TELLING_MILLIS) {
      listener.clockCorrected(now - wallClock.currentTimeMillis());
    }
  }

  private long millis(@Nullable TimeBounds bounds) {
    return Math.max(
        0,
        bounds == null
            ? wallClock.currentTimeMillis()
            : bounds.middle() + TimeUnit.NANOSECONDS.toMillis(scheduler.nanoTime() - originNanos));
  }
}
