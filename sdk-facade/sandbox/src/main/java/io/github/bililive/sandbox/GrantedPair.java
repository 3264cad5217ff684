package io.github.bililive.sandbox;

/**
 * What the sandbox has granted an app for one broadcaster.
 *
 * @param accessToken opens the broadcaster's room until it expires
 * @param refreshToken renews both, once
 * @param expiresAtSeconds when the access token expires, in Unix seconds of the sandbox's clock
 */
public record GrantedPair(String accessToken, String refreshToken, long expiresAtSeconds) {
  static final String REVOKED = "revoked ";

  boolean isRevoked() {
    return accessToken.startsWith(REVOKED);
  }

  /**
   * Prints the expiry.
   *
   * @return without the tokens
   */
  @Override
  public String toString() {
    return "GrantedPair[accessToken=██, refreshToken=██, expiresAtSeconds=%d]"
        .formatted(expiresAtSeconds);
  }
}
