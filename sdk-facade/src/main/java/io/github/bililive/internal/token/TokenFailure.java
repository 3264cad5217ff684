package io.github.bililive.internal.token;

import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.TokenException;
import io.github.bililive.error.TokenStoreException;

/** Why there is no token just now. Everyone who asks before the next attempt is told. */
interface TokenFailure {
  /** Returns it as an exception that says how long until the next attempt. */
  BiliLiveException in(long millisToNext);

  static TokenFailure ofStore(String operation, String broadcaster, Throwable cause) {
    return millis -> new TokenStoreException(operation, broadcaster, cause, millis);
  }

  static TokenFailure ofRefresh(String broadcaster, BiliLiveException cause) {
    return millis ->
        new TokenException(
            "refreshToken",
            "the tokens of broadcaster '"
                + broadcaster
                + "' could not be renewed: "
                + cause.getMessage(),
            cause,
            millis);
  }

  /** The platform refuses token after token that it granted a moment before. */
  static TokenFailure ofRejection(String broadcaster) {
    return millis ->
        new TokenException(
            "refreshToken",
            "the platform refused the access token of broadcaster '"
                + broadcaster
                + "' soon after it had granted it",
            null,
            millis);
  }

  /** Another client has the lease. */
  static TokenFailure ofOthers(String broadcaster) {
    return millis ->
        new TokenException(
            "refreshToken",
            "another client is renewing the tokens of broadcaster '" + broadcaster + "'",
            null,
            millis);
  }

  static TokenFailure ofAbsence(AuthorisationRequiredException cause) {
    return millis -> cause;
  }
}
