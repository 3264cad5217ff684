package io.github.bililive.internal.token;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.token.OAuthToken;
import org.jspecify.annotations.Nullable;

/** Renews pairs at the platform; a test puts another in its place. */
interface Renewals {
  /** Returns a renewal, not yet asked for. */
  Renewal of(OAuthToken present);

  /** One renewal, asked for once. */
  interface Renewal {
    /** Asks for it and waits for the answer. */
    Granted execute() throws BiliLiveException;

    /** Says whether the platform may have granted it, whatever became of the answer. */
    boolean wasSent();
  }

  /** A new pair. */
  final class Granted {
    final OAuthToken token;

    /** When, by the platform's own clock, Unix milliseconds; null if it did not say. */
    final @Nullable Long atMillis;

    Granted(OAuthToken token, @Nullable Long atMillis) {
      this.token = token;
      this.atMillis = atMillis;
    }
  }
}
