package io.github.bililive.internal.token;

/** Those whose tokens a client keeps. */
interface Broadcasters {
  /** A broadcaster was forgotten, or has come back. */
  void set(TokenRefresher provider, boolean isForgotten);
}
