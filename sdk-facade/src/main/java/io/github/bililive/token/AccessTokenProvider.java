package io.github.bililive.token;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import java.util.Objects;

/**
 * Gives the present access token of one broadcaster, and can be told that the platform refused one.
 *
 * <p>There are three ready ones: {@link #fixed}, {@link #from}, and {@link
 * RefreshingTokenProvider}. Implementations are safe for use by several threads. Neither method
 * should block: it would hold a thread of the SDK's or of OkHttp's for each room that asks.
 */
public interface AccessTokenProvider {
  /**
   * Asks for the token. The callback is called once: on this thread before the method returns, or
   * later on any other. It must not block.
   *
   * @return takes the question back: the callback hears a {@code TokenException} unless it has
   *     heard already
   */
  PendingCall accessToken(AnswerCallback<AccessToken> callback);

  /**
   * Tells that the platform refused a token: it is not to be given again. Many rooms may report the
   * same one; ignore a token that is not the present one any more.
   */
  void invalidate(AccessToken token);

  /**
   * Returns a provider of one token that never changes. Once it has expired, connections end.
   *
   * @throws IllegalArgumentException if it is empty or cannot stand in an HTTP header; the message
   *     does not hold it
   */
  static AccessTokenProvider fixed(String accessToken) {
    Objects.requireNonNull(accessToken, "accessToken is null: is the environment variable set?");
    return new FixedToken(AccessToken.of(accessToken));
  }

  /**
   * Returns a provider that asks a function of the app's each time a token is needed. The function
   * may block: it runs on a daemon thread of its own, one call at a time, and whoever asks
   * meanwhile is answered by the same call.
   */
  static AccessTokenProvider from(AccessTokenFunction function) {
    Objects.requireNonNull(function, "function is null: give one that returns the access token");
    return new FunctionToken(function);
  }
}
