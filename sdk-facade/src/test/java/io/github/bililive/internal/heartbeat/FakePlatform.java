package io.github.bililive.internal.heartbeat;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The platform's side of heartbeats in virtual time: conn_ids live for exactly 30 s, answers take
 * {@link #latency}, and what it sees is kept in {@link #seen}.
 */
final class FakePlatform implements Transport {
  static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

  /** After so long a request may be given up, which is not told to the platform. */
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(300);

  /** One request as it arrived. */
  record Seen(Duration at, List<String> connIds) {}

  /** What happens to a request. */
  sealed interface Fate {
    /** It is carried out and answered. */
    record Answered() implements Fate {}

    /** It arrives, is carried out, and its answer is lost. */
    record AnswerLost() implements Fate {}

    /** It does not arrive. */
    record Lost() implements Fate {}

    /** It arrives and nothing ever comes back; only the client's own limit ends it. */
    record Hanging() implements Fate {}

    /** It is refused. */
    record Refused(int code) implements Fate {}
  }

  private final Scheduler time;
  private final long startNanos;
  private final Map<String, Long> deadlines = new HashMap<>();
  private final Map<String, Long> sentAtNanos = new HashMap<>();

  final List<Seen> seen = new ArrayList<>();
  final Map<String, Long> largestGaps = new TreeMap<>();
  int batchLimit = 200;
  Duration latency = Duration.ofMillis(20);
  Fate fate = new Fate.Answered();
  int cancelled;

  /** Ids that are answered as dead although they are not, or never were. */
  Set<String> alsoFailed = Set.of();

  FakePlatform(Scheduler time) {
    this.time = time;
    startNanos = time.nanoTime();
  }

  /** Starts a connection whose life begins now. */
  String start(String connId) {
    deadlines.put(connId, time.nanoTime() + TIME_TO_LIVE.toNanos());
    return connId;
  }

  /** Ends a connection's life now. */
  void kill(String connId) {
    deadlines.remove(connId);
  }

  boolean isAlive(String connId) {
    Long deadline = deadlines.get(connId);
    return deadline != null && time.nanoTime() - deadline < 0;
  }

  @Override
  public PendingCall send(
      List<String> connIds, long timeoutNanos, AnswerCallback<Set<String>> callback) {
    if (new HashSet<>(connIds).size() < connIds.size()) {
      throw new AssertionError("an id twice in one request: " + connIds);
    }
    for (String connId : connIds) {
      Long before = sentAtNanos.put(connId, time.nanoTime());
      if (before != null && time.nanoTime() - before < SHORTEST_TIMEOUT.toNanos()) {
        throw new AssertionError(connId + " is in two requests, and none was given up");
      }
    }
    seen.add(new Seen(Duration.ofNanos(time.nanoTime() - startNanos), List.copyOf(connIds)));
    return new Request(connIds, timeoutNanos, callback);
  }

  private final class Request implements PendingCall {
    private final List<String> connIds;
    private final AnswerCallback<Set<String>> callback;
    private final Cancellable timer;
    private boolean ended;

    Request(List<String> connIds, long timeoutNanos, AnswerCallback<Set<String>> callback) {
      this.connIds = connIds;
      this.callback = callback;
      long answerNanos = latency.toNanos();
      boolean hangs = fate instanceof Fate.Hanging || answerNanos > timeoutNanos;
      Fate mine = fate;
      if (hangs && !(fate instanceof Fate.Hanging)) {
        time.schedule(() -> carryOut(mine), answerNanos);
      }
      timer =
          hangs
              ? time.schedule(() -> fail(new IOException("timeout")), timeoutNanos)
              : time.schedule(() -> answer(mine), answerNanos);
    }

    private Set<String> carryOut(Fate mine) {
      Set<String> dead = new HashSet<>(alsoFailed);
      if (mine instanceof Fate.Answered || mine instanceof Fate.AnswerLost) {
        for (String connId : connIds) {
          if (isAlive(connId) && !alsoFailed.contains(connId)) {
            long before = deadlines.get(connId) - TIME_TO_LIVE.toNanos();
            largestGaps.merge(connId, time.nanoTime() - before, Math::max);
            start(connId);
          } else {
            dead.add(connId);
          }
        }
      }
      return dead;
    }

    private void answer(Fate mine) {
      Set<String> dead = carryOut(mine);
      if (mine instanceof Fate.Refused refused) {
        fail(new PlatformException("batchHeartbeat", refused.code, "refused", null));
      } else if (connIds.size() > batchLimit) {
        fail(new PlatformException("batchHeartbeat", 7004, "too large", null));
      } else if (!(mine instanceof Fate.Answered)) {
        fail(new IOException("connection reset"));
      } else {
        end();
        callback.onSuccess(dead);
      }
    }

    private void fail(IOException cause) {
      fail(new NetworkException("batchHeartbeat", "platform.test", cause));
    }

    private void fail(BiliLiveException cause) {
      end();
      callback.onFailure(cause);
    }

    private void end() {
      if (!ended) {
        ended = true;
        connIds.forEach(sentAtNanos::remove);
      }
    }

    @Override
    public void cancel() {
      if (!ended) {
        cancelled++;
        timer.cancel();
        fail(new IOException("Canceled"));
      }
    }
  }
}
