package io.github.bililive.token;

import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;

/**
 * Hears how a client's access tokens are renewed, for metrics and logs: one call at a time, in
 * order, on the client's callback executor. No token can be reached through it. Override what is of
 * use.
 */
public abstract class TokenEvents {
  /** Hears nothing. */
  public static final TokenEvents NONE = new TokenEvents() {};

  /** Called by subclasses. */
  protected TokenEvents() {}

  /** The platform is asked for a new pair. */
  public void refreshBegan(String broadcaster) {}

  /**
   * The platform granted a new pair, which is not stored yet.
   *
   * @param expiresAtSeconds when its access token expires, in Unix seconds; 0 if not known
   */
  public void refreshed(String broadcaster, long expiresAtSeconds) {}

  /**
   * The pair could not be renewed, and it is tried again.
   *
   * @param retryInMillis the pause before the next attempt, in milliseconds
   */
  public void refreshFailed(String broadcaster, BiliLiveException cause, long retryInMillis) {}

  /** The store took a new pair, which is used from now on. */
  public void stored(String broadcaster) {}

  /**
   * The store failed, and is asked again. A new pair is kept in memory meanwhile.
   *
   * @param retryInMillis the pause before the next attempt, in milliseconds
   */
  public void storeFailed(String broadcaster, BiliLiveException cause, long retryInMillis) {}

  /** The broadcaster must authorise the app anew: tell them. */
  public void authorisationRequired(String broadcaster, AuthorisationRequiredException cause) {}
}
