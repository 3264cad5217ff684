package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.internal.http.Waiting;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.RefreshingTokenProvider;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The provider that users get: a {@link TokenRefresher}, and the rooms that it serves. */
final class BroadcasterTokens implements RefreshingTokenProvider {
  private final String broadcaster;
  private final TokenRefresher refresher;
  private final ProviderRooms rooms;

  /** How long {@link #replaceToken} waits for the store. */
  private final long timeoutMillis;

  BroadcasterTokens(
      String broadcaster, TokenRefresher refresher, ProviderRooms rooms, long timeoutMillis) {
    this.broadcaster = broadcaster;
    this.refresher = refresher;
    this.rooms = rooms;
    this.timeoutMillis = timeoutMillis;
  }

  @Override
  public String getBroadcaster() {
    return broadcaster;
  }

  @Override
  public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
    Objects.requireNonNull(callback, "callback is null: give the one that hears of the token");
    return refresher.ask(callback);
  }

  @Override
  public void invalidate(AccessToken token) {
    Objects.requireNonNull(token, "token is null: give the one that the platform refused");
    refresher.invalidate(token);
  }

  @Override
  public void replaceToken(OAuthToken token) {
    Objects.requireNonNull(token, "token is null: give what OAuth.exchange(code) returned");
    refresher.replaceToken(token);
    Waiting.forToken(this, TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
  }

  @Override
  public void forget() {
    refresher.forget();
    rooms.close(this, "the broadcaster '" + broadcaster + "' was forgotten");
  }

  @Override
  public @Nullable OAuthToken getToken() {
    return refresher.token();
  }

  void close() {
    refresher.close();
  }

  /** Returns the broadcaster; no secret. */
  @Override
  public String toString() {
    return "RefreshingTokenProvider{" + broadcaster + "}";
  }
}
