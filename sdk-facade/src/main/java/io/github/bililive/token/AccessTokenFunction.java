package io.github.bililive.token;

import org.jspecify.annotations.Nullable;

/** The app's own way to get a broadcaster's access token. */
public interface AccessTokenFunction {
  /**
   * Returns the present access token. May block; is interrupted when nobody waits for it any more.
   *
   * @param refused the token that the platform refused since the last call, which must not be
   *     returned again; null if it refused none
   * @throws Exception if there is no token. A {@code BiliLiveException} is passed on as it is;
   *     anything else becomes a {@code TokenException}, and the function is asked again after a
   *     pause
   */
  String accessToken(@Nullable String refused) throws Exception;
}
