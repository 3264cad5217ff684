package io.github.bililive.internal.heartbeat;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request that waits for its answer. It ends once: by an answer, a failure or its timeout.
 *
 * <p>The timeout is kept here, too, since a call of the transport may hang where it cannot be
 * cancelled, as in a DNS look-up.
 */
final class InFlightRequest implements AnswerCallback<Set<String>> {
  final Batch batch;
  final List<String> connIds;
  private final Heartbeats heartbeats;
  private final AtomicBoolean over = new AtomicBoolean();

  /** Null until it has begun; the answer may come before it is set. */
  private volatile @Nullable PendingCall call;

  /** When its timeout is over. */
  final long endAtNanos;

  InFlightRequest(Batch batch, List<String> connIds, Heartbeats heartbeats) {
    this.batch = batch;
    this.connIds = connIds;
    this.heartbeats = heartbeats;
    endAtNanos = batch.beganAtNanos + batch.timeoutNanos;
  }

  void begin(Transport transport) {
    call = transport.send(connIds, batch.timeoutNanos, this);
  }

  boolean isOver() {
    return over.get();
  }

  /** Returns which of these ids are in the request. */
  List<String> among(Set<String> some) {
    List<String> among = new ArrayList<>(some.size());
    if (!some.isEmpty()) {
      for (String connId : connIds) {
        if (some.contains(connId)) {
          among.add(connId);
        }
      }
    }
    return among;
  }

  @Override
  public void onSuccess(Set<String> deadConnIds) {
    end(() -> heartbeats.acknowledged(this, deadConnIds));
  }

  @Override
  public void onFailure(BiliLiveException cause) {
    end(() -> heartbeats.failed(this, cause));
  }

  /** Fails it since its timeout is over, whatever becomes of the call. */
  void giveUp() {
    long millis = TimeUnit.NANOSECONDS.toMillis(batch.timeoutNanos);
    onFailure(
        new NetworkException(
            "heartbeat",
            "the platform",
            new InterruptedIOException("given up after " + millis + " ms")));
    cancel();
  }

  private void end(Runnable outcome) {
    if (over.compareAndSet(false, true)) {
      heartbeats.ended(this, outcome);
    }
  }

  /** Cancels the call. A result that comes all the same counts. Any thread. */
  void cancel() {
    PendingCall begun = call;
    if (begun != null) {
      begun.cancel();
    }
  }
}
