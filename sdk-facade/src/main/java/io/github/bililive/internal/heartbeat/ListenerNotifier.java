package io.github.bililive.internal.heartbeat;

import io.github.bililive.HeartbeatState;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.SerialExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Calls listeners and the hook. Users' listeners and the hook are called on the callback executor,
 * so that a slow one delays no heartbeat. Used by the scheduler's thread, but for {@link #close}.
 */
final class ListenerNotifier {
  private final Executor callbacks;
  private final EventPoster<HeartbeatEvents> hook;

  /** Changes of states since {@link #deliver} that the SDK's own listeners are to hear. */
  private List<Change> own = new ArrayList<>();

  /** Those that users' listeners are to hear. */
  private List<Change> users = new ArrayList<>();

  private volatile boolean closed;

  ListenerNotifier(Executor callbacks, EventPoster<HeartbeatEvents> hook) {
    this.callbacks = callbacks;
    this.hook = hook;
  }

  /** Calls no listener any more. Any thread. */
  void close() {
    closed = true;
  }

  void post(EventPoster.Event<HeartbeatEvents> event) {
    hook.post(event);
  }

  void add(HeartbeatHandle handle, HeartbeatState state, @Nullable BiliLiveException cause) {
    (handle.isDirect ? own : users).add(new Change(handle, state, cause));
  }

  /** Delivers what was added: to the SDK's own listeners now, to users' in one task. */
  void deliver() {
    if (!own.isEmpty()) {
      List<Change> added = own;
      own = new ArrayList<>();
      deliver(added);
    }
    if (!users.isEmpty()) {
      List<Change> added = users;
      users = new ArrayList<>();
      callbacks.execute(() -> deliver(added));
    }
  }

  private void deliver(List<Change> changes) {
    for (Change change : changes) {
      if (!closed && change.handle.state() != HeartbeatState.CLOSED) {
        change.tell();
      }
    }
  }

  /** One call of a listener. */
  private static final class Change {
    final HeartbeatHandle handle;
    private final HeartbeatState state;
    private final @Nullable BiliLiveException cause;

    Change(HeartbeatHandle handle, HeartbeatState state, @Nullable BiliLiveException cause) {
      this.handle = handle;
      this.state = state;
      this.cause = cause;
    }

    void tell() {
      try {
        handle.listener.onStateChanged(handle.connId, state, cause);
      } catch (Throwable e) {
        CallbackErrors.warn(
            "conn_id " + handle.connId + ": HeartbeatListener.onStateChanged threw; continuing.",
            e);
      }
      SerialExecutor.clearInterrupt();
    }
  }
}
