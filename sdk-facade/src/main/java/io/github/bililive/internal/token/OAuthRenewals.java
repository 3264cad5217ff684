package io.github.bililive.internal.token;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.internal.http.GrantedTokens;
import io.github.bililive.internal.http.OAuthCalls;
import io.github.bililive.internal.http.OAuthCalls.OAuthCall;
import io.github.bililive.token.OAuthToken;

/** Renewals at the platform's OAuth service. */
public final class OAuthRenewals implements Renewals {
  private final OAuthCalls calls;

  public OAuthRenewals(OAuthCalls calls) {
    this.calls = calls;
  }

  @Override
  public void rehearse() {
    // There is nothing to rehearse in the calls.
  }

  @Override
  public Renewal of(OAuthToken present) {
    OAuthCall call = calls.refreshToken(present.getRefreshToken());
    return new Renewal() {
      @Override
      public Granted execute() throws BiliLiveException {
        GrantedTokens granted = call.execute();
        return new Granted(granted.toToken(present.getRefreshToken()), granted.grantedAtMillis());
      }

      @Override
      public boolean wasSent() {
        return call.wasSent();
      }
    };
  }
}
