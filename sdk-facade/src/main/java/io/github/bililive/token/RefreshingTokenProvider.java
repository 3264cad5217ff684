package io.github.bililive.token;

import io.github.bililive.error.BiliLiveException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one broadcaster's tokens valid: loads them from the {@link TokenStore} when they are first
 * asked for, renews them ahead of their expiry and when the platform refuses them, and stores each
 * new pair before it is used.
 *
 * <ul>
 *   <li>However many ask, there is one refresh at a time, on a thread of the client's. Nobody waits
 *       for it, unless the pair was due when it was loaded, looks expired, or was refused.
 *   <li>Clients and processes that share a {@link TokenStore} do not refresh one pair twice: the
 *       others wait for the one that does, and use the pair that it has stored.
 *   <li>An expired pair cannot be refreshed, so one is renewed in the last third of its life, of
 *       which it has 30 days at most: at a time drawn at random from the first half of that third,
 *       so that many are not renewed at once and days are left for failures.
 *   <li>This machine's clock decides about that alone. A pair that looks expired is still offered
 *       for refresh, and used if the refresh fails for the moment; it is given up only when the
 *       platform says that its refresh token is invalid (122007).
 *   <li>A refresh that failed by network or platform is tried again with growing pauses, up to a
 *       minute. If the answer was lost, the platform may have spent the refresh token. The same
 *       token is tried again, at the earliest after 5 s, because there is no other.
 *   <li>When the platform refuses its refresh token, and the store holds no newer pair, everyone
 *       who asks hears {@link io.github.bililive.error.AuthorisationRequiredException}, without
 *       another request, until {@link #replaceToken} brings a new pair, here or in another process:
 *       the store is read again when somebody asks, once a minute at most.
 *   <li>A pair that the store does not take is kept in memory and offered again. Whoever asks
 *       meanwhile hears {@link io.github.bililive.error.TokenStoreException}.
 * </ul>
 *
 * <p>Safe for use by several threads. {@link OAuth#provider} returns one for each broadcaster. Only
 * the SDK implements it in production, and a test may; new methods will be default methods.
 */
public interface RefreshingTokenProvider extends AccessTokenProvider {
  /** Returns whose tokens these are, by the name that the app gave. */
  String getBroadcaster();

  /**
   * Takes a pair that the broadcaster has newly authorised in place of any other, and waits until
   * it is stored. One that does not say when it was granted counts as granted just now. Also for a
   * broadcaster who was {@linkplain #forget forgotten}.
   *
   * @throws BiliLiveException if the store does not take it; the pair is kept in memory and offered
   *     again all the same
   * @throws IllegalStateException if the client is closed
   */
  void replaceToken(OAuthToken token);

  /**
   * Forgets a broadcaster who leaves: their pair is renewed no more and removed from the store, and
   * the rooms that this provider serves close. Whoever asks afterwards hears {@link
   * io.github.bililive.error.AuthorisationRequiredException}, until {@link #replaceToken} brings a
   * new pair.
   *
   * <p>Returns at once. {@code TokenEvents.forgotten} tells when the store has removed the pair; a
   * store that fails is asked again. A connection of {@code client.keepAlive} is the app's own and
   * lives on. Idempotent.
   *
   * @throws IllegalStateException if the client is closed
   */
  void forget();

  /** Returns the pair that is in use; null if none has been loaded or stored yet. */
  @Nullable OAuthToken getToken();
}
