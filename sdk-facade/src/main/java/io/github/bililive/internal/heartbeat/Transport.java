package io.github.bililive.internal.heartbeat;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import java.util.List;
import java.util.Set;

/** Sends one heartbeat request for some ids. */
interface Transport {
  /** Returns at once. The callback hears, on any thread, which of the 1 to 200 ids are dead. */
  PendingCall send(List<String> connIds, long timeoutNanos, AnswerCallback<Set<String>> callback);
}
