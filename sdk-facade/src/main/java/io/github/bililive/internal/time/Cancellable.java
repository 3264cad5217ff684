package io.github.bililive.internal.time;

/** Something under way that can be called off. */
public interface Cancellable {
  /** Calls it off. Does nothing if it is over or was called off before. Any thread. */
  void cancel();
}
