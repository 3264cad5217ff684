package io.github.bililive.token;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;

/**
 * A client's way to broadcasters' tokens: exchanges the code of an authorisation for them, and
 * keeps them valid.
 *
 * <p>{@code client.oauth()} returns it. The page on which a broadcaster authorises the app is not
 * part of it: the platform's developer site gives its address.
 *
 * <p>Safe for use by several threads. The user's OkHttp interceptors see no secret of these calls.
 * Only the SDK implements it in production, and a test may; new methods will be default methods.
 */
public interface OAuth {
  /**
   * Exchanges the code of an authorisation for a pair of tokens, and waits for the answer. A code
   * works once: hand the pair to {@link RefreshingTokenProvider#replaceToken}, or store it.
   *
   * @param code what the broadcaster's authorisation brought
   * @throws BiliLiveException if the platform refused, its answer was not understood, or the
   *     network failed; the code may be spent then
   * @throws IllegalArgumentException if the code is empty
   */
  OAuthToken exchange(String code);

  /**
   * Exchanges a code as {@link #exchange(String)} does; the callback hears of it on the client's
   * callback executor.
   */
  PendingCall exchange(String code, AnswerCallback<OAuthToken> callback);

  /**
   * Exchanges a refresh token for a new pair, and waits for the answer: for an app that keeps its
   * tokens by itself. A refresh token works once: store the new pair before you use it.
   *
   * @throws BiliLiveException if the platform refused, its answer was not understood, or the
   *     network failed; in the last two cases the refresh token may be spent
   */
  OAuthToken refresh(OAuthToken token);

  /**
   * Returns the provider that keeps a broadcaster's tokens valid, always the same for the same
   * name. It loads nothing before it is asked.
   *
   * @param broadcaster a name of the app's own for the broadcaster, such as their {@code open_id};
   *     the store knows them by it
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the client has no token store, or is closed
   */
  RefreshingTokenProvider provider(String broadcaster);
}
