package io.github.bililive.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * The broadcasters' side of OAuth: authorises the app, and takes that back. The two calls and the
 * two pages are on the sandbox's own address, with the platform's paths; faults are planned for
 * {@link Endpoint#TOKEN}, {@link Endpoint#REFRESH_TOKEN}, {@link Endpoint#AUTHORISATION} and {@link
 * Endpoint#MOBILE_AUTHORISATION}.
 *
 * <p>A broadcaster has one living pair at a time: a refresh ends the access token before it, too,
 * which the platform may not. A pair whose access token has expired is not refreshed any more. A
 * broadcaster is a number, 0 for the one with the first of {@link Sandbox#accessTokens}.
 *
 * <p>Safe for use from any thread.
 */
public final class SandboxOAuth {
  private final Grants grants;
  private final AppSecret appSecret;

  SandboxOAuth(Grants grants, AppSecret appSecret) {
    this.grants = grants;
    this.appSecret = appSecret;
  }

  /**
   * Lets a broadcaster authorise the app.
   *
   * @param broadcaster which
   * @return the code, which works once
   */
  public String authorise(int broadcaster) {
    return grants.newCode(broadcaster);
  }

  /**
   * Sets what broadcasters do on the page that asks whether they authorise the app.
   *
   * @param consent by default {@link Consent#AGREES}
   */
  public void consent(Consent consent) {
    grants.consent = consent;
  }

  /**
   * Grants a pair without a call.
   *
   * @param broadcaster which
   * @return the pair, in place of the one before
   */
  public GrantedPair grant(int broadcaster) {
    return grants.grant(broadcaster);
  }

  /**
   * Returns the living pair.
   *
   * @param broadcaster which
   * @return the pair; null if there is none
   */
  public @Nullable GrantedPair pair(int broadcaster) {
    return grants.pair(broadcaster);
  }

  /**
   * Ends a broadcaster's access tokens, those that the sandbox was built with included. Their
   * refresh token still works.
   *
   * @param broadcaster which
   */
  public void revoke(int broadcaster) {
    grants.revoke(broadcaster);
  }

  /**
   * Resets the app's secret, as its owner can on the open platform: from now on OAuth refuses the
   * one before (122001), and so does the check of signatures (4002).
   *
   * @param appSecret what {@link Sandbox#appSecret} returns from now on
   */
  public void rotateAppSecret(String appSecret) {
    this.appSecret.rotate(appSecret);
  }

  /**
   * Lets a broadcaster take the authorisation back: neither access nor refresh token work any more.
   *
   * @param broadcaster which
   */
  public void deauthorise(int broadcaster) {
    grants.deauthorise(broadcaster);
  }
}
