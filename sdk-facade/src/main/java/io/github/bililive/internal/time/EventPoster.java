package io.github.bililive.internal.time;

import java.util.concurrent.Executor;

/**
 * Calls one hook of the user's on an executor, and nobody if there is no hook. Safe for use by
 * several threads.
 */
public final class EventPoster<T> {
  /** One call of the hook. */
  public interface Event<T> {
    void tell(T hook);
  }

  private final T hook;
  private final boolean isHeard;
  private final Executor executor;

  /**
   * Creates a poster on an executor that runs one task at a time.
   *
   * @param none the hook that stands for none: then nothing is posted
   */
  public EventPoster(T hook, T none, Executor executor) {
    this.hook = hook;
    this.executor = executor;
    isHeard = hook != none;
  }

  /** Returns whether anybody hears: if not, what an event needs need not be computed. */
  public boolean isHeard() {
    return isHeard;
  }

  public void post(Event<T> event) {
    if (isHeard) {
      executor.execute(() -> tell(event));
    }
  }

  private void tell(Event<T> event) {
    try {
      event.tell(hook);
    } catch (Throwable e) {
      CallbackErrors.warn("hook " + hook.getClass().getName() + " threw; continuing.", e);
    }
  }
}
