package io.github.bililive.error;

/** Who can do something about a refusal. */
public enum Responsible {
  /** This SDK, or something that changes its requests on their way. */
  SDK,

  /** Who runs the app: its credentials, its settings on the open platform, its machine, network. */
  CONFIGURATION,

  /** The broadcaster, by authorising the app, say. */
  BROADCASTER,

  /** The platform's support. */
  PLATFORM,

  /** Nobody: it passes by itself. */
  PASSING
}
