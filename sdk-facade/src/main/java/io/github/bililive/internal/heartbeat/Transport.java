package io.github.bililive.internal.heartbeat;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import java.util.List;
import java.util.Set;

/** Sends one heartbeat request for some ids. */
interface Transport {
  /**
   * Sends it and returns at once.
   *
   * @param connIds 1 to 200 ids without duplicates
   * @param timeoutNanos when it is given up and the callback told so, in nanoseconds
   * @param callback hears, on any thread, which of the ids are dead
   */
  PendingCall send(List<String> connIds, long timeoutNanos, AnswerCallback<Set<String>> callback);
}
