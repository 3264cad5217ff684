package io.github.bililive;

/** A call under way. */
public interface PendingCall {
  /**
   * Cancels the call. Its callback hears a {@code NetworkException} unless it has heard already.
   * The platform may carry the call out all the same. May be called again, and from any thread.
   */
  void cancel();
}
