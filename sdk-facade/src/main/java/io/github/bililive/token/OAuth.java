package io.github.bililive.token;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.TokenException;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.internal.http.GrantedTokens;
import io.github.bililive.internal.http.OAuthCalls;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.time.DaemonThreads;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.internal.token.OAuthRenewals;
import io.github.bililive.internal.token.RefresherContext;
import io.github.bililive.internal.token.RememberedTokens;
import io.github.bililive.internal.token.TokenRefresher;
import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * A client's way to broadcasters' tokens: exchanges the code of an authorisation for them, and
 * keeps them valid.
 *
 * <p>The page on which a broadcaster authorises the app is not part of it: the platform's developer
 * site gives its address. Safe for use by several threads; no secret is seen by the user's OkHttp
 * interceptors.
 */
public final class OAuth implements Closeable {
  /** How many broadcasters' tokens are worked on at once: their stores may be slow. */
  private static final int THREADS = 16;

  private final OAuthCalls calls;
  private final Executor callbacks;
  private final ThreadPoolExecutor threads = DaemonThreads.bounded("bililive-tokens", THREADS);

  /** Null if the user gave no store. */
  private final @Nullable RefresherContext world;

  /** Guarded by itself. */
  private final Map<String, RefreshingTokenProvider> providers = new HashMap<>();

  /** Guarded by {@link #providers}. */
  private boolean closed;

  /**
   * Creates the OAuth side of a client; a user reaches it through the client.
   *
   * @param store null if there is none: then there are no providers
   * @param redaction is told the tokens that the store holds
   * @param callbacks runs the user's callbacks and events, one at a time
   */
  public OAuth(
      OAuthCalls calls,
      @Nullable TokenStore store,
      Redaction redaction,
      TokenEvents events,
      Scheduler scheduler,
      WallClock wallClock,
      Executor callbacks) {
    this.calls = calls;
    this.callbacks = callbacks;
    world =
        store == null
            ? null
            : new RefresherContext(
                new OAuthRenewals(calls),
                new RememberedTokens(store, redaction),
                new EventPoster<>(events, TokenEvents.NONE, callbacks),
                scheduler,
                wallClock,
                threads,
                new Random());
  }

  /**
   * Exchanges the code of an authorisation for a pair of tokens, and waits for the answer. A code
   * works once: hand the pair to {@link RefreshingTokenProvider#replaceToken}, or store it.
   *
   * @param code what the broadcaster's authorisation brought
   * @throws BiliLiveException if the platform refused, its answer was not understood, or the
   *     network failed; the code may be spent then
   * @throws IllegalArgumentException if the code is empty
   */
  public OAuthToken exchange(String code) throws BiliLiveException {
    return tokenOf(calls.token(checked(code)).execute());
  }

  /** Exchanges a code as {@link #exchange(String)} does; the callback hears of it. */
  public PendingCall exchange(String code, AnswerCallback<OAuthToken> callback) {
    return calls
        .token(checked(code))
        .enqueue(
            new AnswerCallback<GrantedTokens>() {
              @Override
              public void onSuccess(GrantedTokens granted) {
                OAuthToken token;
                try {
                  token = tokenOf(granted);
                } catch (BiliLiveException e) {
                  onFailure(e);
                  return;
                }
                callbacks.execute(() -> callback.onSuccess(token));
              }

              @Override
              public void onFailure(BiliLiveException error) {
                callbacks.execute(() -> callback.onFailure(error));
              }
            });
  }

  /**
   * Exchanges a refresh token for a new pair, and waits for the answer: for an app that keeps its
   * tokens by itself. A refresh token works once: store the new pair before you use it.
   *
   * @throws BiliLiveException if the platform refused, its answer was not understood, or the
   *     network failed; in the last two cases the refresh token may be spent
   */
  public OAuthToken refresh(OAuthToken token) throws BiliLiveException {
    return calls.refreshToken(token.getRefreshToken()).execute().toToken(token.getRefreshToken());
  }

  /**
   * Returns the provider that keeps a broadcaster's tokens, always the same for the same name.
   * Nothing is loaded before it is asked.
   *
   * @param broadcaster a name of the app's own for the broadcaster, such as their {@code open_id};
   *     the store knows them by it
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the client has no token store, or is closed
   */
  public RefreshingTokenProvider provider(String broadcaster) {
    if (broadcaster.isEmpty()) {
      throw new IllegalArgumentException("broadcaster is empty: give a name of your own for them");
    }
    RefresherContext surroundings = world;
    if (surroundings == null) {
      throw new IllegalStateException(
          "no token store: set Builder.tokenStore, such as FileTokenStore.in(directory)");
    }
    synchronized (providers) {
      if (closed) {
        throw new IllegalStateException("the client is closed");
      }
      RefreshingTokenProvider provider = providers.get(broadcaster);
      if (provider == null) {
        provider =
            new RefreshingTokenProvider(
                broadcaster, new TokenRefresher(broadcaster, surroundings), calls.timeoutMillis());
        providers.put(broadcaster, provider);
      }
      return provider;
    }
  }

  /**
   * Ends it with its client, without waiting. A refresh under way goes on to its end, at most as
   * long as a call may take, and its pair is stored; or it would be lost. Idempotent.
   */
  @Override
  public void close() {
    synchronized (providers) {
      closed = true;
      for (RefreshingTokenProvider provider : providers.values()) {
        provider.close();
      }
    }
    threads.shutdown(); // What was given before still runs.
    calls.close();
  }

  private static String checked(String code) {
    if (code.isEmpty()) {
      throw new IllegalArgumentException(
          "code is empty: give the one that the broadcaster's authorisation brought");
    }
    return code;
  }

  private static OAuthToken tokenOf(GrantedTokens granted) throws TokenException {
    if (granted.refreshToken() == null) {
      throw new TokenException(
          "token", "the platform granted an access token without a refresh token", null, 0);
    }
    return granted.toToken("");
  }
}
