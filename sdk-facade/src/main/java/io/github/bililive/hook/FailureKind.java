package io.github.bililive.hook;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import org.jspecify.annotations.Nullable;

/** The kinds of failure of a heartbeat request, by what is done about them. */
public enum FailureKind {
  /** No answer came, or none in time. Tried again after a short pause. */
  NO_ANSWER,

  /** The answer was not the platform's: a gateway's page, garbage. Tried again likewise. */
  UNUSABLE_ANSWER,

  /** The platform says that it failed, such as code 5001. Tried again likewise. */
  PLATFORM_FAULT,

  /**
   * The platform asks for fewer requests: a quota (4009, 127009). As slow as the ids' lives let.
   */
  QUOTA,

  /** The platform takes fewer ids at once (7004, 7005). The batch is split, the limit learned. */
  BATCH_LIMIT,

  /** The platform refuses the batch for an id in it (7003). Split until that id is alone. */
  BATCH_CONTENT,

  /**
   * The platform refuses for a reason on this side: signature, credentials, permission. Tried again
   * as slowly as the ids' lives let, since it may heal.
   */
  REFUSED;

  public static FailureKind of(BiliLiveException cause) {
    PlatformCode code =
        cause instanceof PlatformException ? ((PlatformException) cause).getKnownCode() : null;
    FailureKind aboutBatch = aboutBatch(code);
    if (aboutBatch != null) {
      return aboutBatch;
    }
    if (cause.getRemedy() == Remedy.WAIT && code != PlatformCode.TIMESTAMP_EXPIRED) {
      return QUOTA;
    }
    if (cause.getRemedy() != Remedy.RETRY) {
      return REFUSED;
    }
    if (cause instanceof PlatformException) {
      return PLATFORM_FAULT;
    }
    return cause instanceof InvalidResponseException ? UNUSABLE_ANSWER : NO_ANSWER;
  }

  private static @Nullable FailureKind aboutBatch(@Nullable PlatformCode code) {
    if (code == PlatformCode.BATCH_TOO_LARGE || code == PlatformCode.BATCH_HOLDS_DUPLICATES) {
      return BATCH_LIMIT;
    }
    return code == PlatformCode.HEARTBEAT_EXPIRED ? BATCH_CONTENT : null;
  }
}
