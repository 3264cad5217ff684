package io.github.bililive.internal.token;

import io.github.bililive.internal.http.GrantedTokens;
import io.github.bililive.internal.http.OAuthCalls;
import io.github.bililive.internal.http.OAuthCalls.OAuthCall;
import io.github.bililive.token.OAuthToken;

/** Renews pairs at the platform's OAuth service. */
final class OAuthRenewals implements Renewals {
  private final OAuthCalls calls;

  OAuthRenewals(OAuthCalls calls) {
    this.calls = calls;
  }

  @Override
  public Renewal of(OAuthToken old) {
    OAuthCall call = calls.refreshToken(old.getRefreshToken());
    return new Renewal() {
      @Override
      public Granted execute() {
        GrantedTokens granted = call.execute();
        return new Granted(granted.toToken(old.getRefreshToken()), granted.grantedAtMillis());
      }

      @Override
      public boolean wasSent() {
        return call.wasSent();
      }
    };
  }
}
