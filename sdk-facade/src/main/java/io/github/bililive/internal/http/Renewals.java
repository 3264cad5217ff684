package io.github.bililive.internal.http;

import io.github.bililive.token.OAuthToken;

/** Renews pairs. {@link OAuthCalls} asks the platform; a test has another. */
public interface Renewals {
  /** Returns a renewal that has not begun. */
  Renewal refreshToken(OAuthToken old);

  /** One renewal, made once. */
  interface Renewal {
    OAuthToken execute();

    /** Returns whether the platform may have carried it out, whatever became of the answer. */
    boolean wasSent();
  }
}
