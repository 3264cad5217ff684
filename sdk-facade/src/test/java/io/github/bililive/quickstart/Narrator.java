package io.github.bililive.quickstart;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.heartbeat.HeartbeatEvents;
import io.github.bililive.heartbeat.HeartbeatListener;
import java.io.PrintStream;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Says on one line each, with the time, what happens; and counts it. */
final class Narrator extends HeartbeatEvents implements HeartbeatListener {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  /** Ids on one line are enough to see the idea. */
  private static final int IDS_SHOWN = 3;

  /** Of an id, as much as tells it from the others. */
  private static final int ID_LENGTH = 8;

  private final PrintStream out;

  /** Ids whose expiry was asked for. */
  private final Set<String> expiringOnPurpose = ConcurrentHashMap.newKeySet();

  /** These are counted on the callback thread and read after it has ended. */
  private volatile int requests;

  private volatile int heartbeats;
  private volatile int failures;
  private volatile int expiredOnPurpose;
  private volatile int lost;

  Narrator(PrintStream out) {
    this.out = out;
  }

  /** Prints one line. */
  void say(String what, String text) {
    line(String.format("%-10s%s", what, text));
  }

  /** Prints one line that begins with what it is about. */
  synchronized void line(String text) {
    out.println(LocalTime.now().format(TIME) + "  " + text);
    out.flush();
  }

  void expiringOnPurpose(String connId) {
    expiringOnPurpose.add(connId);
    say("expiring", shorten(connId) + " on purpose: the sandbox forgets it");
  }

  @Override
  public synchronized void requestBegan(List<String> connIds) {
    requests++;
    say("sending", "one request keeps alive " + name(connIds));
  }

  @Override
  public synchronized void requestAcknowledged(
      List<String> connIds, List<String> expired, long tookMillis) {
    int alive = connIds.size() - expired.size();
    heartbeats += alive;
    String dead = expired.isEmpty() ? "" : ", dead: " + name(expired);
    say("answered", "alive: " + alive + dead + " (" + tookMillis + " ms)");
  }

  @Override
  public synchronized void requestFailed(
      List<String> connIds, BiliLiveException cause, long retryInMillis) {
    failures++;
    say("failed", cause.getMessage() + "; next attempt in " + retryInMillis + " ms");
  }

  @Override
  public synchronized void onExpired(String connId) {
    if (expiringOnPurpose.contains(connId)) {
      expiredOnPurpose++;
    } else {
      lost++;
    }
    say("expired", shorten(connId) + " is dead, says the platform: no more heartbeats for it");
  }

  /** Prints what it all came to. Returns whether nothing was lost. */
  boolean summarize(int started, int keptToTheEnd) {
    say(
        "summary",
        String.format(
            "%d started, %d requests with %d heartbeats acknowledged, %d failed; %d alive to the"
                + " end, %d expired on purpose, %d lost",
            started, requests, heartbeats, failures, keptToTheEnd, expiredOnPurpose, lost));
    return lost == 0;
  }

  static String shorten(String connId) {
    return connId.length() <= ID_LENGTH ? connId : connId.substring(0, ID_LENGTH) + "…";
  }

  private static String name(List<String> connIds) {
    String shown =
        connIds.stream().limit(IDS_SHOWN).map(Narrator::shorten).collect(Collectors.joining(", "));
    int more = connIds.size() - IDS_SHOWN;
    return connIds.size()
        + (connIds.size() == 1 ? " id: " : " ids: ")
        + shown
        + (more > 0 ? " and " + more + " more" : "");
  }
}
