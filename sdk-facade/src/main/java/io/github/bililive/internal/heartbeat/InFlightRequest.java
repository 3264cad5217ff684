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
 * After its timeout the next one may be sent, but the call goes on for a while: what slows it down
 * may be a TLS handshake, whose connection the next one can use, and an answer that comes late
 * counts.
 *
 * <p>The timeout is kept here, since a call of the transport may hang where it cannot be cancelled,
 * as in a DNS look-up.
 */
final class InFlightRequest implements AnswerCallback<Set<String>> {
  final Batch batch;
  final List<String> connIds;
  final long beganAtNanos;
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
    beganAtNanos = batch.beganAtNanos;
  }

  /**
   * Sends it. One whose sending throws is given up in time, and so retried.
   *
   * @param answerNanos how long an answer counts, at least
   */
  void begin(Transport transport, Scheduler scheduler, long answerNanos) {
    long timeoutNanos = batch.timeoutNanos;
    try {
      call = transport.send(connIds, Math.max(timeoutNanos, answerNanos), this);
    } finally {
      timeout = scheduler.schedule(() -> giveUp(timeoutNanos), timeoutNanos);
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
    if (!end(() -> heartbeats.acknowledged(this, deadConnIds))) {
      heartbeats.ended(this, () -> heartbeats.answeredLate(this, deadConnIds));
    }
  }

  @Override
  public void onFailure(BiliLiveException cause) {
    if (!end(() -> heartbeats.failed(this, cause))) {
      heartbeats.ended(this, () -> {});
    }
  }

  /** Fails it since its timeout is over, and lets the call go on. */
  private void giveUp(long timeoutNanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
    NetworkException cause =
        new NetworkException(
            "heartbeat",
            "the platform",
            new InterruptedIOException("given up after " + millis + " ms"));
    if (call == null) { // Its sending threw: nothing will come.
      onFailure(cause);
    } else if (over.compareAndSet(false, true)) {
      heartbeats.givenUp(() -> heartbeats.failed(this, cause));
    }
  }

  private boolean end(Runnable outcome) {
    boolean ends = over.compareAndSet(false, true);
    if (ends) {
      cancelTimeout();
      heartbeats.ended(this, outcome);
    }
    return ends;
  }

  /** Cancels the call. A result that comes all the same counts. Any thread. */
  void cancel() {
    PendingCall begun = call;
    if (begun != null) {
      begun.cancel();
    }
  }
}
