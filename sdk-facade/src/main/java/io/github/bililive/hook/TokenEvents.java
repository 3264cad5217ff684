package io.github.bililive.hook;

import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;

/**
 * Hears how a client's access tokens are renewed, for metrics and logs: one call at a time, in
 * order, on the client's callback executor. No token can be reached through it. Override what is of
 * use.
 */
public interface TokenEvents {
  /** Hears nothing. */
  TokenEvents NONE = new TokenEvents() {};

  /** The platform is being asked for a new pair. */
  default void refreshBegan(String broadcaster) {}

  /**
   * The platform granted a new pair, which is not stored yet.
   *
   * @param expiresAtSeconds when its access token expires, in Unix seconds; 0 if not known
   */
  default void refreshed(String broadcaster, long expiresAtSeconds) {}

  /**
   * The pair could not be renewed. The SDK tries again.
   *
   * @param retryInMillis the pause before the next attempt, in milliseconds
   */
  default void refreshFailed(String broadcaster, BiliLiveException cause, long retryInMillis) {}

  /** The store took a new pair, which is used from now on. */
  default void stored(String broadcaster) {}

  /**
   * The store refused a new pair: another was saved, or theirs removed, while it was being renewed.
   * The pair in the store is used. The refused one is kept in memory, and takes its place if the
   * platform refuses to renew it; if the pair was removed, it is not stored unless that comes back.
   */
  default void saveRefused(String broadcaster) {}

  /**
   * The store failed to load, save, remove or lease a pair, and is asked again. A new pair is kept
   * in memory meanwhile.
   *
   * @param retryInMillis the pause before the next attempt, in milliseconds
   */
  default void storeFailed(String broadcaster, BiliLiveException cause, long retryInMillis) {}

  /** The broadcaster must authorise the app anew: tell them. */
  default void authorisationRequired(String broadcaster, AuthorisationRequiredException cause) {}

  /** The store has removed the pair of a broadcaster whom the app forgot. */
  default void forgotten(String broadcaster) {}
}
