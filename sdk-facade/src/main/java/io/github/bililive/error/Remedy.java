package io.github.bililive.error;

/** What a program can do about a failure. */
public enum Remedy {
  /** Make the same call again, with growing pauses: it may succeed. */
  RETRY,

  /** Make the same call again, but not before {@link BiliLiveException#getRetryAfterMillis}. */
  WAIT,

  /** Start a new connection: the {@code conn_id} is gone. */
  START_AGAIN,

  /** Refresh the access token, or let the broadcaster sign in again: it is no longer valid. */
  SIGN_IN_AGAIN,

  /** Do nothing: a person has to change something first. */
  GIVE_UP
}
