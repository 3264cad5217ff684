package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import org.jspecify.annotations.Nullable;

/**
 * One call of start, until it is answered or dropped. Its answer is passed on to the {@link
 * ConnectionMachine} on the scheduler's thread, where its methods are called, too.
 */
final class RoomStart implements AnswerCallback<StartedConnection> {
  private final ConnectionMachine machine;

  /** Null until the call has begun. */
  private @Nullable PendingCall call;

  private boolean dropped;

  RoomStart(ConnectionMachine machine) {
    this.machine = machine;
  }

  void begin(RoomIo io) {
    call = io.start(this);
  }

  /** Ends it; its answer is ignored. */
  void drop() {
    dropped = true;
    if (call != null) {
      call.cancel();
    }
  }

  @Override
  public void onSuccess(StartedConnection answer) {
    post(() -> machine.started(answer));
  }

  @Override
  public void onFailure(BiliLiveException error) {
    post(() -> machine.startFailed(error));
  }

  private void post(Runnable event) {
    machine.post(
        () -> {
          if (!dropped) {
            event.run();
          }
        });
  }
}
