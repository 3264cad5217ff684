package io.github.bililive.internal.heartbeat;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Scheduler;
import java.io.InterruptedIOException;
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

  /** Gives it up in time. Null until it has begun, as the call. */
  private volatile @Nullable Cancellable timeout;

  InFlightRequest(Batch batch, List<String> connIds, Heartbeats heartbeats) {
    this.batch = batch;
    this.connIds = connIds;
    this.heartbeats = heartbeats;
  }

  /** Sends it. One whose sending throws is given up in time, and so retried. */
  void begin(Transport transport, Scheduler scheduler) {
    try {
      call = transport.send(connIds, batch.timeoutNanos, this);
    } finally {
      timeout = scheduler.schedule(this::giveUp, batch.timeoutNanos);
      if (over.get()) { // Checked last, so that no timeout is left.
        cancelTimeout();
      }
    }
  }

  private void cancelTimeout() {
    Cancellable begun = timeout;
    if (begun != null) {
      begun.cancel();
    }
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
  private void giveUp() {
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
      cancelTimeout();
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
