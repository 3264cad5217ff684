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
 * One request under way. It ends once: by an answer, a failure, or its time's being over, whichever
 * comes first.
 *
 * <p>The time is kept here and not left to the transport alone, whose calls may hang where they
 * cannot be called off, as in a look-up of the host's name.
 */
final class InFlightRequest implements AnswerCallback<Set<String>> {
  final Batch batch;
  final List<String> connIds;
  private final Heartbeats heartbeats;
  private final AtomicBoolean over = new AtomicBoolean();

  /** Set right after it began; the answer may be there before. */
  private volatile @Nullable PendingCall call;

  /** When it is given up. */
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

  /** Returns those of these ids that are in the request. */
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

  /** Its time is over: it has failed, whatever becomes of the call. */
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

  /** Calls the request off; what comes of it still counts if it has not ended. Any thread. */
  void cancel() {
    PendingCall begun = call;
    if (begun != null) {
      begun.cancel();
    }
  }
}
