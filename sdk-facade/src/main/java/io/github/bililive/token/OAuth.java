package io.github.bililive.token;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;

/**
 * A client's way to broadcasters' tokens: knows the page on which they authorise the app, exchanges
 * the code that this brings for tokens, and keeps those valid. {@code client.oauth()} returns it.
 *
 * <p>Safe for use by several threads. The user's OkHttp interceptors see no secret of these calls.
 * Only the SDK implements it in production, and a test may; new methods will be default methods.
 */
public interface OAuth {
  /**
   * Returns a request to a broadcaster to authorise the app: the address of the page, and the check
   * of what comes back. Sends nothing.
   *
   * @param callbackUrl where the browser goes then: an HTTPS address in the callback domain that is
   *     registered for the app (应用回调域); on loopback it may be cleartext
   * @throws IllegalArgumentException if it is no such address, or holds a user, a fragment, or a
   *     parameter that the page adds
   */
  default AuthorizationRequest authorizationUrl(String callbackUrl) {
    throw new UnsupportedOperationException("this OAuth has no authorizationUrl");
  }

  /**
   * Returns a request that was made earlier, if the object is lost and its state was kept.
   *
   * @param callbackUrl the same as then
   * @param savedState what {@link AuthorizationRequest#getState} returned; forget it when the
   *     browser has come back
   * @throws IllegalArgumentException also if the state is not one that the SDK made
   */
  default AuthorizationRequest authorizationUrl(String callbackUrl, String savedState) {
    throw new UnsupportedOperationException("this OAuth has no authorizationUrl");
  }

  /**
   * Exchanges the code of an authorisation for a pair of tokens, and waits for the answer. A code
   * works once: hand the pair to {@link RefreshingTokenProvider#replaceToken}, or store it.
   *
   * @param code what {@link AuthorizationRequest#codeFrom} returned
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
