package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatState;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.internal.time.CallbackErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What listeners and event hooks have still to be told. Gathered and sent by the scheduler's
 * thread; the user's are called on the callback executor, so that a slow one delays no heartbeat.
 */
final class ListenerNotifier {
  private final Executor callbacks;
  private final HeartbeatEvents events;

  /** Changes of states since {@link #tellChanges}. */
  private List<Change> changes = new ArrayList<>();

  private volatile boolean closed;

  ListenerNotifier(Executor callbacks, HeartbeatEvents events) {
    this.callbacks = callbacks;
    this.events = events;
  }

  /** Lets nobody hear anything more. Any thread. */
  void close() {
    closed = true;
  }

  /** Tells the hook, if there is one. */
  void tell(Event event) {
    if (events == HeartbeatEvents.NONE) {
      return;
    }
    callbacks.execute(
        () -> {
          if (!closed) {
            CallbackErrors.run(() -> event.tell(events));
          }
        });
  }

  void add(HeartbeatHandle heartbeat, HeartbeatState state, @Nullable BiliLiveException cause) {
    changes.add(new Change(heartbeat, state, cause));
  }

  /** Tells the listeners what was added: the SDK's own now, the user's in one task. */
  void tellChanges() {
    if (changes.isEmpty()) {
      return;
    }
    List<Change> told = changes;
    changes = new ArrayList<>();
    List<Change> later = new ArrayList<>();
    for (Change change : told) {
      if (change.heartbeat.direct) {
        tell(change);
      } else {
        later.add(change);
      }
    }
    if (!later.isEmpty()) {
      callbacks.execute(
          () -> {
            for (Change change : later) {
              tell(change);
            }
          });
    }
  }

  private void tell(Change change) {
    if (!closed && change.heartbeat.state() != HeartbeatState.CLOSED) {
      CallbackErrors.run(change);
    }
  }

  /** What a hook is told. */
  interface Event {
    void tell(HeartbeatEvents events);
  }

  /** A change of an id's state that its listener is to be told. */
  private static final class Change implements Runnable {
    final HeartbeatHandle heartbeat;
    private final HeartbeatState state;
    private final @Nullable BiliLiveException cause;

    Change(HeartbeatHandle heartbeat, HeartbeatState state, @Nullable BiliLiveException cause) {
      this.heartbeat = heartbeat;
      this.state = state;
      this.cause = cause;
    }

    @Override
    public void run() {
      heartbeat.listener().onStateChanged(heartbeat.getConnId(), state, cause);
    }
  }
}
