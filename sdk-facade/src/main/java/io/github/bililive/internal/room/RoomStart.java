package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.Responsible;
import io.github.bililive.internal.time.CallbackErrors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call of start, until it is answered or dropped. Its answer is passed on to the {@link
 * ConnectionMachine} on the scheduler's thread, where its methods are called, too.
 */
final class RoomStart implements AnswerCallback<StartedConnection> {
  /** The pause while the app's settings are wrong, such as an app secret that is replaced. */
  private static final long SETTINGS_NANOS = TimeUnit.SECONDS.toNanos(60);

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

  /** Ends it; its answer is ignored. Throws nothing. */
  void drop() {
    dropped = true;
    if (call != null) {
      CallbackErrors.run(call::cancel);
    }
  }

  /** Returns why a failed start ends a room; null if it is tried again. */
  static @Nullable Reason endBy(BiliLiveException error, boolean wasOpen) {
    if (error.getRemedy() == Remedy.SIGN_IN_AGAIN) {
      return Reason.AUTHORISATION_REQUIRED;
    }
    boolean isOutlived = wasOpen && faultOfSettings(error) != null;
    return error.getRemedy() == Remedy.GIVE_UP && !isOutlived ? Reason.REFUSED : null;
  }

  static long pauseNanos(BiliLiveException error) {
    return faultOfSettings(error) == null
        ? TimeUnit.MILLISECONDS.toNanos(error.getRetryAfterMillis())
        : SETTINGS_NANOS;
  }

  /** Returns whether all places of the room are taken (7010). */
  static boolean isRoomFull(BiliLiveException error) {
    return error instanceof PlatformException
        && ((PlatformException) error).getKnownCode() == PlatformCode.TOO_MANY_CONNECTIONS;
  }

  /**
   * Returns the code of a refusal for good that blames the app's settings, which may be put right
   * while the program runs; else null. 4008 may mean the token as well: another was tried.
   */
  static @Nullable PlatformCode faultOfSettings(BiliLiveException error) {
    Throwable refusal = error instanceof PlatformException ? error : error.getCause();
    PlatformCode code =
        refusal instanceof PlatformException ? ((PlatformException) refusal).getKnownCode() : null;
    boolean isOfSettings =
        code != null
            && error.getRemedy() == Remedy.GIVE_UP
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
