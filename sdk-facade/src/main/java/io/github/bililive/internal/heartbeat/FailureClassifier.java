package io.github.bililive.internal.heartbeat;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.hook.FailureKind;

/** Decides what kind of failure an error of a heartbeat request is. */
final class FailureClassifier {
  private FailureClassifier() {}

  static FailureKind kindOf(BiliLiveException cause) {
    PlatformCode code =
        cause instanceof PlatformException ? ((PlatformException) cause).getKnownCode() : null;
    if (code == PlatformCode.BATCH_TOO_LARGE) {
      return FailureKind.BATCH_TOO_LARGE;
    }
    if (code == PlatformCode.HEARTBEAT_EXPIRED || code == PlatformCode.BATCH_HOLDS_DUPLICATES) {
      return FailureKind.INVALID_ID_IN_BATCH;
    }
    if (cause.getRemedy() == Remedy.WAIT && code != PlatformCode.TIMESTAMP_EXPIRED) {
      return FailureKind.RATE_LIMITED;
    }
    if (cause.getRemedy() != Remedy.RETRY) {
      return FailureKind.REFUSED;
    }
    if (cause instanceof PlatformException) {
      return FailureKind.PLATFORM_ERROR;
    }
    return cause instanceof InvalidResponseException
        ? FailureKind.INVALID_RESPONSE
        : FailureKind.NETWORK;
  }
}
