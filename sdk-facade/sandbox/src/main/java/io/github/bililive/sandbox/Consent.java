package io.github.bililive.sandbox;

/** What broadcasters do on the page that asks whether they authorise the app. */
public enum Consent {
  /** The first broadcaster agrees at once: the page redirects to the callback with a code. */
  AGREES,

  /**
   * The broadcaster does not agree: the page redirects to the callback with {@code
   * error=access_denied}. What the platform does is not known; this is what OAuth 2.0 says.
   */
  REFUSES,

  /** The page shows a link to agree for each broadcaster, and one to refuse. */
  ASKED
}
