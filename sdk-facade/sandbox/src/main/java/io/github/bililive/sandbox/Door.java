package io.github.bililive.sandbox;

/** Which of the platform's two APIs a connection was started by. */
enum Door {
  /** The open platform, by access token. */
  ACCESS_TOKEN,

  /** The sister API, by identity code. */
  IDENTITY_CODE
}
