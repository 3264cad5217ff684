package io.github.bililive.token;

import io.github.bililive.call.GrantedTokens;
import io.github.bililive.call.OAuthCall;
import io.github.bililive.call.OAuthCalls;
import io.github.bililive.error.BiliLiveException;

/** Renewals at the platform's OAuth service. */
final class OAuthRenewals implements Renewals {
  private final OAuthCalls calls;

  OAuthRenewals(OAuthCalls calls) {
    this.calls = calls;
  }

  @Override
  public void rehearse() {
    calls.rehearse();
  }

  @Override
  public Renewal of(OAuthToken present) {
    OAuthCall call = calls.refreshToken(present.refreshToken());
    return new Renewal() {
      @Override
      public Granted execute() throws BiliLiveException {
        GrantedTokens granted = call.execute();
        return new Granted(
            OAuthToken.of(granted, present.refreshToken()), granted.grantedAtMillis());
      }

      @Override
      public boolean wasSent() {
        return call.wasSent();
      }
    };
  }
}
