package io.github.bililive.internal.token;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.token.OAuthToken;
import org.jspecify.annotations.Nullable;

/** Renews pairs. {@link OAuthRenewals} asks the platform; a test has another. */
interface Renewals {
  /** Returns a renewal that has not begun. */
  Renewal of(OAuthToken old);

  /** One renewal, made once. */
  interface Renewal {
    /**
     * Makes it and waits for the answer.
     *
     * @throws BiliLiveException if the platform refused, its answer was not understood, or the
     *     network failed
     */
    Granted execute();

    /** Returns whether the platform may have carried it out, whatever became of the answer. */
    boolean wasSent();
  }

  /** A new pair. */
  final class Granted {
    final OAuthToken token;

    /** When, by the platform's own clock, in Unix milliseconds; null if it did not say. */
    final @Nullable Long atMillis;

    Granted(OAuthToken token, @Nullable Long atMillis) {
      this.token = token;
      this.atMillis = atMillis;
    }
  }
}
