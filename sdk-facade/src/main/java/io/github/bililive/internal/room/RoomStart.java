package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Responsible;
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

  /**
   * Returns the code of a refusal that blames the app's settings, which may be put right while the
   * program runs; else null. 4008 may mean the token as well, and was tried with another one.
   */
  static @Nullable PlatformCode faultOfSettings(BiliLiveException error) {
    Throwable refusal = error instanceof PlatformException ? error : error.getCause();
    PlatformCode code =
        refusal instanceof PlatformException ? ((PlatformException) refusal).getKnownCode() : null;
    boolean isOfSettings =
        code != null
            && code != PlatformCode.NO_PERMISSION
            && code.getResponsible() == Responsible.CONFIGURATION;
    return isOfSettings ? code : null;
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
