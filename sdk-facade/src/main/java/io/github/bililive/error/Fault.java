package io.github.bililive.error;

/** Whose fault a refusal is, and so who can do something about it. */
public enum Fault {
  /** The request's own: this SDK's, or that of something that changes its requests on their way. */
  SDK,

  /** The app's: its credentials, its settings on the open platform, its machine or its network. */
  CONFIGURATION,

  /** The broadcaster has to do something, such as authorise the app. */
  BROADCASTER,

  /** The platform's: its support has to do something. */
  PLATFORM,

  /** Nobody's: it passes by itself. */
  PASSING
}
