package io.github.bililive.internal.time;

/**
 * Something under way that can be called off.
 *
 * <p>Not part of the SDK's API: it may change in any release.
 */
public interface Cancellable {
  /** Calls it off. Does nothing if it is over or was called off before. Any thread. */
  void cancel();
}
