package io.github.bililive.sandbox;

import java.util.List;

/**
 * The sister API, by identity code: its app, and its broadcasters' codes. Its four calls are on the
 * sandbox's own address, with the platform's paths; faults are planned for {@link
 * Endpoint#APP_START} and the like. A broadcaster is the same as that of an access token with the
 * same number, and has the same room: its events reach sockets by identity code with the prefix
 * {@code LIVE_OPEN_PLATFORM_}.
 *
 * <p>Safe for use from any thread.
 */
public final class SandboxOpenLive {
  private final SandboxSettings settings;
  private final Grants grants;

  SandboxOpenLive(SandboxSettings settings, Grants grants) {
    this.settings = settings;
    this.grants = grants;
  }

  /**
   * Returns the app_id of the one app that this platform knows.
   *
   * @return by default 1650000000000
   */
  public long appId() {
    return settings.appId();
  }

  /**
   * Returns the identity code of the first broadcaster.
   *
   * @return by default an obvious fake
   */
  public String identityCode() {
    return identityCodes().get(0);
  }

  /**
   * Returns the identity codes of all broadcasters who have one, as they are now.
   *
   * @return at least one
   */
  public List<String> identityCodes() {
    return grants.identityCodes();
  }

  /**
   * Lets a broadcaster renew the identity code: a start with the old one is refused with 7007.
   *
   * @param broadcaster 0 for the first
   * @return the new code
   */
  public String renew(int broadcaster) {
    return grants.renewIdentityCode(broadcaster);
  }
}
