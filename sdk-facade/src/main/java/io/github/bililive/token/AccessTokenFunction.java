package io.github.bililive.token;

import org.jspecify.annotations.Nullable;

/** The user's own way to get at a broadcaster's access token. */
public interface AccessTokenFunction {
  /**
   * Returns the present access token. May block; is interrupted when nobody waits for it any more.
   *
   * @param refused the token that the platform refused since the last call, and which must not be
   *     returned again; null if it refused none
   * @throws Exception if there is none to be had. An exception of the SDK's is passed on as it is;
   *     whatever else is tried again after a pause
   */
  String accessToken(@Nullable String refused) throws Exception;
}
