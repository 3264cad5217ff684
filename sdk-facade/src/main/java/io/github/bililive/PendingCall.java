package io.github.bililive;

/** A call under way. */
public interface PendingCall {
  /**
   * Gives the call up; its callback hears a {@code NetworkException} unless it has heard already.
   * The platform may carry the call out all the same. Idempotent, any thread.
   */
  void cancel();
}
