package io.github.bililive.internal.time;

import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls the user's code one step at a time and in order, on the user's executor, whatever either of
 * them throws: a step that throws does not stop the next, and an executor that throws is asked
 * again after a pause, whether it took the task or not. Never on the scheduler's thread, also if
 * the executor runs tasks at once. A step runs the next task given, unless a subclass has steps of
 * its own.
 *
 * <p>An interrupt flag that a step leaves behind does not reach the next one; one that the thread
 * had before is given back.
 */
public class SerialExecutor implements Executor, Runnable {
  /** How many steps one task of the executor takes before it lets others have the thread. */
  private static final int STEPS = 64;

  private static final int IDLE = 0;
  private static final int HANDED_OVER = 1;
  private static final int RUNNING = 2;
  private static final int WOKEN = 3;

  private static final BackOff PAUSE =
      new BackOff(
          new Random(), TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(30), 0.5);

  private final String name;
  private final Executor executor;
  private final Scheduler scheduler;

  /** IDLE; HANDED_OVER until a task begins; then RUNNING, or WOKEN if there may be more to do. */
  private final AtomicInteger state = new AtomicInteger();

  /** Refusals of the executor since it last ran a task. Used by the task that there is. */
  private volatile int refusals;

  /** The thread that hands over the next task from within a task; null if none does. */
  private volatile @Nullable Thread handsOver;

  /** The thread on which that task ran at once; null if it did not. */
  private volatile @Nullable Thread ranAtOnce;

  private final int most;

  /** Guarded by itself, as what follows. */
  private final ArrayDeque<Queued<Runnable>> waiting = new ArrayDeque<>(0);

  private long dropped;

  /** Whether tasks were dropped since none last waited; logged once for all of them. */
  private boolean dropping;

  /**
   * Creates an executor on the threads of another, which is never shut down by it.
   *
   * @param name what the tasks are, for the log
   * @param most how many may wait: of more, the oldest is dropped and counted
   */
  public SerialExecutor(String name, Executor executor, Scheduler scheduler, int most) {
    this.name = name;
    this.executor = executor;
    this.scheduler = scheduler;
    this.most = most;
  }

  /** Runs a task after all that were given before it. Any thread. */
  @Override
  public void execute(Runnable task) {
    boolean warn = false;
    Queued<Runnable> last = new Queued<>(task, scheduler.nanoTime());
    synchronized (waiting) {
      if (waiting.size() >= most) {
        waiting.poll();
        dropped++;
        warn = !dropping;
        dropping = true;
      }
      waiting.add(last);
    }
    if (warn) {
      CallbackErrors.warn(this + " are slow: more than " + most + " wait, and the oldest are lost");
    }
    wake();
  }

  /** Returns how many tasks were dropped so far. */
  public long dropped() {
    synchronized (waiting) {
      return dropped;
    }
  }

  /** Returns how long the next step has waited, in nanoseconds; 0 if there is none. Any thread. */
  public long lagNanos(long nowNanos) {
    synchronized (waiting) {
      Queued<Runnable> next = waiting.peek();
      return next == null ? 0 : next.nanos(nowNanos);
    }
  }

  /** Takes the next step. Returns false if there was none to take. */
  protected boolean step() {
    Queued<Runnable> next;
    synchronized (waiting) {
      next = waiting.poll();
      dropping &= next != null;
    }
    if (next == null) {
      return false;
    }
    try {
      next.item.run();
    } catch (Throwable e) {
      threw("one of them", e);
    }
    return true;
  }

  /** The executor takes no task now: nobody may wait for the next step. */
  protected void refused() {}

  /** There is a step to take. Any thread; returns at once unless the executor runs it at once. */
  protected final void wake() {
    while (true) {
      int present = state.get();
      if (present == HANDED_OVER || present == WOKEN) {
        return;
      }
      if (state.compareAndSet(present, present == IDLE ? HANDED_OVER : WOKEN)) {
        if (present == IDLE) {
          handOver();
        }
        return;
      }
    }
  }

  private void handOver() {
    try {
      // Threads of the SDK's own are never the scheduler's.
      if (executor instanceof CallbackThreads || !scheduler.runElsewhere(this::execute)) {
        execute();
      }
    } catch (Throwable e) {
      refused(e);
    }
  }

  private void execute() {
    try {
      executor.execute(this);
    } catch (Throwable e) { // It refuses, or has no thread to start.
      refused(e);
    }
  }

  private void refused(Throwable e) {
    int before = refusals;
    refusals = before + 1;
    if (before == 0) {
      CallbackErrors.warn(
          name + " cannot be told anything: the callback executor refuses tasks; it is asked again",
          e);
      refused();
    }
    scheduler.schedule(this::handOverAgain, PAUSE.pauseNanos(before));
  }

  private void handOverAgain() {
    if (state.get() == HANDED_OVER) {
      handOver();
    }
  }

  /** What the executor runs. */
  @Override
  public final void run() {
    Thread self = Thread.currentThread();
    if (handsOver == self) { // It goes on below: a stack has an end.
      ranAtOnce = self;
      return;
    }
    if (!begin()) { // It was refused and taken, and another thread was sooner.
      return;
    }
    boolean wasInterrupted = Thread.interrupted();
    try {
      while (takeSteps() && isRunAtOnce(self) && begin()) {}
    } catch (Throwable e) { // Of our own code, where memory or stack are short.
      state.set(HANDED_OVER);
      refused(e);
    }
    if (wasInterrupted) {
      self.interrupt();
    }
  }

  private boolean begin() {
    boolean begins = state.compareAndSet(HANDED_OVER, RUNNING);
    refusals = begins ? 0 : refusals;
    return begins;
  }

  /** Returns whether there may be more to do. */
  private boolean takeSteps() {
    for (int i = 0; i < STEPS; i++) {
      state.set(RUNNING);
      if (!step() && state.compareAndSet(RUNNING, IDLE)) {
        return false;
      }
      clearInterrupt();
    }
    return true;
  }

  /** Between two callbacks: what one left behind is not for the next. */
  public static void clearInterrupt() {
    Thread.interrupted();
  }

  /** Hands over the next task, and returns whether this thread is to run it. */
  private boolean isRunAtOnce(Thread self) {
    handsOver = self;
    state.set(HANDED_OVER);
    handOver();
    handsOver = null;
    boolean isRunAtOnce = ranAtOnce == self;
    if (isRunAtOnce) {
      ranAtOnce = null;
    }
    return isRunAtOnce;
  }

  /** Logs what a callback threw. */
  protected final void threw(String callback, Throwable thrown) {
    CallbackErrors.warn(name + ": " + callback + " threw; continuing.", thrown);
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}
