package io.github.bililive.internal.heartbeat;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.internal.http.LiveRoomCalls;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The real calls: the single endpoint for one id, the batch endpoint for more. */
final class CallsTransport implements Transport {
  private final LiveRoomCalls calls;

  CallsTransport(LiveRoomCalls calls) {
    this.calls = calls;
  }

  @Override
  public PendingCall send(
      List<String> connIds, long timeoutNanos, AnswerCallback<Set<String>> callback) {
    return connIds.size() == 1
        ? calls.heartbeat(connIds.get(0), timeoutNanos, new Single(connIds.get(0), callback))
        : calls.batchHeartbeat(connIds, timeoutNanos, callback);
  }

  /** Says in the batch endpoint's words what the single endpoint answers. */
  private static final class Single implements AnswerCallback<@Nullable Void> {
    private final String connId;
    private final AnswerCallback<Set<String>> callback;

    Single(String connId, AnswerCallback<Set<String>> callback) {
      this.connId = connId;
      this.callback = callback;
    }

    @Override
    public void onSuccess(@Nullable Void nothing) {
      callback.onSuccess(Collections.emptySet());
    }

    @Override
    public void onFailure(BiliLiveException error) {
      if (error instanceof PlatformException
          && ((PlatformException) error).getKnownCode() == PlatformCode.HEARTBEAT_EXPIRED) {
        callback.onSuccess(Collections.singleton(connId));
      } else {
        callback.onFailure(error);
      }
    }
  }
}
