package io.github.bililive.quickstart;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.FailureKind;
import io.github.bililive.hook.HeartbeatEvents;
import java.util.List;

/** Tells of heartbeat requests, and counts them. Its methods are called one at a time. */
final class HeartbeatStory implements HeartbeatEvents {
  private final Narrator narrator;

  // Written on the callback thread, read at the end.

  private volatile int requests;
  private volatile int acknowledged;
  private volatile int failures;

  /** Guarded by this object's lock. */
  private boolean ended;

  HeartbeatStory(Narrator narrator) {
    this.narrator = narrator;
  }

  @Override
  public synchronized void requestBegan(List<String> connIds) {
    requests++;
    say("sending", "one heartbeat request keeps alive " + Narrator.name(connIds));
  }

  @Override
  public synchronized void requestAcknowledged(
      List<String> connIds, List<String> expired, long tookMillis) {
    int alive = connIds.size() - expired.size();
    acknowledged += alive;
    String dead = expired.isEmpty() ? "" : ", dead: " + Narrator.name(expired);
    say("answered", "alive: " + alive + dead + " (" + tookMillis + " ms)");
  }

  @Override
  public synchronized void requestFailed(
      List<String> connIds, FailureKind kind, BiliLiveException cause, long retryInMillis) {
    failures++;
    say("failed", cause.getMessage() + "; next attempt in " + retryInMillis + " ms");
  }

  private void say(String what, String text) {
    if (!ended) {
      narrator.say(what, text);
    }
  }

  /** Says nothing any more: what is still on its way when a client is closed is no news. */
  synchronized void end() {
    ended = true;
  }

  String summary() {
    return String.format(
        "%d heartbeat requests (%d failed), %d heartbeats acknowledged",
        requests, failures, acknowledged);
  }
}
