package io.github.bililive.error;

/** What a caller can do about a failure. */
public enum Remedy {
  /** The same call may succeed if it is made again: do so with growing pauses. */
  RETRY,

  /**
   * The same call may succeed later, but not before {@link BiliLiveException#getRetryAfterMillis}.
   */
  WAIT,

  /** The {@code conn_id} is gone: start a new connection. */
  START_AGAIN,

  /** The access token is of no use any more: refresh it, or let the broadcaster sign in again. */
  SIGN_IN_AGAIN,

  /** Nothing the program can do will help: a person has to change something first. */
  GIVE_UP
}
