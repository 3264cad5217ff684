package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.HeartbeatState;
import io.github.bililive.KeepAlive;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.SourceException;
import io.github.bililive.generated.relay.model.LeaseAction;
import io.github.bililive.generated.relay.model.LeaseRequest;
import io.github.bililive.internal.http.LeaseText;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections that a server keeps alive for apps, each as long as its app renews its lease.
 * Safe for use by several threads; callbacks run on any.
 */
public final class Leases {
  private final Scheduler scheduler;
  private final int leaseSeconds;
  private final ConcurrentMap<String, Lease> leases = new ConcurrentHashMap<>();

  public Leases(Scheduler scheduler, int leaseSeconds) {
    this.scheduler = scheduler;
    this.leaseSeconds = leaseSeconds;
  }

  /** Does what an app asks for; a start uses the door. */
  public void answer(LeaseRequest request, Door door, AnswerCallback<String> callback) {
    String id = request.getLeaseId();
    if (request.getAction().equals(LeaseAction.START)) {
      Lease made = new Lease(id, door);
      Lease known = leases.putIfAbsent(id, made);
      (known == null ? made : known).hears(callback);
      if (known == null) {
        door.start(made);
      }
      return;
    }
    Lease lease = leases.get(id);
    if (request.getAction().equals(LeaseAction.END) && lease != null) {
      lease.end();
    }
    boolean isRenewed =
        request.getAction().equals(LeaseAction.RENEW) && lease != null && lease.renew();
    callback.onSuccess(isRenewed ? LeaseText.renewed(leaseSeconds) : LeaseText.over());
  }

  /** One connection, from the first question for it to its end. */
  private final class Lease implements AnswerCallback<StartedConnection> {
    private final String id;
    private final Door door;

    /** Who has asked for the connection and not heard yet. Guarded by this, as all that follows. */
    private final List<AnswerCallback<String>> waiting = new ArrayList<>();

    /** Null until the platform has answered. */
    private @Nullable StartedConnection started;

    private @Nullable KeepAlive keepAlive;
    private boolean over;
    private long endsAtNanos;
    private @Nullable Cancellable timer;

    Lease(String id, Door door) {
      this.id = id;
      this.door = door;
    }

    void hears(AnswerCallback<String> callback) {
      StartedConnection present;
      synchronized (this) {
        present = started;
        if (present == null && !over) {
          waiting.add(callback);
          return;
        }
      }
      callback.onSuccess(
          present != null && renew() ? LeaseText.started(present, leaseSeconds) : LeaseText.over());
    }

    @Override
    public void onSuccess(StartedConnection answer) {
      KeepAlive beats = null;
      SourceException problem = null;
      try {
        beats =
            door.keepAlive(
                answer,
                (connId, state, cause) -> {
                  if (state == HeartbeatState.EXPIRED) {
                    end();
                  }
                });
      } catch (IllegalStateException e) { // It is kept alive elsewhere, or the client was closed.
        problem = new SourceException(String.valueOf(e.getMessage()), e, Remedy.RETRY, 0, false);
      }
      boolean isUnwanted;
      synchronized (this) {
        isUnwanted = over;
        if (!over && problem == null) {
          started = answer;
          keepAlive = beats;
          renew();
          check();
        }
      }
      if (isUnwanted || problem != null) {
        if (beats != null) {
          beats.close();
        }
        if (problem == null) { // Else it is another's.
          door.end(answer);
        }
        onFailure(
            problem == null
                ? new SourceException("the lease has ended", null, Remedy.RETRY)
                : problem);
      } else {
        tell(LeaseText.started(answer, leaseSeconds));
      }
    }

    @Override
    public void onFailure(BiliLiveException error) {
      leases.remove(id, this); // First, so that the next question is a new start.
      tell(LeaseText.failed(error));
    }

    private void tell(String text) {
      List<AnswerCallback<String>> told;
      synchronized (this) {
        over |= started == null;
        told = new ArrayList<>(waiting);
        waiting.clear();
      }
      for (AnswerCallback<String> callback : told) {
        callback.onSuccess(text);
      }
    }

    /** Returns whether there is a connection. */
    synchronized boolean renew() {
      endsAtNanos = scheduler.nanoTime() + TimeUnit.SECONDS.toNanos(leaseSeconds);
      return started != null && !over;
    }

    private synchronized void check() {
      long leftNanos = endsAtNanos - scheduler.nanoTime();
      if (leftNanos <= 0) {
        end();
      } else if (!over) {
        timer = scheduler.schedule(this::check, leftNanos);
      }
    }

    /** The app has left or is not heard of any more, or the platform says that the id is dead. */
    void end() {
      leases.remove(id, this);
      StartedConnection left;
      synchronized (this) {
        left = over ? null : started;
        over = true;
        if (timer != null) {
          timer.cancel();
        }
        if (keepAlive != null) {
          keepAlive.close();
        }
      }
      if (left != null) {
        door.end(left);
      }
    }
  }
}
