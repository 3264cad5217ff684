package io.github.bililive.token;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where an app keeps its broadcasters' tokens over restarts. A refresh token works once, so what
 * the store holds must be the newest pair: each is saved before its access token is used.
 *
 * <p>Called on threads of the SDK's that may block, for each broadcaster one call at a time. One
 * process, and one client in it, renews a broadcaster's tokens: a second would spend the refresh
 * token of the first.
 */
public interface TokenStore {
  /**
   * Returns the pair that was saved last.
   *
   * @param broadcaster whose, by the name that the app gave
   * @return null if there is none
   * @throws IOException if it cannot be read; it is tried again
   */
  @Nullable OAuthToken load(String broadcaster) throws IOException;

  /**
   * Saves a pair in place of the one before. When this returns the pair must have been stored for
   * good, and when it is cut off at any point, either the old or the new one.
   *
   * @param broadcaster whose, by the name that the app gave
   * @throws IOException if it cannot be saved; the pair is kept in memory and offered again
   */
  void save(String broadcaster, OAuthToken token) throws IOException;
}
