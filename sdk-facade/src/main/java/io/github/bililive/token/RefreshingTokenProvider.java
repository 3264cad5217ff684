package io.github.bililive.token;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.internal.token.TokenRefresher;
import io.github.bililive.internal.token.TokenWait;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one broadcaster's tokens valid: loads them from the {@link TokenStore} when they are first
 * asked for, renews them ahead of their expiry and when the platform refuses them, and stores each
 * new pair before it is used.
 *
 * <ul>
 *   <li>However many ask, there is one refresh at a time, on a thread of the client's. While the
 *       present token is valid nobody waits for it.
 *   <li>A pair is renewed 10 min before it expires (that far off may clocks be for the platform), a
 *       short-lived one in the last quarter of its life.
 *   <li>A refresh that failed by network or platform is tried again with growing pauses, up to a
 *       minute. Where the answer was lost, the platform may have spent the refresh token: the same
 *       one is tried again, at the earliest after 5 s, since there is no other.
 *   <li>When the platform refuses to renew, and the store holds no newer pair, everyone who asks
 *       hears {@link io.github.bililive.error.AuthorisationRequiredException}, without another
 *       request, until {@link #replaceToken} brings a new pair.
 *   <li>A pair that the store does not take is kept in memory and offered again; who asks hears
 *       {@link io.github.bililive.error.TokenStoreException} meanwhile.
 * </ul>
 *
 * <p>Safe for use by several threads. {@link OAuth#provider} makes one for each broadcaster.
 */
public final class RefreshingTokenProvider implements AccessTokenProvider {
  private final String broadcaster;
  private final TokenRefresher keeper;
  private final long timeoutMillis;

  RefreshingTokenProvider(String broadcaster, TokenRefresher keeper, long timeoutMillis) {
    this.broadcaster = broadcaster;
    this.keeper = keeper;
    this.timeoutMillis = timeoutMillis;
  }

  /** Returns whose tokens these are, by the name that the app gave. */
  public String getBroadcaster() {
    return broadcaster;
  }

  @Override
  public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
    return keeper.ask(callback);
  }

  @Override
  public void refused(AccessToken token) {
    keeper.refused(token);
  }

  /**
   * Takes a pair that the broadcaster has newly authorised in place of any other, and waits until
   * it is stored.
   *
   * @throws BiliLiveException if the store does not take it; it is kept and offered again all the
   *     same
   * @throws IllegalStateException if the client is closed
   */
  public void replaceToken(OAuthToken token) throws BiliLiveException {
    keeper.replaceToken(token);
    TokenWait.of(this, TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
  }

  /** Returns the pair that is in use; null if none has been loaded or stored yet. */
  public @Nullable OAuthToken getToken() {
    return keeper.token();
  }

  void close() {
    keeper.close();
  }

  /** Returns the broadcaster; no secret. */
  @Override
  public String toString() {
    return "RefreshingTokenProvider{" + broadcaster + "}";
  }
}
