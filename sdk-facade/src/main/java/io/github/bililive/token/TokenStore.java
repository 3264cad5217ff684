package io.github.bililive.token;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where an app keeps its broadcasters' tokens over restarts. A refresh token works once, so the
 * store must hold the newest pair: each pair is saved before its access token is used. All of an
 * {@link OAuthToken} comes back as it was saved, the times of its grant and expiry included: they
 * say when it is to be renewed.
 *
 * <p>Called on threads of the SDK's that may block, for each broadcaster one call at a time.
 * Whatever a method throws counts as a failure of the store: it is asked again after a pause, and
 * the log and {@code TokenEvents} say so.
 *
 * <p>One process, and one client in it, renews a broadcaster's tokens: a second would spend the
 * refresh token of the first.
 */
public interface TokenStore {
  /**
   * Returns the pair that was saved last.
   *
   * @param broadcaster whose, by the name that the app gave
   * @return null if there is none
   * @throws IOException if it cannot be read
   */
  @Nullable OAuthToken load(String broadcaster) throws IOException;

  /**
   * Saves a pair in place of the one before. When this returns, the pair must be stored for good;
   * when it is interrupted at any point, the store must hold either the old or the new pair.
   *
   * @param broadcaster whose, by the name that the app gave
   * @throws IOException if it cannot be saved; the pair is kept in memory and offered again
   */
  void save(String broadcaster, OAuthToken token) throws IOException;

  /**
   * Removes the pair of a broadcaster who was forgotten. When this returns, no pair of theirs may
   * be left. Does nothing if there is none.
   *
   * @param broadcaster whose, by the name that the app gave
   * @throws IOException if it cannot be removed
   */
  void remove(String broadcaster) throws IOException;
}
